package net.pfsync.suite.target.real;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import net.pfsync.suite.state.OwnStates;
import net.pfsync.suite.state.StateId;
import net.pfsync.suite.state.StateView;
import net.pfsync.suite.target.Adapter;
import net.pfsync.suite.target.Bench;
import net.pfsync.suite.target.Hosts;
import net.pfsync.suite.target.Pace;
import net.pfsync.suite.target.SyncLan;
import net.pfsync.suite.verdict.CannotTell;
import net.pfsync.wire.Dialect;
import net.pfsync.wire.FrameBuilder;
import net.pfsync.wire.Kind;
import net.pfsync.wire.Message;
import net.pfsync.wire.MessageBuilder;

/** The real lab for one case: firewalls that are up and know no states of the suite's. */
class LanBench implements Bench {

    /** Longer than a firewall collects updates before it sends them. */
    private static final Duration QUIET = Duration.ofMillis(1500);

    /** States of ICMP end within this many waits. */
    private static final int TRIES = 20;

    private final Station probe;
    private final List<LanFirewall> firewalls;
    private final Dialect dialect;

    LanBench(Station probe, List<LanFirewall> firewalls, Dialect dialect) {
        this.probe = probe;
        this.firewalls = firewalls;
        this.dialect = dialect;
    }

    /** Removes what an earlier case left on any firewall, waits until nobody has anything to say, and lets everything count from then on. */
    @Override
    public void prepare() {
        probe.restart();
        clear();
        probe.pass(QUIET);
        for (LanFirewall firewall : firewalls) {
            List<StateId> left = firewall.table().stream()
                    .map(StateView::id)
                    .filter(id -> OwnStates.CREATORS.contains(id.creatorId()))
                    .toList();
            if (!left.isEmpty()) {
                throw new CannotTell("firewall " + firewall.name() + " keeps states of earlier cases, for example "
                        + left.getFirst());
            }
        }
        requireEmptyTable();
        firewalls.forEach(LanFirewall::restartCounters);
        probe.talkTo(firewalls.getFirst().ethernet());
        probe.restart();
    }

    /** States of traffic, for which the firewall sends messages that no case can tell from answers, have to end first. */
    private void requireEmptyTable() {
        LanFirewall target = firewalls.getFirst();
        List<StateView> own = target.table();
        for (int tries = 0; tries < TRIES && !own.isEmpty(); tries++) {
            probe.pass(QUIET);
            own = target.table();
        }
        if (!own.isEmpty()) {
            throw new CannotTell("firewall " + target.name() + " has states of its own, for example " + own.getFirst()
                    + "; cases need one without traffic");
        }
    }

    private void clear() {
        byte[] frame = FrameBuilder.of(dialect)
                .source(probe.probeAddress())
                .add(OwnStates.CREATORS.stream()
                        .map(creator -> MessageBuilder.of(dialect, Kind.CLR)
                                .set("creatorid", creator)
                                .build())
                        .toArray(Message[]::new))
                .build();
        for (LanFirewall firewall : firewalls) {
            probe.talkTo(firewall.ethernet());
            probe.send(frame);
        }
    }

    @Override
    public Pace pace() {
        return probe;
    }

    @Override
    public SyncLan lan() {
        return probe;
    }

    @Override
    public Adapter target() {
        return firewalls.getFirst();
    }

    /** The other firewalls work on as they are; no case is about them. */
    @Override
    public List<Adapter> peers() {
        return List.of();
    }

    @Override
    public Optional<Hosts> hosts() {
        return Optional.empty();
    }

    /** Removes the states of the suite's creators. */
    @Override
    public void close() {
        try {
            clear();
        } catch (CannotTell lost) {
            // The next case finds out, and says so.
        }
    }
}
