package net.pfsync.suite.lint;

import net.pfsync.suite.capture.SyncPacket;
import net.pfsync.wire.Dialect;

/**
 * A packet that is judged.
 *
 * @param packet its bytes
 * @param dialect of its sender
 * @param sender address of its sender
 * @param nanos when, since 1970
 */
record Heard(SyncPacket packet, Dialect dialect, String sender, long nanos) {

    long number() {
        return packet.frame().number();
    }
}
