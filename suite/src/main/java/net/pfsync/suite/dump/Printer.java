package net.pfsync.suite.dump;

import net.pfsync.suite.capture.SyncPacket;
import net.pfsync.wire.Dialect;

/** How a packet is printed. */
public interface Printer {

    /**
     * Appends a packet, with a newline behind it.
     *
     * @param dialect of its sender; null if its version is none that is known
     */
    void append(StringBuilder text, SyncPacket packet, Dialect dialect);
}
