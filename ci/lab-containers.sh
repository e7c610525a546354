# A lab of Docker's containers and networks; ci/lab reads this. Docker gives the LANs bridges on this machine, and addresses of their own to
# the kernels on them, which mean nothing to the firewalls.
# shellcheck shell=bash disable=SC2154
LABEL=pfsync-lab
# LAN, bridge, and its network in 169.254.0.0/16. The consoles' comes first.
NETWORKS=("mgmt pfl-mgmt 240" "sync pfl-sync 241" "inside pfl-in 242" "outside pfl-out 243")

possible() {
    needs "$1" docker
    docker version > /dev/null 2>&1 || die 3 "Docker's daemon cannot be reached; start it, or take the lab netns, which needs none"
}

networks() {
    local lan bridge net
    image=$(PFSYNC_PROGRAM=$program "$root/ci/container-image")
    for net in "${NETWORKS[@]}"; do
        read -r lan bridge net <<< "$net"
        docker network create --label "$LABEL" --subnet "169.254.$net.0/24" --gateway "169.254.$net.1" \
            -o "com.docker.network.bridge.name=$bridge" -o com.docker.network.bridge.enable_ip_masquerade=false \
            "$LABEL-$lan" > /dev/null
        [[ -e /sys/class/net/$bridge ]] ||
            die 3 "Docker's networks are not on this machine, its daemon is elsewhere; take the lab netns"
        # A bridge that keeps multicast from those who did not ask is no LAN.
        echo 0 > "/sys/class/net/$bridge/bridge/multicast_snooping"
        sysctl -qw "net.ipv6.conf.$bridge.disable_ipv6=1"
    done
}

remove_networks() {
    docker network ls -q --filter "label=$LABEL" | xargs -r docker network rm > /dev/null
}

# The interface behind one of a firewall's, by its address: Docker gives names in no order.
device() {
    local net
    for net in "${NETWORKS[@]}"; do
        [[ $net != "$1 "* ]] || echo "169.254.${net##* }.1$2"
    done
}

launch() {
    local name=$1 container=$LABEL-$1 lan file net
    docker create --label "$LABEL" --name "$container" --hostname "fw-$name" --sysctl net.ipv4.ip_forward=0 \
        --network "$LABEL-mgmt" --ip "$(console "$name")" "$image" > /dev/null
    for lan in sync inside outside; do
        docker network connect --ip "$(device "$lan" "$(number_of "$name")")" "$LABEL-$lan" "$container"
    done
    docker cp "$state/$name.yaml" "$container:/etc/pfsync/node.yaml"
    for file in pf.conf authorized_keys "$name.hostkey"; do
        docker cp "$state/$file" "$container:/etc/pfsync/$file"
    done
    docker start "$container" > /dev/null
    # Docker's ends of the cables are no hosts, and look for no routers.
    for net in "${NETWORKS[@]}"; do
        read -r _ lan _ <<< "$net"
        for file in "/sys/class/net/$lan/brif"/*; do
            sysctl -qw "net.ipv6.conf.${file##*/}.disable_ipv6=1"
        done
    done
}

started() {
    alive "$1"
}

alive() {
    [[ $(docker inspect -f '{{.State.Running}}' "$LABEL-$1" 2> /dev/null) == true ]]
}

stop() {
    docker ps -aq --filter "name=^$LABEL-$1\$" | xargs -r docker rm -f > /dev/null
}

log() {
    docker logs "$LABEL-$1" 2>&1
}

where_log() {
    echo "docker logs $LABEL-$1"
}

process() {
    echo "container $LABEL-$1"
}
