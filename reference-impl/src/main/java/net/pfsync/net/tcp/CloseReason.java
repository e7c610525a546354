package net.pfsync.net.tcp;

/** Why a connection is no more. */
public enum CloseReason {
    /** Both ends have closed it. */
    CLOSED,
    /** The other end does not know it or has thrown it away. */
    RESET,
    /** This end has thrown it away. */
    ABORTED,
    /** Nothing was acknowledged any more. */
    TIMED_OUT
}
