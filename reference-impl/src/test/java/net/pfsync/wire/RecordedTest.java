package net.pfsync.wire;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What real kernels sent is fine, and what they counted is what the decoder names. */
class RecordedTest {
    /**
     * A bulk transfer of states that had just been flushed: they are sent with timeout 22, unlinked, which every receiver
     * refuses. Source: OBSERVED.md of 7.6, section 2.
     */
    private static final Set<String> UNLINKED_STATES_IN_A_BULK = Set.of("s7_admin #41");

    /** Counters that the bytes alone decide. */
    private static final Set<Counter> DECIDED_BY_THE_BYTES =
            Set.of(Counter.BADTTL, Counter.HDROPS, Counter.BADVER, Counter.BADACT, Counter.BADLEN, Counter.BADVAL);

    static List<Corpus.Case> casesThatAreComparable() {
        return Corpus.cases().stream()
                .filter(each -> each.line().path("comparable").asBoolean(true))
                .toList();
    }

    @Test
    void thereAreCapturesAndCasesOfAllThreeKernels() {
        assertThat(Corpus.captures()).hasSizeGreaterThan(1900);
        assertThat(Corpus.cases()).hasSize(517);
    }

    @Test
    void everyCapturedPacketDecodesWithoutAProblem() {
        for (Corpus.Sample sample : Corpus.captures()) {
            Problem problem = sample.decode().problem();
            if (UNLINKED_STATES_IN_A_BULK.contains(sample.name())) {
                assertThat(problem.counter()).as(sample.name()).isEqualTo(Counter.BADVAL);
                assertThat(problem.text()).as(sample.name()).contains("timeout 22");
            } else {
                assertThat(problem).as(sample.name()).isNull();
            }
        }
    }

    @Test
    void everyCapturedPacketIsNothingButItsMessages() {
        for (Corpus.Sample sample : Corpus.captures()) {
            Frame frame = sample.decode();
            assertThat(frame.trailing()).as(sample.name()).isEmpty();
            assertThat(frame.padding()).as(sample.name()).isEmpty();
            for (Section section : frame.sections()) {
                assertThat(section.cut()).as(sample.name()).isZero();
                assertThat(section.messages()).as(sample.name()).hasSize(section.count());
            }
        }
    }

    @Test
    void everyReplyOfAKernelDecodesWithoutAProblem() {
        for (Corpus.Case each : Corpus.cases()) {
            for (Corpus.Sample reply : each.packets("replies")) {
                assertThat(reply.decode().problem()).as(reply.name()).isNull();
            }
        }
    }

    @Test
    void everyPacketOfEveryCaptureAndCaseEncodesToItsBytes() {
        for (Corpus.Sample sample : Corpus.captures()) {
            assertThat(sample.decode().encode()).as(sample.name()).isEqualTo(sample.packet());
        }
        for (Corpus.Sample sample : Corpus.casePackets()) {
            assertThat(sample.decode().encode()).as(sample.name()).isEqualTo(sample.packet());
        }
    }

    /** BUS is looked at only while a transfer is waited for, which the titles of those cases say. */
    @ParameterizedTest
    @MethodSource("casesThatAreComparable")
    void theCountersAreTheKernels(Corpus.Case each) {
        boolean waiting = each.line().get("title").asText().startsWith("waiting");
        Map<Counter, Integer> counted = new EnumMap<>(Counter.class);
        for (Corpus.Sample packet : each.packets("inject")) {
            count(packet, waiting, counted);
        }
        counted.keySet().retainAll(DECIDED_BY_THE_BYTES);
        assertThat(counted).isEqualTo(recorded(each.line().get("counters")));
    }

    /** A kernel that stopped does so for what comes later, except where it read beyond the packet. */
    @Test
    void aFrameWithoutEofStops45() {
        Corpus.Case each = Corpus.cases().stream()
                .filter(one -> one.name().equals("openbsd-4.5 ins-no-eof"))
                .findFirst()
                .orElseThrow();
        assertThat(each.line().get("counters").isNull()).isTrue();
        Problem problem = each.packets("inject").getFirst().decode().problem();
        assertThat(problem.counter()).isNull();
        assertThat(problem.text()).contains("reads beyond the packet and stops");
    }

    private static Map<Counter, Integer> recorded(JsonNode counters) {
        Map<Counter, Integer> recorded = new EnumMap<>(Counter.class);
        for (Counter counter : DECIDED_BY_THE_BYTES) {
            if (counters.has(counter.text())) {
                recorded.put(counter, counters.get(counter.text()).asInt());
            }
        }
        return recorded;
    }

    private static void count(Corpus.Sample sample, boolean waiting, Map<Counter, Integer> counted) {
        Frame frame = sample.decode();
        Problem first = frame.problem();
        if (first != null && first.counter() == null) {
            return;
        }
        if (first != null && first.counter() == Counter.BADTTL) {
            counted.merge(Counter.BADTTL, 1, Integer::sum);
            return;
        }
        SectionCursor cursor = new SectionCursor(sample.dialect());
        cursor.start(sample.packet(), frame.ip().size(), frame.ip().totalLength());
        while (cursor.next()) {
            if (!cursor.present()) {
                counted.merge(Counter.BADLEN, waiting ? 1 : 0, Integer::sum);
                counted.remove(Counter.BADLEN, 0);
                continue;
            }
            for (int i = 0; i < cursor.count(); i++) {
                Message message = cursor.message(i);
                if (RangeCheck.wrong(sample.dialect(), message) != null) {
                    counted.merge(RangeCheck.counter(message), 1, Integer::sum);
                }
            }
        }
        if (cursor.problem() != null) {
            counted.merge(cursor.problem().counter(), 1, Integer::sum);
        }
    }
}
