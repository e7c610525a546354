package net.pfsync.node.console;

import java.util.List;
import net.pfsync.node.Firewall;
import net.pfsync.sync.Statistics;
import net.pfsync.wire.Counter;

/** {@code netstat -s -p pfsync}, with a second {@code s} only what is not zero (source: TEXT-FORMATS.md 6), and {@code netstat -rn}. */
final class Netstat implements Command {

    private static final String USAGE = "usage: netstat -s[s] -p pfsync | -rn";

    private final Firewall firewall;

    Netstat(Firewall firewall) {
        this.firewall = firewall;
    }

    /**
     * A counter's line.
     *
     * @param before the text between number and plural
     * @param after the text behind it
     */
    private record Line(Counter counter, int indent, String before, String plural, String after) {

        String print(long value) {
            return "\t".repeat(indent) + Long.toUnsignedString(value) + " " + before + (value == 1 ? "" : plural)
                    + after + "\n";
        }
    }

    private static final List<Line> LINES = List.of(
            new Line(Counter.IPACKETS, 1, "packet", "s", " received (IPv4)"),
            new Line(Counter.IPACKETS6, 1, "packet", "s", " received (IPv6)"),
            new Line(Counter.BADIF, 2, "packet", "s", " discarded for bad interface"),
            new Line(Counter.BADTTL, 2, "packet", "s", " discarded for bad ttl"),
            new Line(Counter.HDROPS, 2, "packet", "s", " shorter than header"),
            new Line(Counter.BADVER, 2, "packet", "s", " discarded for bad version"),
            new Line(Counter.BADAUTH, 2, "packet", "s", " discarded for bad HMAC"),
            new Line(Counter.BADACT, 2, "packet", "s", " discarded for bad action"),
            new Line(Counter.BADLEN, 2, "packet", "s", " discarded for short packet"),
            new Line(Counter.BADVAL, 2, "state", "s", " discarded for bad values"),
            new Line(Counter.STALE, 2, "stale state", "s", ""),
            new Line(Counter.BADSTATE, 2, "failed state lookup/insert", "s", ""),
            new Line(Counter.OPACKETS, 1, "packet", "s", " sent (IPv4)"),
            new Line(Counter.OPACKETS6, 1, "packet", "s", " sent (IPv6)"),
            new Line(Counter.ONOMEM, 2, "send failed due to mbuf memory error", "", ""),
            new Line(Counter.OERRORS, 2, "send error", "", ""));

    @Override
    public Answer run(List<String> arguments, String input) throws Failure {
        String flags = String.join(" ", arguments);
        return switch (flags) {
            case "-s -p pfsync", "-p pfsync -s", "-sp pfsync" -> print(false);
            case "-ss -p pfsync", "-s -s -p pfsync", "-p pfsync -ss", "-ssp pfsync" -> print(true);
            case "-rn", "-nr", "-r -n", "-n -r" -> Answer.out(RouteText.of(firewall));
            default -> throw new Failure(USAGE);
        };
    }

    private Answer print(boolean onlyCounted) {
        Statistics statistics = firewall.pfsync().statistics();
        StringBuilder out = new StringBuilder("pfsync:\n");
        for (Line line : LINES) {
            long value = statistics.get(line.counter());
            out.append(onlyCounted && value == 0 ? "" : line.print(value));
        }
        return Answer.out(out.toString());
    }
}
