# A lab of network namespaces; ci/lab reads this. Each firewall and each host is in a namespace, the LANs (bridges) in another one. Of this
# machine's four interfaces only the one to the consoles has an address.
# shellcheck shell=bash disable=SC2154
LAN=pfsync-lan
HOSTS=(in out)

possible() {
    needs "$1" ip ethtool
}

# ---- networks ----

# A namespace in which the kernel speaks for nobody: no IPv6, no forwarding, no ARP for addresses of other interfaces.
namespace() {
    ip netns add "$1"
    ip -n "$1" link set lo up
    ip netns exec "$1" sysctl -qw net.ipv6.conf.all.disable_ipv6=1 net.ipv6.conf.default.disable_ipv6=1 \
        net.ipv4.ip_forward=0 net.ipv4.conf.all.arp_ignore=1
}

# A bridge that lets everything through, wrong IP headers included.
lan() {
    ip -n "$LAN" link add "$1" type bridge stp_state 0 mcast_snooping 0
    ip -n "$LAN" link set "$1" up
    ip netns exec "$LAN" sysctl -qw net.bridge.bridge-nf-call-iptables=0 2> /dev/null || true
}

# A cable from a bridge to an interface of a namespace ("" for this machine's own). Nothing on it leaves work to hardware that is not there:
# checksums are made, and packets cut, before they are sent.
cable() {
    local bridge=$1 space=$2 name=$3 port=$4
    local there=(ip) in_space=()
    if [[ -n $space ]]; then
        there=(ip -n "$space")
        in_space=(ip netns exec "$space")
    fi
    ip -n "$LAN" link add "$port" type veth peer name "$name" netns "${space:-$$}"
    ip -n "$LAN" link set "$port" master "$bridge" up
    ip netns exec "$LAN" ethtool -K "$port" tx off tso off gso off gro off > /dev/null
    "${in_space[@]}" ethtool -K "$name" tx off tso off gso off gro off > /dev/null
    if [[ -z $space ]]; then
        sysctl -qw "net.ipv6.conf.$name.disable_ipv6=1"
    fi
    "${there[@]}" link set "$name" up
}

# A host of the kernel's own, with its way through firewall a.
host() {
    local space=pfsync-$1 bridge=$2 v4=$3 v6=$4
    # Without an address of the link alone nobody tests whether it is free or looks for routers, and groups are joined at once:
    # the firewalls would keep states of what comes later.
    ip netns exec "$space" sysctl -qw net.ipv6.conf.all.disable_ipv6=0 net.ipv6.conf.default.disable_ipv6=0 \
        net.ipv6.conf.default.addr_gen_mode=1 net.ipv6.conf.default.mldv2_unsolicited_report_interval=0
    cable "$bridge" "$space" eth0 "host-$1"
    ip -n "$space" address add "$v4.10/24" dev eth0
    ip -n "$space" address add "$v6::10/64" dev eth0 nodad
    ip -n "$space" route add default via "$v4.1"
    ip -n "$space" route add default via "$v6::1"
}

networks() {
    local name number
    namespace "$LAN"
    for name in "${FIREWALLS[@]}" "${HOSTS[@]}"; do
        namespace "pfsync-$name"
    done
    for name in sync inside outside mgmt; do
        lan "$name"
    done
    number=10
    for name in "${FIREWALLS[@]}"; do
        cable sync "pfsync-$name" sync "$name-sync"
        cable inside "pfsync-$name" inside "$name-inside"
        cable outside "pfsync-$name" outside "$name-outside"
        cable mgmt "pfsync-$name" mgmt "$name-mgmt"
        number=$((number + 1))
        ip -n "pfsync-$name" address add "$MANAGEMENT.$number/24" dev mgmt
    done
    host in inside 192.0.2 2001:db8:1
    host out outside 198.51.100 2001:db8:2
    cable sync "" pfl-sync probe-sync
    cable inside "" pfl-in probe-in
    cable outside "" pfl-out probe-out
    cable mgmt "" pfl-mgmt probe-mgmt
    ip address add "$MANAGEMENT.1/24" dev pfl-mgmt
}

remove_networks() {
    local name
    for name in pfl-sync pfl-in pfl-out pfl-mgmt; do
        if [[ -e /sys/class/net/$name ]]; then
            ip link delete "$name"
        fi
    done
    for name in "$LAN" "${FIREWALLS[@]/#/pfsync-}" "${HOSTS[@]/#/pfsync-}"; do
        if [[ -e /run/netns/$name ]]; then
            ip netns delete "$name"
        fi
    done
}

# ---- firewalls ----

# The interface behind one of a firewall's.
device() {
    echo "$1"
}

launch() {
    local name=$1
    : > "$state/$name.log"
    ip netns exec "pfsync-$name" setsid "$program" node --config "$state/$name.yaml" \
        >> "$state/$name.log" 2>&1 < /dev/null &
    echo "$!" > "$state/$name.pid"
}

# Whether what was launched a moment ago has not ended.
started() {
    kill -0 "$(< "$state/$1.pid")" 2> /dev/null
}

log() {
    cat "$state/$1.log"
}

where_log() {
    echo "$state/$1.log"
}

process() {
    echo "pid $(< "$state/$1.pid")"
}

# Whether the process that was started for a firewall still is that one.
alive() {
    local pid
    [[ -r $state/$1.pid ]] && pid=$(< "$state/$1.pid") && [[ -r /proc/$pid/cmdline ]] &&
        tr '\0' ' ' < "/proc/$pid/cmdline" | grep -qF "$state/$1.yaml"
}

stop() {
    local pid waited=0
    alive "$1" || return 0
    pid=$(< "$state/$1.pid")
    kill "$pid"
    while alive "$1"; do
        if [[ $waited -ge 100 ]]; then
            kill -KILL "$pid"
        fi
        sleep 0.1
        waited=$((waited + 1))
    done
}
