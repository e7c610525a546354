package net.pfsync.sync;

import net.pfsync.wire.ByteAccess;
import net.pfsync.wire.StateMessage;

/**
 * Remembers the interface names that were seen lately, so that a million states share one string for {@code all} and importing one
 * decodes no text.
 *
 * <p>A direct-mapped cache: a name that is not in it, or was pushed out of it, is decoded again.
 */
final class InterfaceNames {

    private static final int SLOTS = 64;

    private final long[] firstHalves = new long[SLOTS];
    private final long[] secondHalves = new long[SLOTS];
    private final String[] names = new String[SLOTS];

    String of(StateMessage message) {
        int at = message.offset() + message.layout().ifname;
        long first = ByteAccess.i64(message.array(), at);
        long second = ByteAccess.i64(message.array(), at + Long.BYTES);
        int slot = (int) ((first * 0x9e3779b97f4a7c15L ^ second) >>> 58);
        if (names[slot] == null || firstHalves[slot] != first || secondHalves[slot] != second) {
            firstHalves[slot] = first;
            secondHalves[slot] = second;
            names[slot] = message.ifname();
        }
        return names[slot];
    }
}
