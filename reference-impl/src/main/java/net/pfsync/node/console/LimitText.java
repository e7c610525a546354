package net.pfsync.node.console;

import java.util.List;
import java.util.Locale;
import net.pfsync.node.Firewall;
import net.pfsync.pf.Timeouts;

/** What {@code pfctl -s memory} and {@code pfctl -s timeouts} print. Of the limits only that of states is in force here. */
final class LimitText {

    private static final int FRAG = 14;
    private static final int SRC_TRACK = 18;

    private record Timeout(String name, int index) {}

    private static final List<Timeout> TIMEOUTS = List.of(
            new Timeout("tcp.first", Timeouts.TCP_FIRST_PACKET),
            new Timeout("tcp.opening", Timeouts.TCP_OPENING),
            new Timeout("tcp.established", Timeouts.TCP_ESTABLISHED),
            new Timeout("tcp.closing", Timeouts.TCP_CLOSING),
            new Timeout("tcp.finwait", Timeouts.TCP_FIN_WAIT),
            new Timeout("tcp.closed", Timeouts.TCP_CLOSED),
            new Timeout("tcp.tsdiff", Timeouts.TS_DIFF),
            new Timeout("udp.first", Timeouts.UDP_FIRST_PACKET),
            new Timeout("udp.single", Timeouts.UDP_SINGLE),
            new Timeout("udp.multiple", Timeouts.UDP_MULTIPLE),
            new Timeout("icmp.first", Timeouts.ICMP_FIRST_PACKET),
            new Timeout("icmp.error", Timeouts.ICMP_ERROR_REPLY),
            new Timeout("other.first", Timeouts.OTHER_FIRST_PACKET),
            new Timeout("other.single", Timeouts.OTHER_SINGLE),
            new Timeout("other.multiple", Timeouts.OTHER_MULTIPLE),
            new Timeout("frag", FRAG),
            new Timeout("interval", Timeouts.INTERVAL),
            new Timeout("adaptive.start", Timeouts.ADAPTIVE_START),
            new Timeout("adaptive.end", Timeouts.ADAPTIVE_END),
            new Timeout("src.track", SRC_TRACK));

    private LimitText() {}

    static String timeouts(Firewall firewall) {
        StringBuilder text = new StringBuilder();
        for (Timeout timeout : TIMEOUTS) {
            String unit = timeout.name().startsWith("adaptive") ? " states" : "s";
            text.append(String.format(
                    Locale.ROOT,
                    "%-20s %10d%s\n",
                    timeout.name(),
                    firewall.timeouts().seconds(timeout.index()),
                    unit));
        }
        return text.toString();
    }

    static String memory(Firewall firewall) {
        return String.format(Locale.ROOT, "%-13s hard limit %8d\n", "states", firewall.stateLimit());
    }
}
