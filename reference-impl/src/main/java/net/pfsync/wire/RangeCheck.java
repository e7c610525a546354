package net.pfsync.wire;

/**
 * The fields that a receiver looks at before it believes a message. Source: BEHAVIOUR.md 4.1, 6.1, 7.1 and 18.3; the
 * families of keys as recorded on OpenBSD 7.6: both 0, or both valid.
 */
public final class RangeCheck {
    /** The highest state of a peer: {@code PF_TCPS_PROXY_DST}. */
    public static final int STATE_MAX = 12;

    /** The highest direction, {@code PF_OUT}; 0 passes. */
    public static final int DIRECTION_MAX = 2;

    private RangeCheck() {}

    /**
     * The first field that is out of range, null if the message is fine.
     *
     * <p>A receiver counts badval for INS, UPD and UPD_C and badstate for TDB, one per message, and skips the message.
     * Other messages have nothing to check.
     */
    public static Field wrong(Dialect dialect, Message message) {
        return switch (message) {
            case Insert insert -> wrongInsert(dialect, insert);
            case Update update -> wrongTimeoutOrPeer(dialect, update);
            case UpdateCompressed update -> wrongTimeoutOrPeer(dialect, update);
            case TdbUpdate update -> wrongTdb(update);
            default -> null;
        };
    }

    /** What a receiver counts for a message with a field out of range. */
    public static Counter counter(Message message) {
        return message instanceof TdbUpdate ? Counter.BADSTATE : Counter.BADVAL;
    }

    private static Field wrongInsert(Dialect dialect, Insert insert) {
        Field wrong = wrongTimeoutOrPeer(dialect, insert);
        if (wrong != null) {
            return wrong;
        }
        if (insert.direction() > DIRECTION_MAX) {
            return insert.layout().field("direction");
        }
        if (!family(insert.layout(), insert.af())) {
            return fieldAt(insert.layout(), insert.layout().af);
        }
        return dialect.checksKeyFamilies() || insert.layout().rtAf >= 0 ? wrongKeyFamily(insert) : null;
    }

    private static Field wrongTimeoutOrPeer(Dialect dialect, Message message) {
        Layout layout = message.layout();
        byte[] array = message.array();
        int at = message.offset();
        if (ByteAccess.u8(array, at + layout.timeout) >= dialect.timeoutMax()) {
            return layout.field("timeout");
        }
        if (ByteAccess.u8(array, at + layout.src + WirePeer.STATE) > STATE_MAX) {
            return layout.field("src.state");
        }
        if (ByteAccess.u8(array, at + layout.dst + WirePeer.STATE) > STATE_MAX) {
            return layout.field("dst.state");
        }
        return null;
    }

    private static Field wrongKeyFamily(Insert insert) {
        Layout layout = insert.layout();
        int wire = insert.keyAf(StateMessage.WIRE);
        int stack = insert.keyAf(StateMessage.STACK);
        if (wire == 0 && stack == 0) {
            return null;
        }
        if (!family(layout, wire)) {
            return fieldAt(layout, layout.keyAf0);
        }
        return family(layout, stack) ? null : fieldAt(layout, layout.keyAf1);
    }

    private static Field wrongTdb(TdbUpdate update) {
        if (update.spi() <= TdbUpdate.SPI_RESERVED_MAX) {
            return update.layout().field("spi");
        }
        return family(update.layout(), update.family()) ? null : update.layout().field("dst");
    }

    private static boolean family(Layout layout, int af) {
        return af == FieldValue.AF_INET || af == layout.inet6();
    }

    private static Field fieldAt(Layout layout, int offset) {
        for (Field field : layout.fields()) {
            if (field.offset() == offset) {
                return field;
            }
        }
        throw new IllegalStateException(layout + " has no field at " + offset);
    }
}
