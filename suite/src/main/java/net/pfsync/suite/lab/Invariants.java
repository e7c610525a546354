package net.pfsync.suite.lab;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import net.pfsync.suite.probe.Exchange;
import net.pfsync.suite.probe.HeardFrame;
import net.pfsync.suite.probe.Probe;
import net.pfsync.suite.target.Adapter;
import net.pfsync.suite.target.Bench;
import net.pfsync.suite.target.Capability;
import net.pfsync.suite.verdict.Disagreement;
import net.pfsync.suite.verdict.Mismatch;
import net.pfsync.wire.Counter;
import net.pfsync.wire.IpHeader;
import net.pfsync.wire.Problem;

/** What must hold after every case, whatever it was about. */
final class Invariants {

    private final Bench bench;
    private final Exchange exchange;
    private final Probe probe;
    private final Set<Capability> capabilities;

    Invariants(Bench bench, Exchange exchange, Probe probe, Set<Capability> capabilities) {
        this.bench = bench;
        this.exchange = exchange;
        this.probe = probe;
        this.capabilities = capabilities;
    }

    /**
     * Checks them all.
     *
     * @throws Mismatch for the first that does not hold
     * @throws Disagreement if statistics and wire contradict each other
     */
    void check() {
        exchange.settle();
        works(bench.target());
        bench.peers().forEach(Invariants::works);
        for (HeardFrame frame : exchange.frames()) {
            if (!frame.sender().equals("probe")) {
                wellFormed(frame);
            }
        }
        if (bench.busy()) {
            exchange.note("suite", "the target sends frames of its own at any time; they are not counted");
        } else if (capabilities.contains(Capability.COUNTERS) && !exchange.linkWasCut()) {
            everyFrameWasCounted(bench.target());
            bench.peers().forEach(this::everyFrameWasCounted);
        }
    }

    private static void works(Adapter firewall) {
        Optional<String> stopped = firewall.stopped();
        if (stopped.isPresent()) {
            throw new Mismatch(
                    "the target to work on", "it stopped: " + stopped.get(), "console of " + firewall.name());
        }
    }

    private void wellFormed(HeardFrame frame) {
        IpHeader ip = frame.frame().ip();
        require(
                frame,
                !faulty(frame),
                "without a fault",
                () -> frame.frame().problem().text());
        require(frame, ip.ttl() == IpHeader.TTL, "with TTL 255", () -> "TTL " + ip.ttl());
        require(frame, ip.df(), "that must not be fragmented", () -> "DF is not set");
        require(frame, ip.tos() == IpHeader.TOS_LOWDELAY, "with TOS 0x10", () -> "TOS " + ip.tos());
        require(frame, frame.size() <= frame.mtu(), "within its MTU, " + frame.mtu(), () -> frame.size() + " bytes");
        int length = frame.frame().header().len();
        int payload = frame.size() - ip.size();
        require(frame, length == payload, "whose header says its length", () -> length + " instead of " + payload);
    }

    /** A release may go on speaking of a state that it removed: here of the sentinel, which is the suite's own doing. */
    private boolean faulty(HeardFrame frame) {
        Problem problem = frame.frame().problem();
        return problem != null && !(problem.counter() == Counter.BADVAL && probe.speaksOfTheSentinel(frame));
    }

    /** Words are only made when they are needed. */
    @FunctionalInterface
    private interface Words {
        String words();
    }

    private static void require(HeardFrame frame, boolean holds, String expected, Words observed) {
        if (!holds) {
            throw new Mismatch(
                    "every frame of a firewall " + expected,
                    observed.words(),
                    "frame " + frame.number() + " at " + Exchange.seconds(frame.at()) + " from " + frame.sender());
        }
    }

    private void everyFrameWasCounted(Adapter firewall) {
        Map<Counter, Long> counters = firewall.counters();
        long counted = counters.getOrDefault(Counter.OPACKETS, 0L);
        List<HeardFrame> sent = exchange.frames().stream()
                .filter(frame -> frame.sender().equals(firewall.name()))
                .toList();
        if (counted != sent.size()) {
            throw new Disagreement(
                    "what " + firewall.name() + " sent",
                    "its statistics count " + counted + " opackets, the wire had " + sent.size() + " frames");
        }
    }
}
