package net.pfsync.net;

import java.util.SplittableRandom;

/** The way of packets out of a machine: route, filter, neighbour. A packet that does not fit its link is not sent. */
final class IpOutput {

    private static final int DEFAULT_MTU = 1500;

    private final OwnAddresses own;
    private final RoutingTable routes;
    private final IpStatistics statistics;
    private final SplittableRandom random;
    private Filter filter = Filter.NONE;

    IpOutput(OwnAddresses own, RoutingTable routes, IpStatistics statistics, long seed) {
        this.own = own;
        this.routes = routes;
        this.statistics = statistics;
        this.random = new SplittableRandom(seed);
    }

    void filter(Filter chosen) {
        filter = chosen;
    }

    // ---- packets of this machine ----

    boolean send(byte[] frame) {
        Route route = fitting(frame);
        if (route != null) {
            statistics.count(IpCounter.SENT);
            send(route, frame);
        }
        return route != null;
    }

    void send(NetworkInterface via, byte[] frame) {
        statistics.count(IpCounter.SENT);
        send(via, frame, Ip.destinationHi(frame), Ip.destinationLo(frame));
    }

    boolean sendAsIs(byte[] frame) {
        Route route = routes.lookup(Ip.inet6(frame), Ip.destinationHi(frame), Ip.destinationLo(frame));
        if (route != null) {
            send(route, frame);
        }
        return route != null;
    }

    void sendUnfiltered(byte[] frame) {
        Route route = fitting(frame);
        if (route != null) {
            statistics.count(IpCounter.SENT);
            identify(frame);
            long nextHi = route.nextHi(Ip.destinationHi(frame));
            route.via().send(frame, nextHi, route.nextLo(Ip.destinationLo(frame)));
        }
    }

    /** Sends an answer to a packet, if it is to a link-local address back where it came from. */
    void reply(NetworkInterface to, byte[] frame) {
        identify(frame);
        if (Ip.inet6(frame) && IpAddress.linkLocal(Ip.destinationHi(frame))) {
            send(to, frame);
        } else {
            send(frame);
        }
    }

    void identify(byte[] frame) {
        Ip.identify(frame, random.nextInt());
    }

    // ---- all packets ----

    /** Shows a packet to the filter and hands it to the neighbour; false if the filter did not let it pass. */
    boolean send(NetworkInterface via, byte[] frame, long nextHi, long nextLo) {
        if (!filter.pass(Direction.OUT, via.name(), frame)) {
            statistics.count(IpCounter.FILTERED);
            return false;
        }
        via.send(frame, nextHi, nextLo);
        return true;
    }

    private void send(Route route, byte[] frame) {
        long nextHi = route.nextHi(Ip.destinationHi(frame));
        send(route.via(), frame, nextHi, route.nextLo(Ip.destinationLo(frame)));
    }

    // ---- routes ----

    /** The route for a packet that fits it; null if there is none, which is also so for packets to this machine itself. */
    Route fitting(byte[] frame) {
        boolean inet6 = Ip.inet6(frame);
        long hi = Ip.destinationHi(frame);
        long lo = Ip.destinationLo(frame);
        Route route = own.owns(inet6, hi, lo) ? null : routes.lookup(inet6, hi, lo);
        if (route == null) {
            statistics.count(IpCounter.NO_ROUTE);
            return null;
        }
        if (Ip.length(frame) > route.via().mtu()) {
            statistics.count(IpCounter.TOO_BIG);
            return null;
        }
        return route;
    }

    IpAddress sourceTowards(IpAddress destination) {
        Route route = routes.lookup(destination.inet6(), destination.hi(), destination.lo());
        if (route == null) {
            return null;
        }
        long nextHi = route.nextHi(destination.hi());
        return route.via().addressTowards(destination.inet6(), nextHi, route.nextLo(destination.lo()));
    }

    int mtuTowards(IpAddress destination) {
        Route route = routes.lookup(destination.inet6(), destination.hi(), destination.lo());
        return route == null ? DEFAULT_MTU : route.via().mtu();
    }
}
