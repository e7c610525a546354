package net.pfsync.net;

/** What an {@link IpStack} counts. */
public enum IpCounter {
    /** Packets that came in, whatever became of them. */
    RECEIVED,
    /** Packets whose header is not sound or that are longer than their frame. */
    MALFORMED,
    /** Packets that the filter dropped or kept, in either direction. */
    FILTERED,
    /** Packets for this machine that somebody took. */
    DELIVERED,
    /** Packets for this machine that nobody takes, among them all fragments. */
    NOT_TAKEN,
    /** Packets for others while forwarding is off, or for groups that nobody joined. */
    NOT_FOR_US,
    /** Packets for others that no router forwards because of their addresses. */
    MARTIAN,
    /** Packets that were forwarded. */
    FORWARDED,
    /** Packets for which there is no route. */
    NO_ROUTE,
    /** Packets that have been forwarded too often. */
    TTL_EXCEEDED,
    /** Packets longer than the next link takes. */
    TOO_BIG,
    /** Packets for a neighbour that does not answer. */
    UNREACHABLE,
    /** The stack's own packets. */
    SENT,
    /** ICMP errors that were sent; they are among the stack's own packets too. */
    ICMP_ERRORS,
    /** ICMP errors that were not sent because there were too many. */
    ICMP_ERRORS_LIMITED
}
