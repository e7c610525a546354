#!/bin/sh
# Makes an OpenBSD machine a firewall of the lab: writes its files under /etc and puts in force what changed, in the order of a boot. A second
# run changes nothing; a run that was cut short is finished by the next one.
#
# Told by the environment (vagrant/machines.rb): LAB_HOSTNAME, LAB_NIC (driver), LAB_SYNC, LAB_INSIDE, LAB_INSIDE6, LAB_OUTSIDE, LAB_OUTSIDE6
# (addresses), LAB_CARP_INSIDE, LAB_CARP_INSIDE6, LAB_CARP_OUTSIDE, LAB_CARP_OUTSIDE6, LAB_CARP_PASSWORD, LAB_ADVSKEW, LAB_DEFER ("defer" or
# nothing), LAB_KEY (public key for root, or nothing). PREFIX is put before every path.
set -eu

PREFIX=${PREFIX:-}
PATH=$PATH:/sbin:/usr/sbin:/bin:/usr/bin
etc=$PREFIX/etc
# Copies of the files as they were when they were last put in force.
forced=$PREFIX/var/db/pfsync-lab
changes=0
umask 077

die() {
    echo "provision: $1" >&2
    exit 1
}

# Puts FILE.new in the place of FILE if it says something else; what is after the mode checks it first.
replace() {
    file=$1
    mode=$2
    shift 2
    if cmp -s "$file.new" "$file"; then
        rm "$file.new"
        return
    fi
    if [ $# -gt 0 ] && ! "$@" "$file.new"; then
        rm "$file.new"
        die "$file is left as it was: \"$*\" refuses the new one"
    fi
    chmod "$mode" "$file.new"
    mv "$file.new" "$file"
    say "writes $file"
}

say() {
    changes=$((changes + 1))
    echo "$LAB_HOSTNAME: $1"
}

# Whether a file is in force as it is.
in_force() {
    cmp -s "$1" "$forced/${1##*/}"
}

# Runs a command that puts a file in force, if it is not.
enforce() {
    file=$1
    shift
    if in_force "$file"; then
        return
    fi
    say "$*"
    "$@"
    cp "$file" "$forced/${file##*/}"
}

# Takes off an interface what it was given when its file was other than it is now.
forget() {
    old=$forced/hostname.$1
    if [ ! -f "$old" ] || in_force "$etc/hostname.$1"; then
        return
    fi
    case $1 in
        pfsync* | carp*) ifconfig "$1" destroy ;;
        *)
            while read -r family address _; do
                ifconfig "$1" "$family" "$address" delete
            done < "$old"
            ;;
    esac
    rm "$old"
}

interface() {
    forget "$1"
    enforce "$etc/hostname.$1" sh /etc/netstart "$1"
}

# Settings of a file of "key=value" lines; lines of the same keys go, others stay.
sysctls() {
    if [ -f "$etc/sysctl.conf" ]; then
        grep -Ev '^[[:space:]]*net\.(inet\.ip\.forwarding|inet6\.ip6\.forwarding|inet\.carp\.preempt)[[:space:]]*=' \
            "$etc/sysctl.conf" || true
    fi
    printf '%s\n' net.inet.ip.forwarding=1 net.inet6.ip6.forwarding=1 net.inet.carp.preempt=1
}

switch_on() {
    for setting in net.inet.ip.forwarding=1 net.inet6.ip6.forwarding=1 net.inet.carp.preempt=1; do
        if [ "$(sysctl -n "${setting%=*}")" != "${setting#*=}" ]; then
            say "sysctl $setting"
            sysctl "$setting" > /dev/null
        fi
    done
}

# The console's and the sync LAN are the firewall's own: no state is made there.
rules() {
    cat << PF
set skip on { lo ${LAB_NIC}0 ${LAB_NIC}1 }
pass quick proto carp all no state
pass quick inet6 proto icmp6 all icmp6-type neighbrsol no state
pass quick inet6 proto icmp6 all icmp6-type neighbradv no state
pass
PF
}

# Name of an interface and the lines of its file.
hostname_if() {
    file=$etc/hostname.$1
    shift
    printf '%s\n' "$@" > "$file.new"
    replace "$file" 640
}

# Number, LAN's interface and addresses of a CARP interface.
carp() {
    hostname_if "carp$1" \
        "inet $3 255.255.255.0 NONE vhid $1 carpdev $2 pass $LAB_CARP_PASSWORD advskew $LAB_ADVSKEW" "inet6 $4 64"
}

files() {
    echo "$LAB_HOSTNAME" > "$etc/myname.new"
    replace "$etc/myname" 644
    sysctls > "$etc/sysctl.conf.new"
    replace "$etc/sysctl.conf" 644
    rules > "$etc/pf.conf.new"
    replace "$etc/pf.conf" 600 pfctl -n -f
    hostname_if "${LAB_NIC}1" "inet $LAB_SYNC 255.255.255.0"
    hostname_if "${LAB_NIC}2" "inet $LAB_INSIDE 255.255.255.0" "inet6 $LAB_INSIDE6 64"
    hostname_if "${LAB_NIC}3" "inet $LAB_OUTSIDE 255.255.255.0" "inet6 $LAB_OUTSIDE6 64"
    hostname_if pfsync0 "up syncdev ${LAB_NIC}1${LAB_DEFER:+ $LAB_DEFER}"
    carp 1 "${LAB_NIC}2" "$LAB_CARP_INSIDE" "$LAB_CARP_INSIDE6"
    carp 2 "${LAB_NIC}3" "$LAB_CARP_OUTSIDE" "$LAB_CARP_OUTSIDE6"
}

# The older word for prohibit-password: every release knows it.
root_login() {
    echo "PermitRootLogin without-password"
    grep -Eiv '^[[:space:]]*PermitRootLogin[[:space:]]' "$etc/ssh/sshd_config" || true
}

door() {
    if [ -z "$LAB_KEY" ]; then
        return
    fi
    mkdir -p "$PREFIX/root/.ssh"
    keys=$PREFIX/root/.ssh/authorized_keys
    [ -f "$keys" ] || : > "$keys"
    {
        cat "$keys"
        grep -qxF "$LAB_KEY" "$keys" || echo "$LAB_KEY"
    } > "$keys.new"
    replace "$keys" 600
    root_login > "$etc/ssh/sshd_config.new"
    replace "$etc/ssh/sshd_config" 644 sshd -t -f
    enforce "$etc/ssh/sshd_config" pkill -HUP -P 1 -x sshd
}

[ "$(uname -s)" = OpenBSD ] || die "this is $(uname -s), not OpenBSD"
for number in 1 2 3; do
    ifconfig "$LAB_NIC$number" > /dev/null 2>&1 ||
        die "no interface $LAB_NIC$number; \"nic\" in lab.yaml is the driver of the network cards (em or vio)"
done
mkdir -p "$forced"
files
enforce "$etc/myname" hostname "$LAB_HOSTNAME"
switch_on
enforce "$etc/pf.conf" pfctl -f "$etc/pf.conf"
if ! pfctl -s info | grep -q '^Status: Enabled'; then
    say "pfctl -e"
    pfctl -e
fi
for number in 1 2 3; do
    interface "$LAB_NIC$number"
done
# States first, then the addresses that bring traffic.
interface pfsync0
interface carp1
interface carp2
door
if [ "$changes" -eq 0 ]; then
    echo "$LAB_HOSTNAME: nothing to change"
fi
