package net.pfsync.suite.lint;

import java.util.List;
import net.pfsync.wire.Kind;
import net.pfsync.wire.Message;

/** Looks for one kind of thing. Packets come in the order of the capture. */
interface Rule {

    /** A packet, before its messages. */
    default void packet(Heard heard) {}

    /**
     * A message that a receiver would take; the tables do not have it yet.
     *
     * @param name of its state, null if it is about none
     * @param known what was told of the state before; null if nothing, or it is gone
     */
    default void message(Heard heard, StateName name, Tables.Known known, Message message) {}

    /** A packet whose sections were all read: what they are, in their order. */
    default void sections(Heard heard, List<Kind> kinds) {}

    /** The capture is over. */
    default void end(long nanos) {}
}
