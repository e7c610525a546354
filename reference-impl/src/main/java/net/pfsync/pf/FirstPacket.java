package net.pfsync.pf;

import java.util.random.RandomGenerator;

/**
 * What happens to a packet that belongs to no state: the rules decide, and may make a state. Source: {@code PF-TRACKING.md} section 2.
 */
final class FirstPacket {

    private final StateTable table;
    private final PfHost host;
    private final StateEvents events;
    private final PfStatistics statistics;
    private final Result result;
    private final KeyProbe probe;
    private final Flow flow;
    private final RuleWalk walk;
    private final StateMaker maker;
    private final InitialSequence sequence;
    private final TcpNormalization normalization;
    private final Synproxy synproxy;

    FirstPacket(
            StateTable table,
            TrackingRule rule,
            PfHost host,
            StateEvents events,
            PfStatistics statistics,
            Result result,
            TcpNormalization normalization,
            Synproxy synproxy,
            RandomGenerator random) {
        this.table = table;
        this.host = host;
        this.events = events;
        this.statistics = statistics;
        this.result = result;
        this.probe = new KeyProbe(rule);
        this.flow = new Flow(rule);
        this.walk = new RuleWalk(new Translation(table, probe, random));
        this.maker = new StateMaker(rule, host);
        this.sequence = new InitialSequence(random);
        this.normalization = normalization;
        this.synproxy = synproxy;
    }

    /**
     * Decides.
     *
     * @param dying a state that the packet would belong to if it were not about to be purged; null if there is none
     * @param filter who removes it
     */
    void decide(
            Packet packet, String ifname, int direction, Ruleset ruleset, State dying, PacketFilter filter, int now) {
        flow.of(packet, ifname, direction);
        RuleCounters counters = filter.counters();
        if (!walk.walk(ruleset, flow, counters)) {
            result.drop(Reason.TRANSLATE, null);
            return;
        }
        Rule rule = walk.decision();
        statistics.raise(Reason.MATCH);
        if (rule.action() == Rule.Action.BLOCK) {
            counters.decided(rule, packet.length());
            result.block();
        } else if (!rule.keeping().keeps() || packet.fragment() || packet.icmpError()) {
            counters.decided(rule, packet.length());
            result.passByRule(rule.allowOpts());
        } else {
            keep(rule, ruleset, dying, filter, now);
        }
    }

    private void keep(Rule rule, Ruleset ruleset, State dying, PacketFilter filter, int now) {
        if (dying != null) {
            filter.remove(dying);
        }
        if (table.listed() >= host.stateLimit()) {
            result.drop(Reason.MEMORY, null);
            return;
        }
        Packet packet = flow.packet();
        StateKey original = probe.of(packet, flow.direction()).key();
        StateKey translated = probe.of(flow).key();
        State state = maker.make(flow, rule, original, translated, bound(rule, ruleset), now);
        boolean proxied =
                rule.keeping().mode() == Keeping.Mode.SYNPROXY && flow.direction() == State.IN && pureSyn(packet);
        if (packet.proto() == IpProtocol.TCP) {
            tcp(state, rule);
        }
        if (!table.insert(state)) {
            result.drop(Reason.STATE_INSERT, null);
            return;
        }
        statistics.countInsert();
        filter.counters().created(state);
        if (proxied) {
            synproxy.start(state, packet, result);
        }
        events.inserted(state);
        result.create(state);
        if (proxied) {
            result.drop(Reason.SYNPROXY, state);
            return;
        }
        send(state, translated, now);
    }

    private static boolean bound(Rule rule, Ruleset ruleset) {
        return switch (rule.keeping().binding()) {
            case IF_BOUND -> true;
            case FLOATING -> false;
            case DEFAULT -> ruleset.ifBound();
        };
    }

    private static boolean pureSyn(Packet packet) {
        return packet.proto() == IpProtocol.TCP && packet.has(TcpFlags.SYN) && !packet.has(TcpFlags.ACK);
    }

    private void tcp(State state, Rule rule) {
        Packet packet = flow.packet();
        if (rule.keeping().mode() == Keeping.Mode.MODULATE && pureSyn(packet)) {
            while (state.src.seqdiff == 0) {
                state.src.seqdiff = sequence.next(packet) - state.src.seqlo;
            }
        }
        if (walk.reassembleTcp()) {
            state.set(StateFlags.SCRUB_TCP);
            normalization.first(state, packet, state.src, state.dst);
        }
    }

    /** The packet itself goes on as those after it will. */
    private void send(State state, StateKey translated, int now) {
        Packet packet = flow.packet();
        if (state.src.seqdiff != 0) {
            packet.setSeq(packet.seq() + state.src.seqdiff);
        }
        normalization.pass(state, packet, state.src, state.dst, now);
        if (state.translated()) {
            Translation.rewrite(packet, flow.direction(), translated);
        }
        boolean asks = state.direction == State.OUT && !state.has(StateFlags.NOSYNC);
        if (asks && events.defer(state, packet)) {
            result.defer();
        }
    }
}
