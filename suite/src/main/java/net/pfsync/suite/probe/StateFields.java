package net.pfsync.suite.probe;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import net.pfsync.suite.state.Endpoint;
import net.pfsync.suite.state.Scrub;
import net.pfsync.suite.state.StateId;
import net.pfsync.suite.state.StateKey;
import net.pfsync.suite.state.StatePeer;
import net.pfsync.suite.state.StateSpec;
import net.pfsync.wire.Layout;

/**
 * A described state as fields of a message: all of them in INS, UPD and DEL, the sides and the timeout in UPD_C.
 *
 * <p>Fields that a layout does not have are left out, so one description serves every dialect.
 */
final class StateFields {

    static final StateFields NONE = new StateFields(null);

    private static final long NO_RULE = 0xffffffffL;
    private static final int AF_INET = 2;
    /** What a sender fills from its own clock, rules and counters: not compared unless a case names it. */
    private static final List<String> SENDERS_OWN =
            List.of("creation", "expire", "rule", "anchor", "nat_rule", "state_flags");

    private final StateSpec state;

    private StateFields(StateSpec state) {
        this.state = state;
    }

    static StateFields of(StateSpec state) {
        return new StateFields(state);
    }

    /** The state's name, null for {@link #NONE}. */
    StateId id() {
        return state == null ? null : state.id();
    }

    /** The fields that a message with this layout has, with their values, in no particular order. */
    Map<String, Object> sent(Layout layout) {
        Map<String, Object> values = new LinkedHashMap<>();
        if (state != null) {
            Map<String, Object> all = all(layout);
            all.keySet().removeIf(name -> layout.offset(name) < 0);
            values.putAll(all);
            values.putAll(state.fields());
        }
        return values;
    }

    /** The names of the fields that are compared with a received message, what the case set itself included. */
    List<String> compared(Layout layout) {
        List<String> names = new ArrayList<>(sent(layout).keySet());
        if (state != null) {
            names.removeIf(name -> SENDERS_OWN.contains(name) && !state.fields().containsKey(name));
        }
        return names;
    }

    private Map<String, Object> all(Layout layout) {
        Map<String, Object> values = new LinkedHashMap<>();
        int af = state.inet6() ? layout.inet6() : AF_INET;
        values.put("id", state.id().id());
        values.put("creatorid", state.id().creatorId());
        values.put("ifname", state.ifname());
        key(values, "key[0]", state.wireKey(), af);
        key(values, "key[1]", state.stackKey(), af);
        peer(values, "src", state.src());
        peer(values, "dst", state.dst());
        values.put("rule", NO_RULE);
        values.put("anchor", NO_RULE);
        values.put("nat_rule", NO_RULE);
        values.put("creation", state.creation());
        values.put("expire", state.expire());
        values.put("af", af);
        values.put("proto", state.proto());
        values.put("direction", state.direction());
        values.put("timeout", state.timeout());
        values.put("state_flags", state.flags());
        return values;
    }

    private static void key(Map<String, Object> values, String name, StateKey key, int af) {
        endpoint(values, name, 0, key.first());
        endpoint(values, name, 1, key.second());
        values.put(name + ".af", af);
    }

    private static void endpoint(Map<String, Object> values, String key, int index, Endpoint endpoint) {
        values.put(key + ".addr[" + index + "]", endpoint.address());
        values.put(key + ".port[" + index + "]", endpoint.port());
    }

    private static void peer(Map<String, Object> values, String side, StatePeer peer) {
        values.put(side + ".state", peer.state());
        values.put(side + ".seqlo", Integer.toUnsignedLong(peer.seqlo()));
        values.put(side + ".seqhi", Integer.toUnsignedLong(peer.seqhi()));
        values.put(side + ".seqdiff", Integer.toUnsignedLong(peer.seqdiff()));
        values.put(side + ".max_win", peer.maxWin());
        values.put(side + ".mss", peer.mss());
        values.put(side + ".wscale", peer.wscale());
        Scrub scrub = peer.scrub();
        if (scrub.valid()) {
            values.put(side + ".scrub.scrub_flag", 1);
            values.put(side + ".scrub.pfss_flags", scrub.flags());
            values.put(side + ".scrub.pfss_ttl", scrub.ttl());
            values.put(side + ".scrub.pfss_ts_mod", Integer.toUnsignedLong(scrub.tsMod()));
        }
    }

    /** The sides in short, behind the name; empty for {@link #NONE}. */
    String summary() {
        return state == null ? "" : " src " + state.src() + " dst " + state.dst();
    }
}
