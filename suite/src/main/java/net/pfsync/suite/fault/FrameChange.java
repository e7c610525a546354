package net.pfsync.suite.fault;

import java.util.function.Consumer;
import net.pfsync.wire.Frame;

/** What is done to a sound pfsync frame on its way. */
@FunctionalInterface
interface FrameChange {

    /**
     * Lets nothing, one or several packets go on in place of the frame.
     *
     * @param frame the frame
     * @param on takes packets from the IP header on
     */
    void change(Frame frame, Consumer<byte[]> on);
}
