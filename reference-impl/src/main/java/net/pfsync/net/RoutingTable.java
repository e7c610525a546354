package net.pfsync.net;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** The routes of a stack: to the networks of its interfaces, and those that were configured. The longest prefix wins. */
public final class RoutingTable {

    private final List<NetworkInterface> interfaces;
    private final List<Route> configured = new ArrayList<>();
    private Route[] routes = {};

    RoutingTable(List<NetworkInterface> interfaces) {
        this.interfaces = interfaces;
    }

    /**
     * Adds a route, or replaces the one to the same network.
     *
     * @param network the network, such as {@code 0.0.0.0/0}
     * @param gateway a neighbour of one of the interfaces
     * @throws IllegalArgumentException if no interface has the gateway's network
     */
    public void add(IpPrefix network, IpAddress gateway) {
        NetworkInterface via = interfaces.stream()
                .filter(own -> own.neighbour(gateway.inet6(), gateway.hi(), gateway.lo()))
                .findFirst()
                .orElseThrow(
                        () -> new IllegalArgumentException("no interface is on the network of gateway " + gateway));
        if (gateway.inet6() != network.address().inet6()) {
            throw new IllegalArgumentException("gateway " + gateway + " is of another family than " + network);
        }
        remove(network);
        configured.add(new Route(network, via, gateway));
        rebuild();
    }

    /**
     * Removes a configured route.
     *
     * @param network the network as it was added
     */
    public void remove(IpPrefix network) {
        configured.removeIf(route -> route.network().equals(network));
        rebuild();
    }

    /**
     * The routes that were added, without those to the networks of the interfaces.
     *
     * @return in the order in which they were added
     */
    public List<Route> configured() {
        return List.copyOf(configured);
    }

    /** Follows the addresses of the interfaces. */
    void rebuild() {
        List<Route> all = new ArrayList<>();
        for (NetworkInterface own : interfaces) {
            own.addresses().stream()
                    .filter(address -> !address.address().linkLocal())
                    .forEach(address -> all.add(new Route(address, own, null)));
        }
        all.addAll(configured);
        all.sort(Comparator.comparingInt((Route route) -> route.network().length())
                .reversed());
        routes = all.toArray(Route[]::new);
    }

    /** The route to a destination; null if there is none. */
    Route lookup(boolean inet6, long hi, long lo) {
        for (Route route : routes) {
            if (route.network().contains(inet6, hi, lo)) {
                return route;
            }
        }
        return null;
    }
}
