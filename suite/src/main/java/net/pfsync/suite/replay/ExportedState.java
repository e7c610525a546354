package net.pfsync.suite.replay;

import java.util.HexFormat;
import java.util.SortedMap;
import java.util.TreeMap;
import net.pfsync.wire.Addresses;
import net.pfsync.wire.StateMessage;
import net.pfsync.wire.WirePeer;

/** Writes a state that our firewall exports with the field names and value forms of the recorded tables. */
final class ExportedState {

    private static final int INET = 2;
    private static final int INET6 = 24;
    private static final HexFormat HEX = HexFormat.of();

    private final SortedMap<String, String> fields = new TreeMap<>();

    private ExportedState() {}

    static RecordedState of(StateMessage state) {
        ExportedState exported = new ExportedState();
        exported.name(state);
        exported.key("wire", state, StateMessage.WIRE);
        exported.key("stack", state, StateMessage.STACK);
        exported.peer("src", state.src());
        exported.peer("dst", state.dst());
        exported.numbers(state);
        exported.settings(state);
        return new RecordedState(exported.fields, "");
    }

    private void name(StateMessage state) {
        fields.put("id", HEX.toHexDigits(state.id()));
        fields.put("creatorid", HEX.toHexDigits(state.creatorId()));
        fields.put("ifname", state.ifname());
        put("af", state.af());
        put("proto", state.proto());
        put("direction", state.direction());
    }

    private void key(String name, StateMessage state, int key) {
        for (int side = 0; side < 2; side++) {
            fields.put(name + ".addr[" + side + "]", address(state, key, side));
            put(name + ".port[" + side + "]", state.port(key, side));
        }
        put(name + ".rdomain", state.rdomain(key));
        put(name + ".af", state.keyAf(key));
    }

    /** Dotted, with colons, or as plain digits where the family is unknown. */
    private static String address(StateMessage state, int key, int side) {
        byte[] bytes = state.array();
        int at = state.offset() + state.layout().address(key, side);
        return switch (state.keyAf(key)) {
            case INET -> Addresses.text4(bytes, at);
            case INET6 -> Addresses.shortText6(bytes, at);
            default -> HEX.formatHex(bytes, at, at + Addresses.IPV6_SIZE);
        };
    }

    private void peer(String name, WirePeer peer) {
        put(name + ".state", peer.state());
        put(name + ".wscale", peer.wscale());
        put(name + ".seqlo", Integer.toUnsignedLong(peer.seqlo()));
        put(name + ".seqhi", Integer.toUnsignedLong(peer.seqhi()));
        put(name + ".seqdiff", Integer.toUnsignedLong(peer.seqdiff()));
        put(name + ".max_win", peer.maxWin());
        put(name + ".mss", peer.mss());
        put(name + ".scrub_flag", peer.scrubFlag());
        put(name + ".pfss_flags", peer.pfssFlags());
        put(name + ".pfss_ttl", peer.pfssTtl());
        put(name + ".pfss_ts_mod", Integer.toUnsignedLong(peer.pfssTsMod()));
    }

    private void numbers(StateMessage state) {
        put("creation", state.creation());
        put("expire", state.expire());
        put("timeout", state.timeout());
        put("rule", state.rule());
        put("anchor", state.anchor());
        put("nat_rule", state.natRule());
        for (int way = 0; way < 2; way++) {
            put("packets[" + way + "]", state.packets(way));
            put("bytes[" + way + "]", state.bytes(way));
        }
        put("state_flags", state.stateFlags());
        put("sync_flags", state.syncFlags());
        put("updates", state.updates());
        put("log", state.log());
    }

    private void settings(StateMessage state) {
        fields.put("rt_addr", HEX.formatHex(state.rtAddr()));
        put("rt", state.rt());
        for (int side = 0; side < 2; side++) {
            put("rtableid[" + side + "]", state.rtableid(side));
            put("set_prio[" + side + "]", state.setPrio(side));
        }
        put("max_mss", state.maxMss());
        put("min_ttl", state.minTtl());
        put("set_tos", state.setTos());
    }

    private void put(String path, long value) {
        fields.put(path, Long.toString(value));
    }
}
