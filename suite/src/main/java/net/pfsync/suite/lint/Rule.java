package net.pfsync.suite.lint;

import java.util.List;
import net.pfsync.wire.Kind;
import net.pfsync.wire.Message;

/** Looks for one kind of thing. Packets come in the order of the capture. */
interface Rule {

    /** A packet, before its messages. */
    default void packet(Heard heard) {}

    /** A message that a receiver would take; the tables do not have it yet. */
    default void message(Heard heard, Message message) {}

    /** A packet whose sections were all read: what they are, in their order. */
    default void sections(Heard heard, List<Kind> kinds) {}

    /** The capture is over. */
    default void end(long nanos) {}
}
