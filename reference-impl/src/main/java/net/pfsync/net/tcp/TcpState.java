package net.pfsync.net.tcp;

/** How far a connection is. Source of the names: RFC 9293, 3.3.2. */
public enum TcpState {
    /** A SYN was sent. */
    SYN_SENT,
    /** A SYN was received and answered. */
    SYN_RECEIVED,
    /** Both ends know that they are connected. */
    ESTABLISHED,
    /** This end has said its last word. */
    FIN_WAIT_1,
    /** The other end has acknowledged it. */
    FIN_WAIT_2,
    /** The other end has said its last word. */
    CLOSE_WAIT,
    /** Both have, at the same time. */
    CLOSING,
    /** The other end has, then this end has. */
    LAST_ACK,
    /** All is said; late segments are still answered. */
    TIME_WAIT,
    /** There is no connection. */
    CLOSED
}
