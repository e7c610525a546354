package net.pfsync.net;

/**
 * Sends the packets of others on their way.
 *
 * <p>In this order: addresses that no router forwards; TTL; route; a neighbour that does not answer; a packet that the next link does not take, which
 * is refused whether or not it may be fragmented; then the hop is taken off, the filter sees the packet go out, and it is handed to the neighbour.
 * Options and extension headers are not looked at. Sources: RFC 1812, 5.2 and 5.3; RFC 8200, 3; RFC 4291, 2.5.6.
 */
final class Forwarder {

    private final OwnAddresses own;
    private final RoutingTable routes;
    private final IcmpErrors errors;
    private final IpOutput output;
    private final IpStatistics statistics;

    Forwarder(OwnAddresses own, RoutingTable routes, IcmpErrors errors, IpOutput output, IpStatistics statistics) {
        this.own = own;
        this.routes = routes;
        this.errors = errors;
        this.output = output;
        this.statistics = statistics;
    }

    void forward(NetworkInterface from, byte[] frame) {
        boolean inet6 = Ip.inet6(frame);
        long hi = Ip.destinationHi(frame);
        long lo = Ip.destinationLo(frame);
        if (martian(from, frame, inet6, hi, lo)) {
            statistics.count(IpCounter.MARTIAN);
            return;
        }
        if (Ip.ttl(frame) <= 1) {
            statistics.count(IpCounter.TTL_EXCEEDED);
            errors.timeExceeded(from, frame);
            return;
        }
        Route route = routes.lookup(inet6, hi, lo);
        if (route == null) {
            statistics.count(IpCounter.NO_ROUTE);
            errors.noRoute(from, frame);
            return;
        }
        forward(from, frame, route, hi, lo);
    }

    private boolean martian(NetworkInterface from, byte[] frame, boolean inet6, long hi, long lo) {
        if (Ethernet.toGroup(frame)
                || !Addresses.oneStation(inet6, hi, lo)
                || own.broadcast(inet6, hi)
                || !Addresses.oneStation(inet6, Ip.sourceHi(frame), Ip.sourceLo(frame))
                || own.broadcast(inet6, Ip.sourceHi(frame))
                || (inet6 && IpAddress.linkLocal(hi))) {
            return true;
        }
        if (inet6 && IpAddress.linkLocal(Ip.sourceHi(frame))) {
            errors.beyondScope(from, frame);
            return true;
        }
        return false;
    }

    private void forward(NetworkInterface from, byte[] frame, Route route, long hi, long lo) {
        boolean inet6 = Ip.inet6(frame);
        NetworkInterface via = route.via();
        long nextHi = route.nextHi(hi);
        long nextLo = route.nextLo(lo);
        if (via.down(inet6, nextHi, nextLo)) {
            statistics.count(IpCounter.UNREACHABLE);
            errors.neighbourDown(from, frame);
        } else if (Ip.length(frame) > via.mtu()) {
            statistics.count(IpCounter.TOO_BIG);
            errors.tooBig(from, frame, via.mtu());
        } else {
            Ip.decrementTtl(frame);
            if (output.send(via, frame, nextHi, nextLo)) {
                statistics.count(IpCounter.FORWARDED);
            }
        }
    }
}
