package net.pfsync.suite.lab;

import static net.pfsync.suite.probe.Messages.bulkEnd;
import static net.pfsync.suite.probe.Messages.bulkRequest;
import static net.pfsync.suite.probe.Messages.bulkStart;
import static net.pfsync.suite.probe.Messages.deleteCompressed;
import static net.pfsync.suite.probe.Messages.insert;

import java.time.Duration;
import java.util.Set;
import net.pfsync.suite.probe.Exchange;
import net.pfsync.suite.probe.Probe;
import net.pfsync.suite.probe.Sentinel;
import net.pfsync.suite.state.Endpoint;
import net.pfsync.suite.state.StateId;
import net.pfsync.suite.state.StateSpec;
import net.pfsync.suite.target.Adapter;
import net.pfsync.suite.target.Bench;
import net.pfsync.suite.target.Capability;
import net.pfsync.suite.target.ReleaseInfo;

/** Brings a bench to the point where a case may begin. */
public final class LabSetup {

    /** The creator of the states that cases send. */
    static final int CREATOR = 0x7e570001;

    /** Another creator. */
    static final int OTHER_CREATOR = 0x7e570002;

    private static final int SENTINEL_CREATOR = 0x7e570005;
    private static final long FIRST_ID = 0x7e57_0000_0000_0001L;
    private static final Duration FIRST_REQUEST = Duration.ofSeconds(1);
    private static final Duration QUIET = Duration.ofSeconds(5);

    private LabSetup() {}

    /**
     * Brings the firewalls up, answers their first bulk request, and waits until they are quiet.
     *
     * @param bench the firewalls and the LAN
     * @param release what the target is
     * @param capabilities what the arena offers
     * @param exchange the exchange of the case, with nothing in it yet
     * @param seed everything random in the case comes from it
     * @return the lab, as a case finds it
     */
    public static Lab settle(
            Bench bench, ReleaseInfo release, Set<Capability> capabilities, Exchange exchange, long seed) {
        Adapter target = bench.target();
        CounterAccount account = capabilities.contains(Capability.COUNTERS) ? new CounterAccount(target) : null;
        StateSpec sentinelState = StateSpec.udp(
                new StateId(FIRST_ID, SENTINEL_CREATOR),
                new Endpoint("203.0.113.1", 240),
                new Endpoint("203.0.113.2", 240));
        Sentinel sentinel = new Sentinel(exchange, sentinelState, account == null ? Runnable::run : account::aside);
        Probe probe = new Probe(exchange, sentinel);
        TargetView view = new TargetView(target, capabilities, exchange, probe, account);
        States states = new States(CREATOR, FIRST_ID);

        target.join();
        answer(exchange, probe);
        TargetView peer = bench.peer()
                .map(second -> joined(second, capabilities, exchange, probe, sentinelState))
                .orElse(null);
        exchange.until(() -> false, QUIET);
        exchange.begin();
        view.restartStatistics();
        if (peer != null) {
            peer.restartStatistics();
        }
        return new Lab(release, exchange, probe, view, peer, states, seed);
    }

    /** The first request for all states, if there is one, is answered: there are none. */
    private static void answer(Exchange exchange, Probe probe) {
        boolean asked = exchange.until(
                () -> probe.heard().stream()
                        .flatMap(frame -> frame.messages().stream())
                        .anyMatch(message -> exchange.matches(bulkRequest(), message)),
                FIRST_REQUEST);
        if (asked) {
            probe.send(bulkStart(CREATOR));
            probe.send(bulkEnd(CREATOR));
        }
    }

    /**
     * Brings up the second firewall, which asks the first for all states. The first has one then, because a release stops
     * when it is asked and has none.
     */
    private static TargetView joined(
            Adapter second, Set<Capability> capabilities, Exchange exchange, Probe probe, StateSpec state) {
        probe.send(insert(state));
        exchange.settle();
        second.join();
        exchange.until(() -> false, QUIET);
        probe.send(deleteCompressed(state.id()));
        CounterAccount account = capabilities.contains(Capability.COUNTERS) ? new CounterAccount(second) : null;
        return new TargetView(second, capabilities, exchange, probe, account);
    }
}
