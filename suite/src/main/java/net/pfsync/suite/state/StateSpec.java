package net.pfsync.suite.state;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/**
 * A state as a case describes it: to send it, to make it on a target, or to compare it with what was seen.
 *
 * <p>Immutable; every {@code with} method gives a changed copy. {@code lab.states()} makes valid ones with fresh names and
 * addresses of the test ranges. Values are not checked: a state that is wrong on purpose is described in the same way.
 */
public final class StateSpec {

    /** pf's {@code PF_IN}. */
    public static final int IN = 1;

    /** pf's {@code PF_OUT}. */
    public static final int OUT = 2;

    private static final int TCP = 6;
    private static final int UDP = 17;
    private static final int ICMP = 1;

    private final StateId id;
    private final String ifname;
    private final int proto;
    private final int direction;
    private final Endpoint initiator;
    private final Endpoint responder;
    private final Endpoint translated;
    private final StatePeer src;
    private final StatePeer dst;
    private final int timeout;
    private final long creation;
    private final long expire;
    private final int flags;
    private final Map<String, Object> fields;

    private StateSpec(Draft draft) {
        id = draft.id;
        ifname = draft.ifname;
        proto = draft.proto;
        direction = draft.direction;
        initiator = draft.initiator;
        responder = draft.responder;
        translated = draft.translated;
        src = draft.src;
        dst = draft.dst;
        timeout = draft.timeout;
        creation = draft.creation;
        expire = draft.expire;
        flags = draft.flags;
        fields = draft.fields;
    }

    /**
     * An established, outgoing TCP connection, floating ({@code ifname} "all"), full timeout left.
     *
     * @param id its name
     * @param initiator who opened it
     * @param responder the other end
     * @return the description
     */
    public static StateSpec tcp(StateId id, Endpoint initiator, Endpoint responder) {
        return of(id, TCP, initiator, responder)
                .withSrc(StatePeer.tcp(TcpState.ESTABLISHED, 1_000_000))
                .withDst(StatePeer.tcp(TcpState.ESTABLISHED, 2_000_000))
                .withTimeout(Timeout.TCP_ESTABLISHED)
                .withExpire(86_400);
    }

    /**
     * An outgoing UDP exchange with packets in both directions, floating.
     *
     * @param id its name
     * @param initiator who sent first
     * @param responder the other end
     * @return the description
     */
    public static StateSpec udp(StateId id, Endpoint initiator, Endpoint responder) {
        return of(id, UDP, initiator, responder)
                .withSrc(StatePeer.plain(2))
                .withDst(StatePeer.plain(2))
                .withTimeout(Timeout.UDP_MULTIPLE)
                .withExpire(60);
    }

    /**
     * An outgoing ICMP echo, floating.
     *
     * @param id its name
     * @param initiator who asks, with the query id as port
     * @param responder who answers, with the query type (8, 128) as port
     * @return the description
     */
    public static StateSpec icmp(StateId id, Endpoint initiator, Endpoint responder) {
        return of(id, ICMP, initiator, responder)
                .withTimeout(Timeout.ICMP_FIRST_PACKET)
                .withExpire(20);
    }

    private static StateSpec of(StateId id, int proto, Endpoint initiator, Endpoint responder) {
        Draft draft = new Draft();
        draft.id = id;
        draft.proto = proto;
        draft.initiator = initiator;
        draft.responder = responder;
        return new StateSpec(draft);
    }

    /** The state's name. */
    public StateId id() {
        return id;
    }

    /** The interface that the state is bound to, "all" for a floating one. */
    public String ifname() {
        return ifname;
    }

    /** The IP protocol. */
    public int proto() {
        return proto;
    }

    /** {@link #IN} or {@link #OUT}, or what the case wants there. */
    public int direction() {
        return direction;
    }

    /** Whether the addresses are IPv6. */
    public boolean inet6() {
        return initiator.address().indexOf(':') >= 0;
    }

    /** The key as packets on the wire show it. */
    public StateKey wireKey() {
        return ordered(translated == null ? initiator : translated, responder);
    }

    /** The key as the firewall's own stack sees it; differs from the other only where an address was translated. */
    public StateKey stackKey() {
        return ordered(initiator, responder);
    }

    private StateKey ordered(Endpoint from, Endpoint to) {
        return direction == IN ? new StateKey(from, to) : new StateKey(to, from);
    }

