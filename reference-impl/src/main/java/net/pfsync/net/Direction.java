package net.pfsync.net;

/** Which way a packet passes an interface. */
public enum Direction {
    /** It was received there. */
    IN,
    /** It is about to be sent there. */
    OUT
}
