package net.pfsync.suite.capture;

import net.pfsync.wire.ByteAccess;
import net.pfsync.wire.Dialect;
import net.pfsync.wire.Field;
import net.pfsync.wire.FrameHeader;
import net.pfsync.wire.Kind;
import net.pfsync.wire.Message;
import net.pfsync.wire.RangeCheck;
import net.pfsync.wire.SectionCursor;
import net.pfsync.wire.StateMessage;

/**
 * Whether a packet may be one of a dialect: the sections lie one behind the other and end with the packet, and all values
 * of its states are possible.
 *
 * <p>The version byte does not tell: OpenBSD 4.5, 4.6 and FreeBSD all send 5 with states of 240 or 242 bytes, and all of
 * OpenBSD's from 4.7 to 7.9 send 6. A wrong layout almost never ends where the packet does. Source: WIRE.md section 1.
 */
final class FrameFit {

    private static final int HIGHEST_DIRECTION = 2;
    private static final int HIGHEST_RT = 4;
    private static final int INET = 2;

    private final Dialect dialect;
    private final SectionCursor cursor;
    private boolean states;

    FrameFit(Dialect dialect) {
        this.dialect = dialect;
        cursor = new SectionCursor(dialect);
    }

    /** Whether the packet fits; {@link #hasStates} tells how much that says. */
    boolean fits(SyncPacket packet) {
        states = false;
        if (packet.size() < FrameHeader.SIZE || packet.version() != dialect.versionByte() || !packet.whole()) {
            return false;
        }
        boolean subheaders = dialect.framing().subheaders();
        if (subheaders && ByteAccess.u16(packet.bytes(), packet.payload() + FrameHeader.LEN) != packet.size()) {
            return false;
        }
        if (dialect.name().equals("v6-7.4") && !zeroChecksum(packet)) {
            return false;
        }
        cursor.start(packet.bytes(), packet.payload(), packet.end());
        int next = packet.payload() + FrameHeader.SIZE;
        while (cursor.next()) {
            if ((subheaders && cursor.section() != next) || !cursor.present() || !messagesFit()) {
                return false;
            }
            next = cursor.messages() + (cursor.action().kind() == Kind.EOF ? trailer() : size());
        }
        return cursor.problem() == null;
    }

    /** Whether the last packet that fitted has whole states, whose size tells dialects apart. */
    boolean hasStates() {
        return states;
    }

    private int trailer() {
        return dialect.framing().eofTrailer();
    }

    private int size() {
        return cursor.count() * cursor.stride();
    }

    private boolean messagesFit() {
        if (cursor.action().kind() == Kind.EOF) {
            return true;
        }
        if (cursor.stride() != cursor.action().layout().size()) {
            return false;
        }
        for (int i = 0; i < cursor.count(); i++) {
            Message message = cursor.message(i);
            if (RangeCheck.wrong(dialect, message) != null
                    || (message instanceof StateMessage state && !possible(state))) {
                return false;
            }
        }
        return true;
    }

    /** In a bulk transfer 7.6 sends states that were just removed: RangeCheck refuses them, so such a frame does not count. */
    private boolean possible(StateMessage state) {
        states = true;
        return state.direction() >= 1
                && state.direction() <= HIGHEST_DIRECTION
                && family(state, state.af())
                && keyFamily(state, StateMessage.WIRE)
                && keyFamily(state, StateMessage.STACK)
                && state.rt() <= HIGHEST_RT
                && emptyPadding(state);
    }

    private static boolean keyFamily(StateMessage state, int key) {
        return state.keyAf(key) == 0 || family(state, state.keyAf(key));
    }

    private static boolean family(StateMessage state, int af) {
        return af == INET || af == state.layout().inet6();
    }

    /** Outside the peers, whose padding some senders leave as it was. */
    private static boolean emptyPadding(StateMessage state) {
        for (Field field : state.layout().fields()) {
            if (field.padding() && field.name().indexOf('.') < 0) {
                for (int i = 0; i < field.size(); i++) {
                    if (state.array()[state.offset() + field.offset() + i] != 0) {
                        return false;
                    }
                }
            }
        }
        return true;
    }

    /** OpenBSD 7.4 and later send none. */
    private static boolean zeroChecksum(SyncPacket packet) {
        int at = packet.payload() + FrameHeader.CHECKSUM;
        return ByteAccess.i64(packet.bytes(), at) == 0 && ByteAccess.i64(packet.bytes(), at + Long.BYTES) == 0;
    }
}
