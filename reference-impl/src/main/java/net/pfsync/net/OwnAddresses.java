package net.pfsync.net;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/** The interfaces of a machine, and the question whether an address means this machine. */
final class OwnAddresses {

    private static final int ALL_HOSTS = 0xe0000001;
    private static final long ALL_NODES_HI = 0xff02_0000_0000_0000L;

    private final List<NetworkInterface> interfaces = new ArrayList<>();
    /** The same: looked through for every packet. */
    private NetworkInterface[] attached = {};

    private Membership membership = (ifname, group) -> false;

    void add(NetworkInterface added) {
        interfaces.add(added);
        attached = interfaces.toArray(NetworkInterface[]::new);
    }

    List<NetworkInterface> interfaces() {
        return Collections.unmodifiableList(interfaces);
    }

    NetworkInterface named(String name) {
        return Arrays.stream(attached)
                .filter(own -> own.name().equals(name))
                .findFirst()
                .orElse(null);
    }

    void membership(Membership chosen) {
        membership = chosen;
    }

    /** Whether a packet that came in on an interface is for this machine. */
    boolean forUs(NetworkInterface from, byte[] frame) {
        long hi = Ip.destinationHi(frame);
        long lo = Ip.destinationLo(frame);
        return Ip.inet6(frame) ? forUs6(from, hi, lo) : forUs4(from, hi);
    }

    private boolean forUs6(NetworkInterface from, long hi, long lo) {
        if (Addresses.group(true, hi)) {
            return hi == ALL_NODES_HI && (lo == 1 || from.solicitedNode(hi, lo));
        }
        return IpAddress.linkLocal(hi) ? from.has(true, hi, lo) : owns(true, hi, lo);
    }

    private boolean forUs4(NetworkInterface from, long hi) {
        int address = (int) (hi >>> 32);
        if (Addresses.group(false, hi)) {
            return address == ALL_HOSTS || membership.joined(from.name(), address);
        }
        return from.broadcast(false, hi) || owns(false, hi, 0);
    }

    /** Whether an address is one of this machine's, on whichever interface. */
    boolean owns(boolean inet6, long hi, long lo) {
        for (NetworkInterface own : attached) {
            if (own.has(inet6, hi, lo)) {
                return true;
            }
        }
        return false;
    }

    /** Whether an IPv4 address means everybody on one of this machine's links. */
    boolean broadcast(boolean inet6, long hi) {
        for (NetworkInterface own : attached) {
            if (own.broadcast(inet6, hi)) {
                return true;
            }
        }
        return false;
    }

    /** Whether a packet goes to a group or to everybody on a link. */
    boolean toGroup(byte[] frame) {
        boolean inet6 = Ip.inet6(frame);
        long hi = Ip.destinationHi(frame);
        return Addresses.group(inet6, hi) || broadcast(inet6, hi);
    }
}
