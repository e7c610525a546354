package net.pfsync.suite.probe;

import java.time.Duration;
import java.util.List;
import net.pfsync.wire.Frame;

/**
 * A pfsync frame that was on the LAN, decoded.
 *
 * @param number its place among the frames of the LAN, from 1: the frame's number in {@code exchange.pcap}
 * @param at when, since the case began
 * @param sender {@code a}, {@code b} or {@code probe}
 * @param frame decoded in its sender's dialect, as far as it can be
 * @param size bytes from the first byte of the IP header to the end of the IP packet
 * @param mtu the MTU of the sender's pfsync interface at that time; of the probe 0
 * @param messages its messages in order, without EOF
 */
public record HeardFrame(
        int number, Duration at, String sender, Frame frame, int size, int mtu, List<HeardMessage> messages) {

    /** The messages in short. */
    @Override
    public String toString() {
        return "frame " + number + " " + messages;
    }
}
