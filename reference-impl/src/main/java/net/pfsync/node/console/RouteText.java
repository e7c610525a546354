package net.pfsync.node.console;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import net.pfsync.net.IpAddress;
import net.pfsync.net.IpPrefix;
import net.pfsync.net.NetworkInterface;
import net.pfsync.net.Route;
import net.pfsync.node.Firewall;

/**
 * What {@code netstat -rn} prints. Neighbours are no routes here and packets are not counted by route, so that both numbers are 0. Source: recorded,
 * output 22.
 */
final class RouteText {

    private static final int OWN = 1;
    private static final int CONNECTED = 4;
    private static final int CONFIGURED = 8;
    private static final long GROUPS_OF_INTERFACE = 0xff01L << 48;
    private static final long GROUPS_OF_LINK = 0xff02L << 48;

    private static final String FORMAT = "%-18s %-18s %-6s %5s %8s %5s %5s %s";
    private static final String FORMAT6 = "%-43s %-39s %-6s %5s %8s %5s %5s %s";

    private final boolean inet6;
    private final List<Line> lines = new ArrayList<>();

    /** A line; those of one link are beside each other, because the kernel keeps the link in the address. */
    private record Line(IpAddress address, int index, String text) {

        static final Comparator<Line> ORDER = Comparator.comparing(
                        (Line line) -> line.address.hi(), Long::compareUnsigned)
                .thenComparingInt(Line::index)
                .thenComparing(line -> line.address.lo(), Long::compareUnsigned);
    }

    private RouteText(Firewall firewall, boolean inet6) {
        this.inet6 = inet6;
        List<NetworkInterface> all = firewall.stack().interfaces();
        for (NetworkInterface own : all) {
            int index = all.indexOf(own) + 1;
            own.addresses().stream()
                    .filter(address -> address.address().inet6() == inet6)
                    .forEach(address -> connected(address, own, index));
        }
        for (Route route : firewall.stack().routes().configured()) {
            IpPrefix network = route.network();
            if (network.address().inet6() == inet6) {
                String destination = network.length() == 0 ? "default" : network(network, "");
                add(network.address(), 0, destination, route.gateway().toString(), "UGS", CONFIGURED, route.via());
            }
        }
        lines.sort(Line.ORDER);
    }

    static String of(Firewall firewall) {
        return "Routing tables\n\nInternet:\n" + new RouteText(firewall, false) + "\nInternet6:\n"
                + new RouteText(firewall, true);
    }

    /** The network of an interface's address, the address itself, and what goes to everybody on the link. */
    private void connected(IpPrefix prefix, NetworkInterface own, int index) {
        IpAddress address = prefix.address();
        String scope = address.linkLocal() ? "%" + own.name() : "";
        String gateway = address + scope;
        IpPrefix network = prefix.network();
        add(network.address(), index, network(network, scope), gateway, "UCn", CONNECTED, own);
        add(address, index, gateway, String.valueOf(own.mac()), "UHLl", OWN, own);
        if (!inet6) {
            add(prefix.last(), index, prefix.last().toString(), gateway, "UHb", OWN, own);
        } else if (address.linkLocal()) {
            for (long groups : new long[] {GROUPS_OF_INTERFACE, GROUPS_OF_LINK}) {
                IpPrefix all = new IpPrefix(new IpAddress(true, groups, 0), 32);
                add(all.address(), index, network(all, scope), gateway, "Um", CONNECTED, own);
            }
        }
    }

    private void add(
            IpAddress address,
            int index,
            String destination,
            String gateway,
            String flags,
            int priority,
            NetworkInterface via) {
        String text = String.format(
                Locale.ROOT, inet6 ? FORMAT6 : FORMAT, destination, gateway, flags, 0, 0, "-", priority, via.name());
        lines.add(new Line(address, index, text));
    }

    /** IPv4 without the last octets that are not part of it. */
    private static String network(IpPrefix network, String scope) {
        String text = network.address().toString();
        if (!network.address().inet6()) {
            int octets = Math.max(1, (network.length() + Byte.SIZE - 1) / Byte.SIZE);
            text = String.join(".", List.of(text.split("\\.", -1)).subList(0, octets));
        }
        return text + scope + "/" + network.length();
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder(String.format(
                inet6 ? FORMAT6 : FORMAT, "Destination", "Gateway", "Flags", "Refs", "Use", "Mtu", "Prio", "Iface\n"));
        lines.forEach(line -> text.append(line.text).append(" \n"));
        return text.toString();
    }
}
