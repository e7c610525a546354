package net.pfsync.sync;

import java.time.Duration;

/**
 * How a release holds the first packet of a connection back until a peer knows the connection.
 *
 * @param available whether the release can do it at all
 * @param hold how long a packet is held when nobody answers
 * @param peerUpdate what becomes of the packet when a peer updates its state
 * @param localPacket what becomes of it when another packet of the connection passes here
 * @param deletion what becomes of it when its state is removed
 * @param losesInet6 whether packets of IPv6 are let go into the output of IPv4, where they are lost
 */
public record DeferralRule(
        boolean available, Duration hold, Fate peerUpdate, Fate localPacket, Fate deletion, boolean losesInet6) {

    /** At most so many packets are held; one more, and the oldest leaves early. Source: {@code BEHAVIOUR.md} 14.4. */
    public static final int LIMIT = 128;

    /** What becomes of a held packet. */
    public enum Fate {
        /** It leaves at once. */
        SENT,
        /** It is dropped. */
        DROPPED,
        /** It stays until something else happens. */
        HELD
    }
}
