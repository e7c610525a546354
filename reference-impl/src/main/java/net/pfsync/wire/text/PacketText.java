package net.pfsync.wire.text;

import net.pfsync.wire.ByteAccess;
import net.pfsync.wire.IpHeader;

/**
 * What OpenBSD's tcpdump prints of an IP packet around a frame.
 *
 * <pre>
 * 10.0.0.1 > 224.0.0.240: PFSYNCv6 len 36
 * …
 *  (DF) [tos 0x10] (ttl 255, id 7470, len 56)
 * </pre>
 */
public final class PacketText {
    private static final int SOURCE4 = 12;
    private static final int DESTINATION4 = 16;
    private static final int SOURCE6 = 8;
    private static final int DESTINATION6 = 24;

    private final TextOptions options;
    private final FrameText frames;

    /** The text of packets with frames in one dialect. */
    public PacketText(FrameText frames, TextOptions options) {
        this.frames = frames;
        this.options = options;
    }

    /**
     * Appends the text of a packet, with a newline behind its last line.
     *
     * @param ip its header, all of which is there
     * @param end index behind the last byte that was captured
     */
    public void append(StringBuilder text, IpHeader ip, int end) {
        boolean six = ip.version() == 6;
        int at = ip.offset();
        Digits.address(text, ip.array(), at + (six ? SOURCE6 : SOURCE4), six);
        if (options.verbose() > 0) {
            Digits.address(text.append(" > "), ip.array(), at + (six ? DESTINATION6 : DESTINATION4), six);
        }
        int payload = at + ip.size();
        int last = Math.clamp(at + ip.totalLength(), payload, Math.max(payload, end));
        frames.append(text.append(": "), ip.array(), payload, last);
        trailer(text.append('\n'), ip, six);
        text.append('\n');
    }

    private void trailer(StringBuilder text, IpHeader ip, boolean six) {
        if (!six && ip.df()) {
            text.append(" (DF)");
        }
        if (!six && ip.fragment()) {
            text.append(" (frag ").append(ip.id()).append('@').append(ip.fragmentOffset());
            text.append((ByteAccess.u8(ip.array(), ip.offset() + 6) & 0x20) == 0 ? ")" : "+)");
        }
        if (ip.tos() != 0) {
            text.append(" [tos 0x").append(Integer.toHexString(ip.tos())).append(']');
        }
        if (options.verbose() > 0) {
            text.append(six ? " (hlim " : " (ttl ").append(ip.ttl());
            if (!six) {
                text.append(", id ").append(ip.id());
            }
            text.append(", len ").append(ip.totalLength()).append(')');
        }
    }
}
