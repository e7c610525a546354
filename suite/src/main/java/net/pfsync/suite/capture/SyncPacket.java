package net.pfsync.suite.capture;

import java.util.Arrays;
import net.pfsync.wire.Addresses;
import net.pfsync.wire.IpHeader;

/**
 * A packet of pfsync in a capture.
 *
 * @param frame it came in
 * @param ip its header, at index 0 of {@code bytes}; null if the capture has none (a pfsync interface)
 * @param bytes from the IP header on, or from pfsync's where there is none
 * @param payload index of pfsync's header
 * @param end index behind the last captured byte of the packet
 * @param sender the address it came from, empty if there is none
 */
@SuppressWarnings("ArrayRecordComponent") // a window, never compared
public record SyncPacket(CapturedFrame frame, IpHeader ip, byte[] bytes, int payload, int end, String sender) {

    private static final int SOURCE4 = 12;
    private static final int SOURCE6 = 8;

    /** The packet in a frame; null if the frame has something else, or only a later fragment. */
    public static SyncPacket of(CapturedFrame frame) {
        int at = frame.link().packet(frame.bytes());
        if (at < 0) {
            return frame.link() == LinkType.PFSYNC
                    ? new SyncPacket(frame, null, frame.bytes(), 0, frame.bytes().length, "")
                    : null;
        }
        byte[] bytes = at == 0 ? frame.bytes() : Arrays.copyOfRange(frame.bytes(), at, frame.bytes().length);
        IpHeader ip = IpHeader.parse(bytes);
        int whole = ip.version() == 4 ? IpHeader.IPV4_SIZE : IpHeader.IPV6_SIZE;
        if (ip.size() < whole || ip.protocol() != IpHeader.PFSYNC || (ip.fragment() && ip.fragmentOffset() > 0)) {
            return null;
        }
        int end = Math.clamp(ip.totalLength(), ip.size(), bytes.length);
        return new SyncPacket(frame, ip, bytes, ip.size(), end, sender(ip));
    }

    private static String sender(IpHeader ip) {
        return ip.version() == 4 ? Addresses.text4(ip.array(), SOURCE4) : Addresses.shortText6(ip.array(), SOURCE6);
    }

    /** Whether the capture has all bytes of the packet. */
    public boolean whole() {
        return ip == null ? frame.length() <= bytes.length : ip.totalLength() <= bytes.length;
    }

    /** Bytes from pfsync's header to the end of what was captured. */
    public int size() {
        return end - payload;
    }

    /** The first byte of pfsync's header, -1 if it was not captured. */
    public int version() {
        return size() == 0 ? -1 : bytes[payload] & 0xff;
    }
}
