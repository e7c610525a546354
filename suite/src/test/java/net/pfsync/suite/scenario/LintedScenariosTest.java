package net.pfsync.suite.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import net.pfsync.release.Release;
import net.pfsync.suite.capture.CapturedFrame;
import net.pfsync.suite.capture.DialectFinder;
import net.pfsync.suite.capture.LinkType;
import net.pfsync.suite.capture.SyncPacket;
import net.pfsync.suite.capture.SyncPackets;
import net.pfsync.suite.lint.Check;
import net.pfsync.suite.lint.Judge;
import net.pfsync.suite.lint.TextReport;
import net.pfsync.suite.lint.Verdict;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Of firewalls that do what is intended {@code lint} finds nothing, whatever happens to them. */
class LintedScenariosTest {

    private static final Path OBSERVED = Path.of("../fixtures/observed");
    private static final Duration AFTER = Duration.ofSeconds(10);
    private static final long EPOCH = 1_700_000_000_000_000_000L;

    /** Where an injector answers too late, wrongly or not at all, what it does is rightly found; nor is anybody else there. */
    private static final List<String> OTHERS = List.of("01-bulk-request-noanswer", "04-defer.sync", "s1_up_nobody");

    static Stream<Scenario> scenarios() {
        return Scenarios.all().stream()
                .filter(each -> OTHERS.stream().noneMatch(other -> each.name().contains(other)));
    }

    @ParameterizedTest
    @MethodSource("scenarios")
    void nothingIsFoundOfTheReferences(Scenario scenario) throws IOException {
        Verdict verdict =
                judge(scenario, kernel -> Release.of(kernel.equals("openbsd-7.6") ? "reference-v6" : "reference-v5"));
        assertThat(verdict.packets()).isGreaterThan(1);
        assertThat(verdict.findings())
                .filteredOn(each -> each.check() != Check.RULESETS_DIFFER || !differentRules(scenario))
                .as(TextReport.of(scenario.name(), verdict))
                .isEmpty();
    }

    /** In these scenarios only A is given rules that make states of what comes in. */
    private static boolean differentRules(Scenario scenario) {
        return scenario.name().contains("02b-bulk-traffic");
    }

    private static Verdict judge(Scenario scenario, Function<String, Release> players) throws IOException {
        Recording recording =
                new Recording(OBSERVED.resolve(scenario.kernel()).resolve("captures"), scenario.captures(), players);
        ScenarioLab lab = scenario.script().prepare(recording);
        List<CapturedFrame> frames = new ArrayList<>();
        lab.listen((nanos, frame) -> frames.add(
                new CapturedFrame(frames.size() + 1, EPOCH + nanos, LinkType.ETHERNET, frame, frame.length)));
        long length = recording.sync().frames().getLast().nanos() - recording.start();
        lab.run(Duration.ofNanos(length).plus(AFTER));
        Judge judge = new Judge(1500);
        Iterator<CapturedFrame> each = frames.iterator();
        SyncPackets packets =
                new SyncPackets(() -> each.hasNext() ? each.next() : null, new DialectFinder(), SyncPackets.OF_A_FILE);
        for (SyncPacket packet = packets.next(); packet != null; packet = packets.next()) {
            judge.packet(packet, packets.dialect(packet));
        }
        return judge.verdict();
    }
}
