package net.pfsync.suite.lint;

import java.util.IdentityHashMap;
import java.util.List;
import net.pfsync.wire.ByteAccess;
import net.pfsync.wire.Clear;
import net.pfsync.wire.EndOfFrame;
import net.pfsync.wire.Field;
import net.pfsync.wire.Layout;
import net.pfsync.wire.Message;
import net.pfsync.wire.StateMessage;
import net.pfsync.wire.UpdateCompressed;
import net.pfsync.wire.WirePeer;

/**
 * Bytes that should be zero and are not: the sender's memory as it was. Recorded on 4.5 and 4.6 in UPD_C and behind EOF, on
 * 7.6 behind the name in CLR.
 */
final class LeftoverRule implements Rule {

    private static final int PEER_PAD = 26;

    private final Findings findings;
    private final IdentityHashMap<Layout, List<Field>> paddings = new IdentityHashMap<>();

    LeftoverRule(Findings findings) {
        this.findings = findings;
    }

    @Override
    public void message(Heard heard, StateName name, Tables.Known known, Message message) {
        switch (message) {
            case UpdateCompressed update -> {
                peer(heard, "UPD_C", update.src());
                peer(heard, "UPD_C", update.dst());
                if (update.stateFlags() != 0) {
                    found(heard, "the state flags of UPD_C, which nothing fills");
                }
            }
            case StateMessage state -> {
                peer(heard, state.layout().name(), state.src());
                peer(heard, state.layout().name(), state.dst());
            }
            case Clear clear -> {
                int length = clear.ifname().length();
                int at = clear.offset() + clear.layout().ifname;
                if (!zeros(clear.array(), at + length, StateMessage.IFNAME_SIZE - length)) {
                    found(heard, "CLR behind the name of the interface");
                }
            }
            case EndOfFrame eof -> {
                if (!zeros(eof.array(), eof.offset(), eof.size())) {
                    found(heard, "the 20 bytes behind EOF");
                }
            }
            default -> {}
        }
        padding(heard, message);
    }

    /** Scrub data without its flag, or with more than its flag, and padding. */
    private void peer(Heard heard, String message, WirePeer peer) {
        byte[] array = peer.array();
        int flag = peer.scrubFlag();
        boolean silent = flag == 0
                && ByteAccess.i32(array, peer.offset()) == 0
                && ByteAccess.i32(array, peer.offset() + WirePeer.PFSS_TS_MOD) == 0;
        boolean valid = flag == WirePeer.SCRUB_VALID && peer.pfssFlags() <= 1;
        if (!silent && !valid) {
            found(heard, "the scrub part of a peer in " + message);
        }
        if (!zeros(array, peer.offset() + PEER_PAD, WirePeer.SIZE - PEER_PAD)) {
            found(heard, "the padding of a peer in " + message);
        }
    }

    private void padding(Heard heard, Message message) {
        List<Field> fields = paddings.computeIfAbsent(message.layout(), LeftoverRule::paddings);
        for (Field field : fields) {
            if (!zeros(message.array(), message.offset() + field.offset(), field.size())) {
                found(heard, "the padding of " + message.layout().name());
            }
        }
    }

    /** The padding outside the peers. */
    private static List<Field> paddings(Layout layout) {
        return layout.fields().stream()
                .filter(field -> field.padding() && field.name().indexOf('.') < 0)
                .toList();
    }

    private void found(Heard heard, String where) {
        findings.add(Check.LEFTOVER_BYTES, heard, "sends uninitialised memory in " + where);
    }

    private static boolean zeros(byte[] array, int at, int size) {
        for (int i = at; i < at + size; i++) {
            if (array[i] != 0) {
                return false;
            }
        }
        return true;
    }
}
