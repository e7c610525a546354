package net.pfsync.suite.cases;

import static net.pfsync.suite.probe.Messages.any;
import static net.pfsync.suite.probe.Messages.bulkRequest;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import net.pfsync.suite.lab.CounterCheck;
import net.pfsync.suite.lab.Flow;
import net.pfsync.suite.lab.Lab;
import net.pfsync.suite.lab.TargetView;
import net.pfsync.suite.lab.TcpFlow;
import net.pfsync.suite.probe.HeardFrame;
import net.pfsync.suite.requirement.Requirement;
import net.pfsync.suite.state.StateId;
import net.pfsync.suite.state.StateView;
import net.pfsync.wire.Counter;
import net.pfsync.wire.Kind;

/** Two firewalls of which one was upgraded: what they are to each other, of different versions and of one. */
final class UpgradeCases {

    private static final Duration STEP = Duration.ofMillis(10);
    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final Duration ALL_TRIES = Duration.ofSeconds(150);
    private static final Duration LONGEST_TRANSFER = Duration.ofSeconds(20);
    private static final int CONNECTIONS = 10;

    // ---- of different versions: nothing is sent by the probe meanwhile, the peer would count it

    @Requirement("PFSYNC-UPGR-01")
    void eachDropsEveryFrameOfTheOther(Lab lab) {
        lab.peer().comeUp();
        for (TargetView through : List.of(lab.target(), lab.peer())) {
            Flows.goesOn(lab, opened(lab, through), 3, SECOND);
            Given.quiet(lab);
        }

        dropsAll(lab, lab.target(), lab.probe()::heardFromPeer);
        dropsAll(lab, lab.peer(), lab.probe()::heard);
        Given.known(lab, lab.states().tcp());
    }

    /** Every frame of the other was counted in badver, and nothing else was counted; nobody spoke while that was looked up. */
    private static void dropsAll(Lab lab, TargetView firewall, Supplier<List<HeardFrame>> ofTheOther) {
        int frames;
        CounterCheck counted;
        do {
            frames = ofTheOther.get().size();
            counted = firewall.statistics();
        } while (ofTheOther.get().size() != frames);
        int sent = frames;
        lab.control(
                "the other firewall has spoken", () -> lab.check(sent > 0, "frames of the other", sent + " frames"));
        counted.raisedOnly(Counter.BADVER, frames);
    }

    @Requirement("PFSYNC-UPGR-02")
    void neitherCarriesOnWhatTheOtherCarries(Lab lab) {
        lab.peer().comeUp();
        TcpFlow ofTarget = opened(lab, lab.target());
        TcpFlow ofPeer = opened(lab, lab.peer());

        madeItself(lab, lab.target());
        madeItself(lab, lab.peer());
        ofTarget.forth().doesNotArrive();
        Flows.through(lab, lab.target());
        ofPeer.forth().doesNotArrive();
        lab.control("the connection goes on where it was", () -> Flows.goesOn(ofTarget));
    }

    /** The firewall has the two states of the connection that went through it, and no other. */
    private static void madeItself(Lab lab, TargetView firewall) {
        List<String> creators = firewall.states().stream()
                .map(state -> hex(state.id().creatorId()))
                .toList();
        String own = hex(firewall.hostId());
        lab.equal("creators in the table of " + firewall.name(), List.of(own, own), creators);
    }

    private static String hex(int creator) {
        return String.format("%08x", creator);
    }

    @Requirement("PFSYNC-UPGR-03")
    void nothingThatThePeerDoesChangesAnything(Lab lab) {
        TcpFlow flow = opened(lab, lab.target());
        StateId[] states = ids(lab.target());

        lab.peer().comeUp();
        TcpFlow ofPeer = opened(lab, lab.peer());
        lab.control("the peer carries a connection", () -> Flows.goesOn(ofPeer));
        lab.peer().flush();
        lab.control(
                "the peer says that it has flushed its states",
                () -> lab.probe().expectFromPeer(any(Kind.CLR)).atOnce());

        lab.target().isNotDemoted();
        Flows.through(lab, lab.target());
        Flows.goesOn(flow);
        lab.target().holdsOnly(states);
    }

    @Requirement("PFSYNC-UPGR-04")
    void doesNotAnswerWhatItCannotRead(Lab lab) {
        opened(lab, lab.target());

        lab.peer().comeUp();
        lab.control(
                "the peer asks for all states",
                () -> lab.probe().expectFromPeer(bulkRequest()).atOnce());

        lab.probe().expectSilence(Duration.ofSeconds(3));
        lab.peer().holdsOnly();
    }

    @Requirement("PFSYNC-UPGR-05")
    void givesUpAskingAPeerThatCannotAnswer(Lab lab) {
        lab.peer().comeUp();
        opened(lab, lab.peer());
        StateId[] ofPeer = ids(lab.peer());

        lab.target().comeUp();
        lab.probe().expect(bulkRequest()).atOnce();
        lab.target().isDemoted();
        List<TargetView> both = List.of(lab.target(), lab.peer());
        for (Duration waited = Duration.ZERO;
                both.stream().anyMatch(one -> one.demotion() > 0) && waited.compareTo(ALL_TRIES) < 0;
                waited = waited.plus(SECOND)) {
            lab.pass(SECOND);
        }

        both.forEach(TargetView::isNotDemoted);
        lab.peer().holdsOnly(ofPeer);
        lab.target().holdsOnly();
    }

