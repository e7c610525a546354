package net.pfsync.wire;

/** A message that names one state by its 96-bit name and says no more. */
public sealed interface Identified extends Message permits InsertAck, UpdateRequest, DeleteCompressed {

    /** The state's id, unique per creator: all 64 bits, read big-endian, which is how the kernels print it. */
    default long id() {
        return ByteAccess.i64(array(), offset() + layout().id);
    }

    /** The host id of the firewall that made the state: all 32 bits, read big-endian. */
    default int creatorId() {
        return ByteAccess.i32(array(), offset() + layout().creatorid);
    }
}
