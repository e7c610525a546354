package net.pfsync.wire;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Makes a packet, right by default and wrong wherever it is asked to be. Malformed input is data here: whatever is not
 * overridden is computed from what is.
 *
 * <pre>{@code
 * byte[] packet = FrameBuilder.of(dialect).source("10.0.0.1").add(insert, update).len(400).build();
 * }</pre>
 *
 * <p>Defaults: IPv4 to {@link IpHeader#GROUP} with TTL 255, DF and low delay, id 0; a frame without errors, closed by
 * EOF where the dialect has it. An IPv6 source or destination makes an IPv6 packet.
 */
public final class FrameBuilder {
    private final Dialect dialect;
    private final List<Part> parts = new ArrayList<>();

    private final IpHeaderBuilder ip = new IpHeaderBuilder();

    private int version;
    private int pad;
    private Integer len;
    private byte[] checksum = new byte[FrameHeader.CHECKSUM_SIZE];
    private boolean eof;
    private byte[] hmac;
    private byte[] trailingInside = {};
    private byte[] trailing = {};
    private byte[] padding = {};
    private int truncate = Integer.MAX_VALUE;

    /** A section as it will be written. */
    private static final class Part {
        private final int action;
        private int count;
        private int pad;
        private boolean closed;
        private final ByteArrayOutputStream body = new ByteArrayOutputStream();

        Part(int action) {
            this.action = action;
        }
    }

    private FrameBuilder(Dialect dialect) {
        this.dialect = dialect;
        this.version = dialect.versionByte();
        this.eof = dialect.has(Kind.EOF);
        this.hmac = eof ? new byte[dialect.layout(Kind.EOF).size()] : new byte[0];
    }

    /** An empty frame of a dialect. */
    public static FrameBuilder of(Dialect dialect) {
        return new FrameBuilder(dialect);
    }

    /** Source address as text, IPv4 or IPv6; zero if it is not set. */
    public FrameBuilder source(String address) {
        ip.source(address);
        return this;
    }

    /** Destination address as text, IPv4 or IPv6. */
    public FrameBuilder destination(String address) {
        ip.destination(address);
        return this;
    }

    /**
     * Adds messages; neighbours of one action share a section. {@link EndOfFrame} is not a message here, see {@link
     * #eof} and {@link #hmac}.
     *
     * @throws IllegalArgumentException if the dialect has no such message, or it would be the second action of a v3 or v4
     *     frame
     */
    public FrameBuilder add(Message... messages) {
        for (Message message : messages) {
            Part part = part(number(message), message.size() / 4);
            part.body.writeBytes(message.bytes());
            part.count += announced(message);
        }
        return this;
    }

    /**
     * Adds a section byte by byte; it never shares.
     *
     * @param action any number
     * @param count announced messages
     * @param pad byte 1 of the subheader: padding in v5, the size of a message in 4-byte units in v6
     * @param body what follows the subheader
     * @throws IllegalArgumentException if it would be the second action of a v3 or v4 frame
     */
    public FrameBuilder section(int action, int count, int pad, byte[] body) {
        Part part = newPart(action);
        part.count = count;
        part.pad = pad;
        part.closed = true;
        part.body.writeBytes(body);
        return this;
    }

    /** Announced messages of the section added last. */
    public FrameBuilder sectionCount(int count) {
        parts.getLast().count = count;
        return this;
    }

    /** v6: the size of one message in 4-byte units that the section added last announces. */
    public FrameBuilder sectionLen(int dwords) {
        parts.getLast().pad = dwords;
        return this;
    }

    /** v5: the padding byte of the section added last. */
    public FrameBuilder sectionPad(int value) {
        parts.getLast().pad = value;
        return this;
    }

    /** The version byte. */
    public FrameBuilder version(int value) {
        version = value;
        return this;
    }

    /** Byte 1 of the header: padding, {@code af} in v3 and v4. */
    public FrameBuilder pad(int value) {
        pad = value;
        return this;
    }

    /** The length in the header; not in v3 and v4. */
    public FrameBuilder len(int value) {
        len = value;
        return this;
    }

    /**
     * The checksum of the ruleset; zero if it is not set.
     *
     * @throws IllegalArgumentException unless it has 16 bytes
     */
    public FrameBuilder checksum(byte[] value) {
        if (value.length != FrameHeader.CHECKSUM_SIZE) {
            throw new IllegalArgumentException(
                    "a checksum of " + value.length + " bytes instead of " + FrameHeader.CHECKSUM_SIZE);
        }
        checksum = value.clone();
        return this;
    }

    /**
     * Whether EOF closes the frame.
     *
     * @throws IllegalArgumentException if it shall in a dialect without EOF
     */
    public FrameBuilder eof(boolean value) {
        if (value) {
            dialect.number(Kind.EOF);
        }
        eof = value;
        return this;
    }

    /** The bytes behind EOF, any number of them; as many zeros as the dialect wants if they are not set. */
    public FrameBuilder hmac(byte[] value) {
        hmac = value.clone();
        return this;
    }

    /** Bytes behind everything else that the header's length counts. */
    public FrameBuilder trailingInside(byte[] value) {
        trailingInside = value.clone();
        return this;
    }

    /** Bytes behind everything else that the header's length does not count; they are inside the IP packet. */
    public FrameBuilder trailing(byte[] value) {
        trailing = value.clone();
        return this;
    }

    /** Bytes behind the IP packet, as Ethernet adds them. */
    public FrameBuilder padding(byte[] value) {
        padding = value.clone();
        return this;
    }

    /** TTL or hop limit. */
    public FrameBuilder ttl(int value) {
        ip.ttl(value);
        return this;
    }

    /** TOS or traffic class. */
    public FrameBuilder tos(int value) {
        ip.tos(value);
        return this;
    }

    /** IPv4 identification. */
    public FrameBuilder id(int value) {
        ip.id(value);
        return this;
    }

    /** Whether IPv4 forbids fragments. */
    public FrameBuilder df(boolean value) {
        ip.df(value);
        return this;
    }

    /**
     * Marks the packet as an IPv4 fragment; the bytes stay what they are.
     *
     * @param offset in bytes, a multiple of 8
     * @param more whether others follow
     */
    public FrameBuilder fragment(int offset, boolean more) {
        ip.fragment(offset, more);
        return this;
    }

    /** IP protocol or next header. */
    public FrameBuilder protocol(int value) {
        ip.protocol(value);
        return this;
    }

    /** IPv4 header checksum. */
    public FrameBuilder ipChecksum(int value) {
        ip.checksum(value);
        return this;
    }

    /** Bytes of the packet as the IP header tells them. */
    public FrameBuilder totalLength(int value) {
        ip.totalLength(value);
        return this;
    }

    /** IPv4 options, filled up with zeros to a multiple of 4. */
    public FrameBuilder options(byte[] value) {
        ip.options(value);
        return this;
    }

    /** Keeps only the first bytes of the packet; no header is changed. */
    public FrameBuilder truncate(int bytes) {
        truncate = bytes;
        return this;
    }

    /** The packet, from the IP header on. */
    public byte[] build() {
        byte[] frame = frame();
        ByteArrayOutputStream packet = new ByteArrayOutputStream();
        packet.writeBytes(ip.build(frame.length));
        packet.writeBytes(frame);
        packet.writeBytes(padding);
        byte[] bytes = packet.toByteArray();
        return bytes.length <= truncate ? bytes : Arrays.copyOf(bytes, truncate);
    }

    /** CLR and BUS of v3 and v4 are sent with count 0 although one message follows. */
    private int announced(Message message) {
        boolean one = message.kind() == Kind.CLR || message.kind() == Kind.BUS;
        return one && !dialect.framing().subheaders() ? 0 : 1;
    }

    private Part part(int action, int dwords) {
        if (!parts.isEmpty() && parts.getLast().action == action && !parts.getLast().closed) {
            return parts.getLast();
        }
        Part part = newPart(action);
        part.pad = dialect.framing().stride() ? dwords : 0;
        return part;
    }

    private Part newPart(int action) {
        if (!dialect.framing().subheaders() && !parts.isEmpty()) {
            throw new IllegalArgumentException("a frame of " + dialect + " has one action");
        }
        parts.add(new Part(action));
        return parts.getLast();
    }

    /** The number under which the dialect accepts this very layout, else the one of its kind. */
    private int number(Message message) {
        if (message.kind() == null || message.kind() == Kind.EOF) {
            throw new IllegalArgumentException(message + " cannot be added; section(), eof() and hmac() can");
        }
        for (int number = 0; number < dialect.maxAction(); number++) {
            Action action = dialect.action(number);
            if (action.kind() == message.kind() && action.layout().size() == message.size()) {
                return number;
            }
        }
        return dialect.number(message.kind());
    }

    private byte[] frame() {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        for (Part part : parts) {
            if (dialect.framing().subheaders()) {
                writeSubheader(body, part.action, part.pad, part.count);
            }
            body.writeBytes(part.body.toByteArray());
        }
        if (eof) {
            writeSubheader(body, dialect.number(Kind.EOF), 0, 1);
            body.writeBytes(hmac);
        }
        body.writeBytes(trailingInside);
        ByteArrayOutputStream frame = new ByteArrayOutputStream();
        frame.writeBytes(header(body.size()));
        frame.writeBytes(body.toByteArray());
        frame.writeBytes(trailing);
        return frame.toByteArray();
    }

    private byte[] header(int bodySize) {
        byte[] header = new byte[FrameHeader.SIZE];
        header[FrameHeader.VERSION] = (byte) version;
        header[FrameHeader.PAD] = (byte) pad;
        System.arraycopy(checksum, 0, header, FrameHeader.CHECKSUM, checksum.length);
        if (dialect.framing().subheaders()) {
            ByteAccess.put16(header, FrameHeader.LEN, len == null ? header.length + bodySize : len);
        } else if (!parts.isEmpty()) {
            header[FrameHeader.ACTION] = (byte) parts.getFirst().action;
            header[FrameHeader.COUNT] = (byte) parts.getFirst().count;
        }
        return header;
    }

    private static void writeSubheader(ByteArrayOutputStream out, int action, int pad, int count) {
        out.write(action);
        out.write(pad);
        out.write(count >> 8);
        out.write(count);
    }
}
