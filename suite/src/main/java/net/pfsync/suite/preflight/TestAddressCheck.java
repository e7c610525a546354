package net.pfsync.suite.preflight;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import net.pfsync.net.IpAddress;
import net.pfsync.net.IpPrefix;
import net.pfsync.suite.state.OwnStates;

/**
 * Nobody uses what the suite's states use: no route to the addresses that are kept for tests, no state with one of them, and none of the suite's
 * creators. The networks of the lab's own inside and outside interfaces may be among them.
 */
final class TestAddressCheck implements Check {

    private static final int HEX = 16;
    private static final int EXAMPLES = 3;
    private static final Pattern CREATOR = Pattern.compile("creatorid: ([0-9a-f]{8})");
    private static final Pattern ADDRESS =
            Pattern.compile("(?<![0-9a-f.:])(?:\\d{1,3}(?:\\.\\d{1,3}){3}|[0-9a-f]{1,4}:[0-9a-f:]+)");
    private static final Pattern INET_ROUTE = Pattern.compile("(\\d{1,3}(?:\\.\\d{1,3}){0,3})(?:/(\\d{1,2}))?");
    private static final int OCTETS = 4;

    @Override
    public String name() {
        return "test-addresses";
    }

    @Override
    public Finding look(Site site) {
        List<String> used = new ArrayList<>();
        List<String> unseen = new ArrayList<>();
        for (AskedFirewall firewall : site.firewalls()) {
            Optional<String> routes = firewall.ask("netstat -rn");
            Optional<String> states = firewall.ask("pfctl -s states -vv");
            List<Route> table = routes.map(TestAddressCheck::routes).orElse(List.of());
            List<IpPrefix> lans = lans(site.lab().networks(), table);
            used.addAll(used(lans, firewall.name(), table));
            states.ifPresent(text -> used.addAll(states(lans, firewall.name(), text)));
            if (routes.isEmpty()) {
                unseen.add("the routes of " + firewall.name());
            }
            if (states.isEmpty()) {
                unseen.add("the states of " + firewall.name());
            }
        }
        if (!used.isEmpty()) {
            String more = used.size() > EXAMPLES ? " and " + (used.size() - EXAMPLES) + " more" : "";
            return Finding.notOk(
                    String.join("; ", used.subList(0, Math.min(EXAMPLES, used.size()))) + more,
                    "take them away: states end by themselves or with 'pfctl -k id -k ID/CREATOR', routes with 'route"
                            + " delete'");
        }
        return unseen.isEmpty()
                ? Finding.ok("no route and no state has one")
                : Finding.cannotTell("not shown: " + String.join(", ", unseen));
    }

    /**
     * A line of the routing table.
     *
     * @param shown as it is printed
     * @param network what that is
     * @param through the interface; empty if the table does not say it
     * @param neighbours whether it is the network of an interface: without a gateway
     */
    private record Route(String shown, IpPrefix network, Optional<String> through, boolean neighbours) {}

    private static List<Route> routes(String text) {
        List<Route> routes = new ArrayList<>();
        int flags = -1;
        int column = -1;
        for (String line : text.lines().toList()) {
            List<String> words = List.of(line.strip().split("\\s+"));
            if (words.getFirst().equals("Destination")) {
                flags = words.indexOf("Flags");
                column = Math.max(words.indexOf("Iface"), words.indexOf("Netif"));
            }
            Optional<String> through =
                    column > 0 && column < words.size() ? Optional.of(words.get(column)) : Optional.empty();
            boolean neighbours =
                    flags > 0 && flags < words.size() && !words.get(flags).contains("G");
            network(words.getFirst())
                    .ifPresent(network -> routes.add(new Route(words.getFirst(), network, through, neighbours)));
        }
        return routes;
    }

    /** The lab's networks, of both families: the lab file names the interfaces by those of IPv4. */
    private static List<IpPrefix> lans(List<IpPrefix> named, List<Route> routes) {
        Set<String> interfaces = routes.stream()
                .filter(route -> named.contains(route.network))
                .flatMap(route -> route.through.stream())
                .collect(Collectors.toSet());
        return Stream.concat(
                        named.stream(),
                        routes.stream()
                                .filter(route -> route.neighbours
                                        && route.through
                                                .filter(interfaces::contains)
                                                .isPresent())
                                .map(Route::network))
                .toList();
    }

    private static List<String> used(List<IpPrefix> lans, String name, List<Route> routes) {
        return routes.stream()
                .filter(route -> OwnStates.NETWORKS.stream().anyMatch(own -> overlap(own, route.network)))
                .filter(route -> lans.stream().noneMatch(lan -> inside(route.network, lan)))
                .map(route -> name + " has a route to " + route.shown)
                .toList();
    }

    /** OpenBSD leaves out the last octets that are 0. */
    private static Optional<IpPrefix> network(String word) {
        Matcher inet = INET_ROUTE.matcher(word);
        try {
            if (inet.matches()) {
                String[] octets = inet.group(1).split("\\.", -1);
                String address = inet.group(1) + ".0".repeat(OCTETS - octets.length);
                int length = inet.group(2) == null ? octets.length * Byte.SIZE : Integer.parseInt(inet.group(2));
                return length == 0 ? Optional.empty() : Optional.of(IpPrefix.parse(address + "/" + length));
            }
            return word.contains(":") && !word.contains("%") ? Optional.of(IpPrefix.parse(word)) : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static boolean overlap(IpPrefix one, IpPrefix other) {
        return inside(one, other) || inside(other, one);
    }

    private static boolean inside(IpPrefix small, IpPrefix large) {
        IpAddress address = small.address();
        return small.length() >= large.length() && large.contains(address.inet6(), address.hi(), address.lo());
    }

    private static List<String> states(List<IpPrefix> lans, String name, String text) {
        List<String> used = new ArrayList<>();
        for (String line : text.lines().toList()) {
            Matcher creator = CREATOR.matcher(line);
            if (creator.find() && OwnStates.CREATORS.contains(Integer.parseUnsignedInt(creator.group(1), HEX))) {
                used.add(name + " has a state of the suite's own:" + line.replaceAll(" +", " "));
            }
            if (!line.startsWith(" ") && ADDRESS.matcher(line).results().anyMatch(found -> kept(lans, found.group()))) {
                used.add(name + " has a state with such an address: " + line.replaceAll(" +", " "));
            }
        }
        return used;
    }

    private static boolean kept(List<IpPrefix> lans, String text) {
        try {
            IpAddress address = IpAddress.parse(text);
            return OwnStates.has(address)
                    && lans.stream().noneMatch(lan -> lan.contains(address.inet6(), address.hi(), address.lo()));
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
