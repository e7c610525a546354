package net.pfsync.sync;

import java.util.List;

/**
 * How a release puts its frames together and when it sends them.
 *
 * @param order the order of the parts in a frame
 * @param transitions what events do to queued states
 * @param requestsAlone whether requests, CLR and BUS travel in frames of their own
 * @param requestsReversed whether the requests of one section are sent in reverse order
 * @param keepsPendingTimer whether the one-second timer, once armed, goes on although everything was sent meanwhile
 * @param countsAllProtocols whether maxupd counts updates of every protocol; otherwise only of TCP
 * @param associationsArmTimer whether a lone TDB is sent after a second; otherwise it waits for other traffic
 * @param compressedExpire whether UPD_C carries the remaining lifetime
 * @param sendsChecksum whether the header carries the ruleset's checksum
 */
public record OutputRule(
        List<Part> order,
        QueueTransitions transitions,
        boolean requestsAlone,
        boolean requestsReversed,
        boolean keepsPendingTimer,
        boolean countsAllProtocols,
        boolean associationsArmTimer,
        boolean compressedExpire,
        boolean sendsChecksum) {

    /** The order of OpenBSD 4.5 and 4.6. Source: {@code WIRE.md} section 10. */
    public static final List<Part> V5_ORDER = List.of(
            Part.INSERTS,
            Part.ACKNOWLEDGEMENTS,
            Part.UPDATES,
            Part.COMPRESSED,
            Part.DELETES,
            Part.REQUESTS,
            Part.EXTRA,
            Part.ASSOCIATIONS);

    /** The order of OpenBSD 7.4 and later; requests, CLR and BUS are never in a frame with the others. */
    public static final List<Part> V6_ORDER = List.of(
            Part.REQUESTS,
            Part.EXTRA,
            Part.ACKNOWLEDGEMENTS,
            Part.COMPRESSED,
            Part.DELETES,
            Part.INSERTS,
            Part.UPDATES,
            Part.ASSOCIATIONS);

    private static final int TCP = 6;

    boolean countsUpdatesOf(byte proto) {
        return countsAllProtocols || proto == TCP;
    }
}