    @Requirement("PFSYNC-UPGR-06")
    void nothingIsLeftOfAPeerThatWentAway(Lab lab) {
        lab.peer().comeUp();
        opened(lab, lab.peer());

        lab.peer().down();
        Flows.through(lab, lab.target());
        Given.quiet(lab);
        lab.target().restartStatistics();

        lab.probe().expectSilence(Duration.ofSeconds(3));
        lab.target().statistics().unchanged();
        lab.target().isNotDemoted();
        lab.target().holdsOnly();
        lab.inside().tcp().open();
        lab.probe()
                .expect(any(Kind.INS).with("creatorid", lab.target().hostId()))
                .afterOneSecond();
    }

    // ---- of one version

    @Requirement("PFSYNC-UPGR-10")
    void eachKnowsWhatIsMadeThroughTheOther(Lab lab) {
        Flows.pair(lab);

        for (TargetView through : List.of(lab.target(), lab.peer())) {
            Flows.through(lab, through);
            for (TcpFlow flow : List.of(lab.inside().tcp(), lab.inside().tcp6())) {
                Flows.established(lab, flow);
            }
            Flows.answered(lab, lab.inside().udp());
        }

        List<StateView> ofTarget = lab.target().states();
        lab.equal("states of the target", 12, ofTarget.size());
        lab.peer().holdsOnly(ids(lab.target()));
        for (StateView state : lab.peer().states()) {
            List<String> differences = ofTarget.stream()
                    .filter(one -> one.id().equals(state.id()))
                    .flatMap(one -> one.contentDifferences(state).stream())
                    .toList();
            lab.check(
                    differences.isEmpty(),
                    "the state " + state.id() + " alike on both",
                    differences.isEmpty() ? "it is" : "it differs in " + String.join("; ", differences) + " (a, b)");
        }
    }

    @Requirement("PFSYNC-UPGR-11")
    void thePeerHasAllConnectionsWhenItGoesIntoService(Lab lab) {
        StateId[] states = connections(lab, lab.target());

        lab.peer().comeUp();
        goesIntoService(lab, lab.peer());

        lab.peer().holdsOnly(states);
    }

    @Requirement("PFSYNC-UPGR-12")
    void hasAllConnectionsOfThePeerWhenItGoesIntoService(Lab lab) {
        Flows.pair(lab);
        lab.target().down();
        StateId[] states = connections(lab, lab.peer());

        lab.target().comeUp();
        goesIntoService(lab, lab.target());

        lab.target().holdsOnly(states);
    }

    /** Connections through a firewall, announced, and nothing waits to be sent. */
    private static StateId[] connections(Lab lab, TargetView firewall) {
        Flows.through(lab, firewall);
        List<TcpFlow> flows = new ArrayList<>();
        Stream.generate(() -> lab.inside().tcp()).limit(CONNECTIONS).forEach(flows::add);
        lab.control("the connections open", () -> flows.forEach(TcpFlow::open));
        Given.quiet(lab);
        StateId[] states = ids(firewall);
        lab.control(
                "the firewall has their states",
                () -> lab.equal("states of " + firewall.name(), 2 * CONNECTIONS, states.length));
        return states;
    }

    /** Time stands when the demotion is taken back. */
    private static void goesIntoService(Lab lab, TargetView firewall) {
        for (Duration waited = Duration.ZERO;
                firewall.demotion() > 0 && waited.compareTo(LONGEST_TRANSFER) < 0;
                waited = waited.plus(STEP)) {
            lab.pass(STEP);
        }
        firewall.isNotDemoted();
    }

    @Requirement("PFSYNC-UPGR-13")
    void carriesOnWhatThePeerCarried(Lab lab) {
        Flows.pair(lab);
        TcpFlow flow = opened(lab, lab.peer());
        Flow exchange = Flows.answered(lab, lab.inside().udp());
        Flows.goesOn(lab, flow, 3, SECOND);

        lab.peer().cut();
        Flows.through(lab, lab.target());

        Flows.goesOn(flow);
        Flows.goesOn(exchange);
        lab.equal("states of the target", 4, lab.target().states().size());
    }

    @Requirement("PFSYNC-UPGR-14")
    void neitherCountsAnythingAgainstTheOther(Lab lab) {
        Flows.pair(lab);
        lab.peer().restartStatistics();
        for (TargetView through : List.of(lab.target(), lab.peer())) {
            Flows.goesOn(lab, opened(lab, through), 3, SECOND);
            Given.quiet(lab);
        }

        lab.target().statistics().unchanged();
        lab.peer().statistics().unchanged();
    }

    // ---- both

    /** A connection through a firewall that is open, and of which nothing waits to be sent. */
    private static TcpFlow opened(Lab lab, TargetView through) {
        Flows.through(lab, through);
        return Flows.established(lab, lab.inside().tcp());
    }

    private static StateId[] ids(TargetView firewall) {
        return firewall.states().stream().map(StateView::id).toArray(StateId[]::new);
    }
}
