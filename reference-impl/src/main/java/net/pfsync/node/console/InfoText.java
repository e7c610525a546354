package net.pfsync.node.console;

import java.util.HexFormat;
import java.util.Locale;
import net.pfsync.node.Firewall;
import net.pfsync.pf.IpProtocol;
import net.pfsync.pf.Peer;
import net.pfsync.pf.PfStatistics;
import net.pfsync.pf.Reason;
import net.pfsync.pf.State;

/** What {@code pfctl -s info} prints. Tables that this firewall does not have are printed as empty ones. */
final class InfoText {

    private static final long MINUTE = 60;
    private static final long HOUR = 60 * MINUTE;
    private static final long DAY = 24 * HOUR;
    private static final int SYNCOOKIES_START_PERCENT = 25;
    private static final int PERCENT = 100;
    private static final String[] LIMIT_COUNTERS = {
        "max states per rule",
        "max-src-states",
        "max-src-nodes",
        "max-src-conn",
        "max-src-conn-rate",
        "overload table insertion",
        "overload flush states",
        "synfloods detected",
        "syncookies sent",
        "syncookies validated"
    };

    private final Firewall firewall;
    private final long seconds;
    private final StringBuilder text = new StringBuilder();

    private InfoText(Firewall firewall) {
        this.firewall = firewall;
        this.seconds = firewall.pfSeconds();
    }

    static String of(Firewall firewall, boolean verbose) {
        return new InfoText(firewall).print(verbose);
    }

    private String print(boolean verbose) {
        status();
        if (verbose) {
            names();
        }
        states();
        if (verbose) {
            table("Source Tracking Table");
            table("Fragments");
        }
        PfStatistics statistics = firewall.filter().statistics();
        text.append("Counters\n");
        for (Reason reason : Reason.values()) {
            count(reason.text(), statistics.count(reason));
        }
        if (verbose) {
            limits();
        }
        return text.toString();
    }

    private void status() {
        String status = String.format(
                Locale.ROOT,
                "Status: %s for %d days %02d:%02d:%02d",
                firewall.pfEnabled() ? "Enabled" : "Disabled",
                seconds / DAY,
                seconds % DAY / HOUR,
                seconds % HOUR / MINUTE,
                seconds % MINUTE);
        String debug = firewall.debugMisc() ? "notice" : "err";
        text.append(String.format(Locale.ROOT, "%-44s%15s\n\n", status, "Debug: " + debug));
    }

    private void names() {
        text.append(String.format(Locale.ROOT, "Hostid:   0x%08x\n", firewall.hostId()));
        text.append("Checksum: 0x")
                .append(HexFormat.of().formatHex(firewall.filter().ruleset().checksum()))
                .append("\n\n");
    }

    private void states() {
        long entries = firewall.states().listed();
        long inserts = firewall.states().inserted();
        header("State Table");
        line("current entries", entries);
        line("half-open tcp", halfOpen());
        count("searches", firewall.filter().statistics().searches());
        count("inserts", inserts);
        count("removals", inserts - entries);
    }

    /** TCP states whose initiator has not been answered yet; the recorded kernel's own counter drifts where states are imported. */
    private long halfOpen() {
        long halfOpen = 0;
        for (State state : firewall.states()) {
            if (state.proto == IpProtocol.TCP && state.src.state < Peer.ESTABLISHED) {
                halfOpen++;
            }
        }
        return halfOpen;
    }

    private void header(String name) {
        text.append(String.format(Locale.ROOT, "%-27s %14s %16s\n", name, "Total", "Rate"));
    }

    private void table(String name) {
        text.append(name).append('\n');
        line("current entries", 0);
        count("searches", 0);
        count("inserts", 0);
        count("removals", 0);
    }

    private void line(String name, long value) {
        text.append(String.format(Locale.ROOT, "  %-25s %14d %14s\n", name, value, ""));
    }

    private void count(String name, long value) {
        text.append(String.format(Locale.ROOT, "  %-25s %14d ", name, value));
        text.append(
                seconds > 0
                        ? String.format(Locale.ROOT, "%14.1f/s\n", (double) value / seconds)
                        : String.format(Locale.ROOT, "%14s\n", ""));
    }

    private void limits() {
        text.append("Limit Counters\n");
        for (String name : LIMIT_COUNTERS) {
            count(name, 0);
        }
        int start = firewall.stateLimit() / PERCENT * SYNCOOKIES_START_PERCENT;
        text.append("Adaptive Syncookies Watermarks\n");
        text.append(String.format(Locale.ROOT, "  %-25s %14d states\n", "start", start));
        text.append(String.format(Locale.ROOT, "  %-25s %14d states\n", "end", start / 2));
    }
}
