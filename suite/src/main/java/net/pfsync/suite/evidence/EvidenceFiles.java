package net.pfsync.suite.evidence;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import net.pfsync.suite.evidence.Evidence.Snapshot;
import net.pfsync.suite.state.StateView;
import net.pfsync.suite.target.Health;
import net.pfsync.wire.Counter;

/** The files of a case's folder, which are also the attachments of its report. */
public final class EvidenceFiles {

    /** The capture. */
    public static final String CAPTURE = "exchange.pcap";

    /** The ladder. */
    public static final String LADDER = "ladder.txt";

    /** The ladder as a picture. */
    public static final String PICTURE = "ladder.svg";

    private EvidenceFiles() {}

    /**
     * Writes everything that a case left behind.
     *
     * @param evidence the evidence
     * @param heading what stands above the ladder, each line ended
     * @return the content of each file by its name, in the order in which a reader wants them
     */
    public static Map<String, byte[]> of(Evidence evidence, String heading) {
        Map<String, byte[]> files = new LinkedHashMap<>();
        files.put(LADDER, bytes(heading + Ladder.of(evidence)));
        files.put(CAPTURE, Pcap.of(evidence.opened(), evidence.frames()));
        files.put("table-before.txt", bytes(tables(evidence.before())));
        files.put("table-after.txt", bytes(tables(evidence.after())));
        files.put("counters.txt", bytes(counters(evidence)));
        files.put("console.txt", bytes(console(evidence)));
        return files;
    }

    /**
     * Draws who sent which message when.
     *
     * @param evidence the evidence
     * @return an SVG document
     */
    public static byte[] picture(Evidence evidence) {
        return bytes(LadderPicture.of(evidence));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String tables(List<Snapshot> firewalls) {
        StringBuilder text = new StringBuilder();
        for (Snapshot firewall : firewalls) {
            text.append("firewall ").append(firewall.name());
            if (firewall.table() == null) {
                text.append(": no console\n");
                continue;
            }
            text.append(": ").append(firewall.table().size()).append(" states");
            text.append(firewall.stopped().isEmpty() ? "\n" : ", stopped: " + firewall.stopped() + "\n");
            for (StateView state : firewall.table()) {
                text.append("  ").append(state).append('\n');
            }
        }
        return text.toString();
    }

    private static String counters(Evidence evidence) {
        StringBuilder text =
                new StringBuilder("What the suite's own sentinels and read-backs raise is in here, too.\n");
        for (int i = 0; i < Math.min(evidence.before().size(), evidence.after().size()); i++) {
            Snapshot before = evidence.before().get(i);
            Snapshot after = evidence.after().get(i);
            text.append("\nfirewall ").append(before.name()).append('\n');
            if (before.counters() == null) {
                text.append("  no console\n");
                continue;
            }
            text.append(String.format("  %-10s %8s %8s %8s%n", "", "before", "after", "raised"));
            for (Counter counter : Counter.values()) {
                long from = before.counters().getOrDefault(counter, 0L);
                long to = after.counters().getOrDefault(counter, 0L);
                text.append(
                        String.format("  %-10s %8d %8d %8s%n", counter, from, to, to == from ? "" : "+" + (to - from)));
            }
            text.append(
                    String.format("  %-10s %8s %8s%n", "demotion", shown(before.demotion()), shown(after.demotion())));
        }
        return text.toString();
    }

    private static String shown(Integer demotion) {
        return demotion == null ? "?" : demotion.toString();
    }

    private static String console(Evidence evidence) {
        StringBuilder text = new StringBuilder();
        for (Snapshot firewall : evidence.after()) {
            text.append("firewall ").append(firewall.name()).append('\n');
            Health health = firewall.health();
            text.append(health.boot().isEmpty() ? "" : "  booted " + health.boot() + "\n");
            health.memory().forEach(one -> text.append("  " + one.what() + " " + one.amount() + "\n"));
            text.append("messages of its kernel\n");
            health.messages().forEach(line -> text.append("  ").append(line).append('\n'));
            if (!firewall.stopped().isEmpty()) {
                text.append("  ").append(firewall.stopped()).append('\n');
            }
        }
        return text.toString();
    }
}
