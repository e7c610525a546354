package net.pfsync.pf;

import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/**
 * The packet filter of one firewall: judges packets by their states or, where there is none, by the rules.
 *
 * <p>A forwarded packet is tested twice, on its way in and on its way out, and so belongs to two states. Nothing is allocated for a packet that
 * has a state. Source: {@code PF-TRACKING.md} sections 1 to 7.
 */
public final class PacketFilter {

    private final StateTable table;
    private final TrackingRule rule;
    private final StateEvents events;
    private final PfStatistics statistics = new PfStatistics();
    private final Result result = new Result(statistics);
    private final KeyProbe probe;
    private final TcpTracking tcp;
    private final Synproxy synproxy;
    private final IcmpErrorTracking errors;
    private final FirstPacket first;
    private Ruleset ruleset;
    private RuleCounters counters;

    /**
     * Puts a filter together.
     *
     * @param table the states
     * @param timeouts their timeouts
     * @param rule how the release tracks
     * @param host the machine
     * @param events who is told about states
     * @param ruleset the first ruleset
     * @param seed of the random numbers that modulation, synproxy and translation draw
     */
    public PacketFilter(
            StateTable table,
            Timeouts timeouts,
            TrackingRule rule,
            PfHost host,
            StateEvents events,
            Ruleset ruleset,
            long seed) {
        RandomGenerator random = new SplittableRandom(seed);
        TcpNormalization normalization = new TcpNormalization(random, timeouts);
        this.table = table;
        this.rule = rule;
        this.events = events;
        this.ruleset = ruleset;
        this.counters = new RuleCounters(ruleset, State.NEVER);
        this.probe = new KeyProbe(rule);
        this.tcp = new TcpTracking(rule, random, normalization);
        this.synproxy = new Synproxy(host, random);
        this.errors = new IcmpErrorTracking(table, rule);
        this.first = new FirstPacket(table, rule, host, events, statistics, result, normalization, synproxy, random);
    }

    /**
     * Judges a packet, and brings its state up to date.
     *
     * @param packet parsed; rewritten where translation or modulation ask for it
     * @param ifname the interface that it comes in or goes out through
     * @param direction {@link State#IN} or {@link State#OUT}
     * @param now seconds of uptime
     * @return the filter's one result, valid until the next call
     */
    public Result test(Packet packet, String ifname, int direction, int now) {
        result.clear();
        if (ruleset.skips(ifname)) {
            return result;
        }
        State found = packet.fragment() ? null : find(packet, ifname, direction);
        State state = found == null || found.timeout == Timeouts.PURGE ? null : found;
        if (state == null) {
            first.decide(packet, ifname, direction, ruleset, found, this, now);
        } else {
            known(state, packet, direction, now);
        }
        if (result.verdict() == Result.Verdict.PASS) {
            finish(packet, direction);
        }
        return result;
    }

    private State find(Packet packet, String ifname, int direction) {
        statistics.countSearch();
        if (packet.icmpError()) {
            return packet.inner() == null ? null : errors.find(packet.inner(), ifname, direction);
        }
        return table.find(probe.of(packet, direction), Side.of(direction), ifname);
    }

    private void known(State state, Packet packet, int direction, int now) {
        if (packet.icmpError()) {
            error(state, packet, direction);
        } else if (packet.proto() == IpProtocol.TCP) {
            tcp(state, packet, direction, now);
        } else {
            if (packet.icmp() != null) {
                IcmpTracking.track(state, now);
            } else {
                boolean forward = direction == state.direction;
                DatagramTracking.track(
                        state, packet, forward ? state.src : state.dst, forward ? state.dst : state.src, now);
            }
            result.pass(state);
        }
        if (result.verdict() == Result.Verdict.PASS) {
            if (state.translated() && !packet.icmpError()) {
                Translation.rewrite(packet, direction, Side.of(direction).otherKey(state));
            }
            events.updated(state);
        }
    }

    private void error(State state, Packet packet, int direction) {
        Packet inner = packet.inner();
        if (IcmpErrorTracking.plausible(state, inner, direction)) {
            IcmpErrorTracking.rewrite(state, packet, inner, direction);
            result.pass(state);
        } else {
            result.drop(Reason.STATE_MISMATCH, state);
        }
    }