    /** The side of the initiator. */
    public StatePeer src() {
        return src;
    }

    /** The side of the responder. */
    public StatePeer dst() {
        return dst;
    }

    /** The index of the timeout, see {@link Timeout}. */
    public int timeout() {
        return timeout;
    }

    /** The age in seconds. */
    public long creation() {
        return creation;
    }

    /** Seconds left. */
    public long expire() {
        return expire;
    }

    /** {@code state_flags}, see {@link StateFlag}. */
    public int flags() {
        return flags;
    }

    /** What was set with {@link #with}, in that order. */
    public Map<String, Object> fields() {
        return fields;
    }

    /** The same state under another name. */
    public StateSpec withId(StateId other) {
        return changed(draft -> draft.id = other);
    }

    /** The same state of another creator. */
    public StateSpec withCreator(int creatorId) {
        return withId(id.withCreator(creatorId));
    }

    /** The same state on an interface. */
    public StateSpec withIfname(String name) {
        return changed(draft -> draft.ifname = name);
    }

    /** The same state of another IP protocol. */
    public StateSpec withProto(int number) {
        return changed(draft -> draft.proto = number);
    }

    /** The same state in another direction; the addresses change places in the keys. */
    public StateSpec withDirection(int number) {
        return changed(draft -> draft.direction = number);
    }

    /** The same state between others. */
    public StateSpec between(Endpoint from, Endpoint to) {
        return changed(draft -> {
            draft.initiator = from;
            draft.responder = to;
        });
    }

    /** The same state with the initiator's address translated to this one on the wire. */
    public StateSpec translatedTo(Endpoint address) {
        return changed(draft -> draft.translated = address);
    }

    /** The same state with another initiator's side. */
    public StateSpec withSrc(StatePeer peer) {
        return changed(draft -> draft.src = peer);
    }

    /** The same state with another responder's side. */
    public StateSpec withDst(StatePeer peer) {
        return changed(draft -> draft.dst = peer);
    }

    /** The same state under another timeout; the seconds left stay. */
    public StateSpec withTimeout(int index) {
        return changed(draft -> draft.timeout = index);
    }

    /** The same state of another age. */
    public StateSpec withCreation(long seconds) {
        return changed(draft -> draft.creation = seconds);
    }

    /** The same state with other seconds left. */
    public StateSpec withExpire(long seconds) {
        return changed(draft -> draft.expire = seconds);
    }

    /** The same state with other flags. */
    public StateSpec withFlags(int bits) {
        return changed(draft -> draft.flags = bits);
    }

    /**
     * The same state with any field of the message on the wire.
     *
     * @param field its name in the dialect's layout, for example {@code rule} or {@code key[0].af}
     * @param value a number, an address as text, or bytes
     * @return the changed description; a dialect without that field refuses it when the message is built
     */
    public StateSpec with(String field, Object value) {
        Objects.requireNonNull(value, field);
        return changed(draft -> {
            draft.fields = new LinkedHashMap<>(draft.fields);
            draft.fields.put(field, value);
        });
    }

    private StateSpec changed(java.util.function.Consumer<Draft> change) {
        Draft draft = new Draft();
        draft.id = id;
        draft.ifname = ifname;
        draft.proto = proto;
        draft.direction = direction;
        draft.initiator = initiator;
        draft.responder = responder;
        draft.translated = translated;
        draft.src = src;
        draft.dst = dst;
        draft.timeout = timeout;
        draft.creation = creation;
        draft.expire = expire;
        draft.flags = flags;
        draft.fields = fields;
        change.accept(draft);
        return new StateSpec(draft);
    }

    /** Name, addresses and sides in one line. */
    @Override
    public String toString() {
        return id + " " + ifname + " proto " + proto + " " + stackKey() + " src " + src + " dst " + dst;
    }

    /** The fields while they change. */
    private static final class Draft {
        private StateId id;
        private String ifname = "all";
        private int proto;
        private int direction = OUT;
        private Endpoint initiator;
        private Endpoint responder;
        private Endpoint translated;
        private StatePeer src = StatePeer.plain(0);
        private StatePeer dst = StatePeer.plain(0);
        private int timeout;
        private long creation;
        private long expire;
        private int flags;
        private Map<String, Object> fields = Map.of();
    }
}
