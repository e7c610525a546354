package net.pfsync.wire;

/**
 * What a message is about, whatever its number and layout in a dialect.
 *
 * <p>The v4 names {@code UREQ} and {@code TDB_UPD} are {@link #UPD_REQ} and {@link #TDB}. Source: WIRE.md section 4.
 */
public enum Kind {
    /** Remove all states of a creator. */
    CLR,
    /** A new state, whole. */
    INS,
    /** The answer to an insert that waits for it. */
    INS_ACK,
    /** A changed state, whole. */
    UPD,
    /** A changed state: peers and timeout only. */
    UPD_C,
    /** A request for a whole state, or with id 0 and creator 0 for all of them. */
    UPD_REQ,
    /** A removed state, whole. */
    DEL,
    /** A removed state: its name only. */
    DEL_C,
    /** Start or end of a bulk transfer. */
    BUS,
    /** Replay and byte counters of an IPsec SA. */
    TDB,
    /** The end of a v5 frame. */
    EOF
}