    private void tcp(State state, Packet packet, int direction, int now) {
        boolean forward = direction == state.direction;
        Peer sender = forward ? state.src : state.dst;
        Peer receiver = forward ? state.dst : state.src;
        if (state.src.state >= Peer.PROXY_SRC) {
            synproxy.track(state, packet, forward, result);
            result.drop(Reason.SYNPROXY, state);
        } else if (reopens(packet) && rule.reuse().refuses(sender, receiver)) {
            reuse(state, packet, sender, receiver);
        } else if (state.has(StateFlags.SLOPPY)) {
            SloppyTcpTracking.track(state, packet, sender, receiver, now);
            result.pass(state);
        } else {
            track(state, packet, sender, receiver, now);
        }
    }

    private static boolean reopens(Packet packet) {
        return packet.has(TcpFlags.SYN) && !packet.has(TcpFlags.ACK);
    }

    /** A SYN on a connection that is not new. Source: {@code PF-TRACKING.md} 3.11. */
    private void reuse(State state, Packet packet, Peer sender, Peer receiver) {
        result.drop(null, state);
        if (sender.state < Peer.FIN_WAIT_2 || receiver.state < Peer.FIN_WAIT_2) {
            TcpSegment challenge = TcpSegment.answerTo(packet, 0)
                    .sequence(receiver.seqlo + receiver.seqdiff, sender.seqlo)
                    .flags(TcpFlags.ACK, 0);
            result.reply(challenge.finish(), false);
        } else if (rule.reuse() == TrackingRule.Reuse.REMOVES) {
            remove(state);
        } else {
            state.timeout = Timeouts.PURGE;
        }
    }

    private void track(State state, Packet packet, Peer sender, Peer receiver, int now) {
        Reason reason = tcp.track(state, packet, sender, receiver, now);
        if (reason == null) {
            result.pass(state);
            return;
        }
        result.drop(reason, state);
        if (reason == Reason.STATE_MISMATCH && state.src.state == Peer.SYN_SENT && state.dst.state == Peer.SYN_SENT) {
            answerMismatch(packet, sender);
        }
    }

    /** Neither end knows the other: the sender is told, and its next segment is looked at as its first. */
    private void answerMismatch(Packet packet, Peer sender) {
        if (!packet.has(TcpFlags.RST)) {
            TcpSegment reset =
                    TcpSegment.answerTo(packet, 0).sequence(packet.ack(), 0).flags(TcpFlags.RST, 0);
            result.reply(reset.finish(), false);
        }
        sender.seqlo = 0;
        sender.seqhi = 1;
        sender.maxWin = 1;
    }

    /** IP options need a rule that allows them; what passes is counted. */
    private void finish(Packet packet, int direction) {
        State state = result.state();
        if (packet.ipOptions() && !(state == null ? result.optionsAllowed() : state.has(StateFlags.ALLOWOPTS))) {
            result.drop(Reason.IP_OPTION, state);
        } else if (state != null && direction == state.direction) {
            state.packets0++;
            state.bytes0 += packet.length();
            counters.passed(state, packet.length());
        } else if (state != null) {
            state.packets1++;
            state.bytes1 += packet.length();
            counters.passed(state, packet.length());
        }
    }

    /** Counts a packet that could not be parsed. */
    public void malformed() {
        statistics.raise(Reason.SHORT);
    }

    /**
     * Removes a state and tells about it: for the purge run, and for a user who kills it.
     *
     * @param state a state of the table
     */
    public void remove(State state) {
        events.deleted(state);
        table.unlink(state);
        statistics.countRemoval();
    }

    /**
     * Removes the states that a user chose, and tells about each.
     *
     * @param selection which
     * @return how many were removed
     */
    public int kill(StateSelection selection) {
        int killed = 0;
        for (State state : table) {
            if (selection.contains(state)) {
                remove(state);
                killed++;
            }
        }
        return killed;
    }

    /**
     * Replaces the rules; states stay.
     *
     * @param rules the new ones
     * @param now seconds of uptime
     */
    public void load(Ruleset rules, int now) {
        ruleset = rules;
        counters = new RuleCounters(rules, now);
    }

    /**
     * How the rules in force have been of use.
     *
     * @return one for each rule, in their order
     */
    public List<RuleUse> ruleUses() {
        return counters.uses(table);
    }

    RuleCounters counters() {
        return counters;
    }

    /**
     * The rules in force.
     *
     * @return never null
     */
    public Ruleset ruleset() {
        return ruleset;
    }

    /**
     * The counters.
     *
     * @return the live object
     */
    public PfStatistics statistics() {
        return statistics;
    }
}
