package net.pfsync.suite.target;

import java.time.Duration;
import java.util.Arrays;

/**
 * A frame as it was on the LAN.
 *
 * @param at when, since the lab was opened
 * @param sender {@code a}, {@code b} or {@code probe}
 * @param ethernet the whole frame, without checksum; not to be changed
 */
@SuppressWarnings("ArrayRecordComponent") // a frame as it was, never compared
public record Captured(Duration at, String sender, byte[] ethernet) {

    private static final int ETHERNET_HEADER = 14;

    /** The frame behind the Ethernet header, padding included. */
    public byte[] payload() {
        return Arrays.copyOfRange(ethernet, Math.min(ETHERNET_HEADER, ethernet.length), ethernet.length);
    }
}
