package net.pfsync.suite.replay;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.pfsync.node.Firewall;
import net.pfsync.pf.Timeouts;
import net.pfsync.release.Release;
import net.pfsync.sync.ConfigException;
import net.pfsync.wire.Counter;

/**
 * One case with one firewall: does to it what was done to the recorded machine, and collects what it did.
 *
 * <pre>
 *   situation | setup packets, each with its wait | injections and operations, watching |
 *                                         table -+ 0                        table, counters
 * </pre>
 */
final class PlayedCase {

    private static final Duration AT_REST = Duration.ofMillis(100);

    /** How much later than recorded a purge run may come. */
    private static final Duration PURGE_SLACK = Duration.ofSeconds(10);

    private final Release release;
    private final RecordedCase recorded;
    private final Stage stage;
    private final AddedStates added;

    /**
     * Brings a firewall into the situation of a case.
     *
     * @throws ConfigException if the release refuses a setting of the case
     */
    PlayedCase(Release release, RecordedCase recorded) throws ConfigException {
        this.release = release;
        this.recorded = recorded;
        this.stage = Situation.of(release, recorded);
        Timeouts timeouts = new Timeouts(Situation.timeouts(release, recorded.configuration()));
        this.added = new AddedStates(recorded, release.dialect(), timeouts);
    }

    Outcome play() {
        setUp();
        Firewall firewall = stage.firewall();
        List<RecordedState> tableBefore = table(firewall);
        Map<Counter, Long> countersBefore = firewall.pfsync().statistics().snapshot();
        stage.forget();
        StepRunner runner = new StepRunner(recorded, stage, added);
        Timeline timeline = Timeline.of(recorded);
        for (Timeline.Event event : timeline.events()) {
            stage.passUntil(event.at());
            runner.run(event);
        }
        stage.passUntil(timeline.end());
        if (recorded.nondeterminism().purgeDecides()) {
            int expected = recorded.replies().size();
            stage.passUntil(() -> stage.replies().size() >= expected, PURGE_SLACK);
        }
        return new Outcome(
                release.dialect(),
                firewall.stopped(),
                tableBefore,
                table(firewall),
                firewall.pfsync().statistics().since(countersBefore),
                List.copyOf(stage.replies()),
                List.copyOf(stage.forwarded()),
                stage.demotion(),
                stage.now(),
                runner.mishaps());
    }

    /**
     * Sends the setup packets so that the last wait ends when the table is read, and lets time pass until then.
     */
    private void setUp() {
        Duration setup = recorded.setup().stream()
                .map(RecordedCase.SetupPacket::waited)
                .reduce(AT_REST.minus(recorded.tableBeforeAt()), Duration::plus);
        Duration sinceRequest = recorded.bulkWait().map(BulkWait::sinceRequest).orElse(setup);
        stage.startAfter(sinceRequest.compareTo(setup) > 0 ? sinceRequest : setup);
        recorded.bulkWait().flatMap(this::earlierStart).ifPresent(packet -> {
            stage.passUntil(sinceRequest.dividedBy(-2));
            stage.send(packet);
        });
        Duration at = AT_REST.minus(setup);
        for (RecordedCase.SetupPacket packet : recorded.setup()) {
            stage.passUntil(at);
            stage.send(packet.packet());
            at = at.plus(packet.waited());
        }
        stage.passUntil(recorded.tableBeforeAt());
        added.restore(stage);
    }

    private Optional<Packet> earlierStart(BulkWait wait) {
        int injector = Machine.of(recorded).neighbours().getFirst();
        return wait.note().flatMap(note -> EarlierStart.of(note, release.dialect(), injector));
    }

    private static List<RecordedState> table(Firewall firewall) {
        List<RecordedState> states = new ArrayList<>();
        firewall.export().forEach(state -> states.add(ExportedState.of(state)));
        return states;
    }
}
