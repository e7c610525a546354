package net.pfsync.suite.lint;

import java.util.HexFormat;
import net.pfsync.wire.Identified;
import net.pfsync.wire.Message;
import net.pfsync.wire.StateMessage;
import net.pfsync.wire.UpdateCompressed;

/** The 96-bit name of a state. */
record StateName(long id, int creatorId) {

    private static final HexFormat HEX = HexFormat.of();

    /** The name in a message; null if the message is about no state. */
    static StateName of(Message message) {
        return switch (message) {
            case StateMessage state -> new StateName(state.id(), state.creatorId());
            case UpdateCompressed update -> new StateName(update.id(), update.creatorId());
            case Identified identified -> new StateName(identified.id(), identified.creatorId());
            default -> null;
        };
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof StateName name && id == name.id && creatorId == name.creatorId;
    }

    /** Id and creator differ little from state to state: all of their bits are mixed. */
    @Override
    public int hashCode() {
        long mixed = (id * 31 + creatorId) * 0x9e3779b97f4a7c15L;
        return (int) (mixed >>> 32);
    }

    @Override
    public String toString() {
        return HEX.toHexDigits(id) + "/" + HEX.toHexDigits(creatorId);
    }
}
