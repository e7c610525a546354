package net.pfsync.sync;

import java.util.Arrays;
import net.pfsync.wire.ByteAccess;
import net.pfsync.wire.Dialect;
import net.pfsync.wire.Framing;
import net.pfsync.wire.Kind;

/**
 * Builds one frame at a time: IP header, pfsync header, sections, and the end marker where the dialect has one.
 *
 * <p>One instance is used for all frames of a firewall; only the finished packet is a new array. Source: {@code WIRE.md} sections 2 and 3.
 */
final class FrameWriter {

    static final int IP_HEADER = 20;
    static final int HEADER = 20;
    static final int SUBHEADER = 4;

    private static final int LARGEST_PACKET = 65535;
    private static final int IPPROTO_PFSYNC = 240;
    private static final int LOW_DELAY = 0x10;
    private static final int DONT_FRAGMENT = 0x40;
    private static final int TTL = 255;

    private final Dialect dialect;
    private final Framing framing;
    private byte[] buffer = new byte[2048];
    private int length;
    private int identification;

    FrameWriter(Dialect dialect, int seed) {
        this.dialect = dialect;
        this.framing = dialect.framing();
        this.identification = seed | 1;
    }

    /** Starts a frame. */
    void begin() {
        length = IP_HEADER + HEADER;
    }

    /**
     * Opens a section; its messages are zero bytes until somebody writes them.
     *
     * @return index of the first message in {@link #buffer()}
     */
    int section(Kind kind, int count) {
        int size = dialect.layout(kind).size();
        int at = length;
        room(SUBHEADER + count * size);
        subheader(at, dialect.number(kind), framing.stride() ? size / 4 : 0, count);
        return at + SUBHEADER;
    }

    private void subheader(int at, int action, int second, int count) {
        buffer[at] = (byte) action;
        buffer[at + 1] = (byte) second;
        ByteAccess.put16(buffer, at + 2, count);
    }

    private void room(int bytes) {
        length += bytes;
        if (length > LARGEST_PACKET) {
            throw new IllegalStateException("a frame of " + length + " bytes");
        }
        if (length > buffer.length) {
            buffer = Arrays.copyOf(buffer, LARGEST_PACKET);
        }
        Arrays.fill(buffer, length - bytes, length, (byte) 0);
    }

    /** The bytes of the frame that is being built, from the IP header on; another array after each {@link #section}. */
    byte[] buffer() {
        return buffer;
    }

    /**
     * Ends the frame.
     *
     * @return a whole IPv4 packet in an array of its own
     */
    byte[] finish(int source, int destination, byte[] rulesetChecksum) {
        if (framing.eofTrailer() >= 0) {
            int at = length;
            room(SUBHEADER + framing.eofTrailer());
            subheader(at, dialect.number(Kind.EOF), 0, 1);
        }
        ipHeader(source, destination);
        buffer[IP_HEADER] = (byte) dialect.versionByte();
        buffer[IP_HEADER + 1] = 0;
        ByteAccess.put16(buffer, IP_HEADER + 2, length - IP_HEADER);
        System.arraycopy(rulesetChecksum, 0, buffer, IP_HEADER + 4, rulesetChecksum.length);
        return Arrays.copyOf(buffer, length);
    }

    private void ipHeader(int source, int destination) {
        identification = identification * 0x343fd + 0x269ec3;
        buffer[0] = 0x45;
        buffer[1] = LOW_DELAY;
        ByteAccess.put16(buffer, 2, length);
        ByteAccess.put16(buffer, 4, identification >>> 16);
        buffer[6] = DONT_FRAGMENT;
        buffer[7] = 0;
        buffer[8] = (byte) TTL;
        buffer[9] = (byte) IPPROTO_PFSYNC;
        ByteAccess.put16(buffer, 10, 0);
        ByteAccess.put32(buffer, 12, source);
        ByteAccess.put32(buffer, 16, destination);
        int sum = 0;
        for (int at = 0; at < IP_HEADER; at += 2) {
            sum += ByteAccess.u16(buffer, at);
        }
        sum = (sum & 0xffff) + (sum >>> 16);
        ByteAccess.put16(buffer, 10, ~(sum + (sum >>> 16)));
    }
}
