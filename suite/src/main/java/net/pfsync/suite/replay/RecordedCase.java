package net.pfsync.suite.replay;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import net.pfsync.wire.Counter;

/**
 * What a kernel did in one situation: the condition, the bytes that came in, and everything that was seen afterwards.
 *
 * <p>Times count from the start of the case, which is the first injection or operation. Source of every field: {@code
 * fixtures/observed/README.md}.
 *
 * @param line where it stands in its file, from 1
 * @param id its name, unique in its file
 * @param title what it is, in words
 * @param kernel the kernel that was recorded, such as {@code OpenBSD 7.6}
 * @param configuration the settings in force
 * @param tableBefore the states before the start
 * @param setup packets sent before {@code tableBefore} was read
 * @param injections packets sent
 * @param operations what was done on the machine
 * @param counters increments, those that are not 0; empty = the kernel had stopped
 * @param replies the pfsync packets that the kernel sent
 * @param forwarded the packets that left towards the hosts; empty = not recorded
 * @param tableAfter the states at the end; empty = the kernel had stopped
 * @param demotion of the carp group, where it was read more than once
 * @param demotionBefore of the carp group before the start, where it was read
 * @param demotionAfter of the carp group at the end, where it was read
 * @param bulkWait present if the machine still waits for a bulk update
 * @param tableBeforeAt when {@code tableBefore} was read, 0 or negative
 * @param watchedFor how long the LAN was watched, if recorded
 * @param needs what a firewall must be able to do: {@code forwarding}, {@code stop}
 * @param comparable false if the result was decided below pfsync, is undefined, or is a crash
 * @param why why it is not comparable
 * @param nondeterminism what the case leaves out of the comparison
 */
record RecordedCase(
        int line,
        String id,
        String title,
        String kernel,
        Configuration configuration,
        List<RecordedState> tableBefore,
        List<SetupPacket> setup,
        List<Injection> injections,
        List<Operation> operations,
        Optional<Map<Counter, Long>> counters,
        List<Reply> replies,
        Optional<List<Forwarded>> forwarded,
        Optional<List<RecordedState>> tableAfter,
        List<DemotionSample> demotion,
        OptionalInt demotionBefore,
        OptionalInt demotionAfter,
        Optional<BulkWait> bulkWait,
        Duration tableBeforeAt,
        Optional<Duration> watchedFor,
        Set<String> needs,
        boolean comparable,
        String why,
        Nondeterminism nondeterminism) {

    private static final Pattern SINCE_SETUP = Pattern.compile(".* (\\d{1,4}(?:\\.\\d{1,3})?) s after its INS");
    private static final int MOST_DEMOTION = 1_000_000;

    /** A packet that makes the situation, and how long the recorder waited after it. */
    record SetupPacket(Packet packet, Duration waited) {}

    /** A packet of the case itself, and when it was sent. */
    record Injection(Duration at, Packet packet) {}

    static RecordedCase read(Fields from, int line) {
        return new RecordedCase(
                line,
                id(from),
                from.optionalText("title").orElse(""),
                from.optionalText("kernel").orElse(""),
                Configuration.read(from.object("config")),
                from.objects("table_before").stream().map(RecordedState::read).toList(),
                from.objects("setup").stream().map(RecordedCase::setupPacket).toList(),
                injections(from),
                from.objects("operations").stream().map(Operation::read).toList(),
                counters(from),
                from.objects("replies").stream().map(Reply::read).toList(),
                forwarded(from),
                tableAfter(from),
                from.objects("demotion").stream().map(DemotionSample::read).toList(),
                demotion(from, "demotion_before"),
                demotion(from, "demotion_after"),
                BulkWait.read(from),
                tableBeforeAt(from),
                from.optionalMillis("table_after_at_ms", false).or(() -> from.optionalMillis("observed_ms", false)),
                Set.copyOf(from.texts("needs")),
                from.flag("comparable", true),
                from.optionalText("why").orElse(""),
                new Nondeterminism(from.texts("nondeterministic")));
    }

    /**
     * When the table before was read. A case that does not say it may say in its title how long after the last setup packet
     * it begins; the recorder waited after the packet, read the table, and waited on.
     */
    private static Duration tableBeforeAt(Fields from) {
        Matcher title = SINCE_SETUP.matcher(from.optionalText("title").orElse(""));
        if (from.has("table_before_at_ms") || from.objects("setup").isEmpty() || !title.matches()) {
            return from.optionalMillis("table_before_at_ms", true).orElse(Duration.ZERO);
        }
        Duration since = Duration.ofMillis(Math.round(Double.parseDouble(title.group(1)) * 1e3));
        Duration waited = setupPacket(from.objects("setup").getLast()).waited();
        return waited.compareTo(since) < 0 ? waited.minus(since) : Duration.ZERO;
    }

    private static String id(Fields from) {
        if (from.text("id").isBlank()) {
            throw from.wrong("id", "is empty");
        }
        return from.text("id");
    }

    private static SetupPacket setupPacket(Fields from) {
        return new SetupPacket(
                Packet.read(from), from.optionalMillis("wait_ms", false).orElse(Duration.ZERO));
    }

    private static List<Injection> injections(Fields from) {
        Duration[] previous = {Duration.ZERO};
        return from.objects("inject").stream()
                .map(each -> {
                    Duration gap = each.optionalMillis("gap_ms", false).orElse(Duration.ZERO);
                    previous[0] = each.optionalMillis("at_ms", false).orElse(previous[0].plus(gap));
                    return new Injection(previous[0], Packet.read(each));
                })
                .toList();
    }

    private static Optional<Map<Counter, Long>> counters(Fields from) {
        if (from.isNull("counters")) {
            return Optional.empty();
        }
        Fields counters = from.object("counters");
        Map<Counter, Long> increments = new EnumMap<>(Counter.class);
        for (Map.Entry<String, JsonNode> each : counters.object().properties()) {
            increments.put(counter(counters, each.getKey()), counters.integer(each.getKey(), 0, Long.MAX_VALUE));
        }
        return Optional.of(increments);
    }

    private static Counter counter(Fields counters, String name) {
        try {
            return Counter.parse(name);
        } catch (IllegalArgumentException e) {
            throw counters.wrong(name, e.getMessage());
        }
    }

    private static Optional<List<Forwarded>> forwarded(Fields from) {
        return from.has("forwarded")
                ? Optional.of(
                        from.objects("forwarded").stream().map(Forwarded::read).toList())
                : Optional.empty();
    }

    private static Optional<List<RecordedState>> tableAfter(Fields from) {
        if (from.isNull("table_after")) {
            return Optional.empty();
        }
        return Optional.of(
                from.objects("table_after").stream().map(RecordedState::read).toList());
    }

    private static OptionalInt demotion(Fields from, String name) {
        return from.has(name)
                ? OptionalInt.of((int) from.integer(name, -MOST_DEMOTION, MOST_DEMOTION))
                : OptionalInt.empty();
    }

    /** Whether the kernel stopped. */
    boolean stopped() {
        return counters.isEmpty() || needs.contains("stop");
    }
}
