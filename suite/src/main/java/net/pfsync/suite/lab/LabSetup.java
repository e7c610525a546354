package net.pfsync.suite.lab;

import static net.pfsync.suite.probe.Messages.bulkEnd;
import static net.pfsync.suite.probe.Messages.bulkRequest;
import static net.pfsync.suite.probe.Messages.bulkStart;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import net.pfsync.suite.probe.Exchange;
import net.pfsync.suite.probe.Probe;
import net.pfsync.suite.probe.Sentinel;
import net.pfsync.suite.state.Endpoint;
import net.pfsync.suite.state.OwnStates;
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
    private static final Duration FIRST_REQUEST = Duration.ofSeconds(1);

    private LabSetup() {}

    /**
     * Brings the target up, answers its first bulk request, and waits until it is quiet; a target that was up already is taken as it is. The second
     * firewall stays down.
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
        bench.prepare();
        Adapter target = bench.target();
        CounterAccount account = account(target, capabilities);
        StateSpec sentinelState = StateSpec.udp(
                new StateId(OwnStates.FIRST_ID, SENTINEL_CREATOR),
                new Endpoint("203.0.113.1", 240),
                new Endpoint("203.0.113.2", 240));
        Sentinel sentinel = new Sentinel(exchange, sentinelState, account == null ? Runnable::run : account::aside);
        Probe probe = new Probe(exchange, sentinel);
        TargetView view = new TargetView(target, capabilities, exchange, probe, account);
        States states = new States(CREATOR, OwnStates.FIRST_ID);

        boolean comesUp = bench.comesUp();
        if (comesUp) {
            target.comeUp();
            answer(exchange, probe);
        }
        List<TargetView> peers = bench.peers().stream()
                .map(peer -> new TargetView(peer, capabilities, exchange, probe, account(peer, capabilities)))
                .toList();
        Traffic traffic = bench.hosts()
                .map(hosts -> Traffic.between(hosts, bench, exchange, view))
                .orElse(null);
        if (comesUp) {
            exchange.until(() -> false, bench.quiet());
        }
        view.restartStatistics();
        peers.forEach(TargetView::restartStatistics);
        exchange.begin();
        return new Lab(release, exchange, probe, view, peers, traffic, states, seed);
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

    private static CounterAccount account(Adapter firewall, Set<Capability> capabilities) {
        return capabilities.contains(Capability.COUNTERS) ? new CounterAccount(firewall) : null;
    }
}
