package net.pfsync.wire;

import java.util.Arrays;
import java.util.List;

/**
 * Decodes a whole packet for a person or a report. Total: any bytes give a frame, nothing is ever thrown, and {@link
 * Frame#encode} gives the same bytes back.
 *
 * <p>The problem is the first thing in the order in which a receiver of the dialect looks: what stops the packet before
 * pfsync, TTL, header, and then section by section what the walk ({@link SectionCursor}) or a message ({@link RangeCheck})
 * has against it. The sections are read on behind the problem.
 */
public final class FrameDecoder {
    private final Dialect dialect;
    private final byte[] packet;
    private final IpHeader ip;
    private final int payload;
    private final int end;

    private FrameDecoder(Dialect dialect, byte[] packet) {
        this.dialect = dialect;
        this.packet = packet;
        this.ip = IpHeader.parse(packet);
        this.payload = ip.size();
        this.end = payload == 0 ? packet.length : Math.clamp(ip.totalLength(), payload, packet.length);
    }

    /**
     * Decodes a packet.
     *
     * @param packet any bytes, meant to begin with an IPv4 or IPv6 header; they must not be changed as long as the frame
     *     or a message of it is used
     */
    public static Frame decode(Dialect dialect, byte[] packet) {
        return new FrameDecoder(dialect, packet).decode();
    }

    private Frame decode() {
        boolean pfsync = payload > 0 && !(ip.fragment() && ip.fragmentOffset() > 0);
        int headerSize = pfsync ? Math.min(FrameHeader.SIZE, end - payload) : 0;
        FrameHeader header = new FrameHeader(dialect.header(), packet, payload, headerSize);
        List<Section> sections = List.of();
        int position = payload + headerSize;
        if (headerSize == FrameHeader.SIZE) {
            SectionReader reader = new SectionReader(dialect, packet, payload, end);
            sections = reader.sections();
            position = reader.position();
        }
        byte[] trailing = Arrays.copyOfRange(packet, position, end);
        byte[] padding = Arrays.copyOfRange(packet, end, packet.length);
        return new Frame(dialect, ip, header, sections, trailing, padding, problem());
    }

    private Problem problem() {
        Problem before = beforePfsync();
        if (before != null) {
            return before;
        }
        if (ip.ttl() != IpHeader.TTL) {
            return Flaw.TTL.at(ip.ttlOffset(), ip.ttl(), IpHeader.TTL);
        }
        return walk();
    }

    /** What makes the IP stack of the receiver drop the packet, or give it to somebody else. */
    private Problem beforePfsync() {
        int version = ip.version();
        if (version != 4 && version != 6) {
            return Flaw.NO_IP.at(0, version, packet.length);
        }
        if (ip.length() != ip.size() || ip.totalLength() < ip.size()) {
            return Flaw.IP_HEADER_LENGTH.at(0, ip.length(), Math.min(packet.length, ip.totalLength()));
        }
        if (ip.totalLength() > packet.length) {
            return Flaw.IP_CUT.at(packet.length, ip.totalLength(), packet.length);
        }
        if (version == 4 && ip.checksum() != ip.rightChecksum()) {
            return Flaw.IP_CHECKSUM.at(IpHeader.CHECKSUM, ip.checksum(), ip.rightChecksum());
        }
        if (ip.fragment()) {
            return Flaw.IP_FRAGMENT.at(IpHeader.FRAGMENT, ip.fragmentOffset(), end - payload);
        }
        if (ip.protocol() != IpHeader.PFSYNC) {
            return Flaw.IP_PROTOCOL.at(ip.protocolOffset(), ip.protocol(), IpHeader.PFSYNC);
        }
        return version == 6 && !dialect.ipv6Transport() ? Flaw.IP_VERSION.at(0, version, 4) : null;
    }

    private Problem walk() {
        SectionCursor cursor = new SectionCursor(dialect);
        cursor.start(packet, payload, end);
        while (cursor.next()) {
            Problem problem = cursor.present() ? outOfRange(cursor) : cutBus(cursor);
            if (problem != null) {
                return problem;
            }
        }
        return cursor.problem();
    }

    /** Recorded on 4.6: an empty BUS at the end counts nothing while no bulk transfer is waited for. */
    private Problem cutBus(SectionCursor cursor) {
        int announced = cursor.count() * cursor.stride();
        return announced == 0 ? null : Flaw.BUS_CUT.at(cursor.section(), announced, end - cursor.messages());
    }

    private Problem outOfRange(SectionCursor cursor) {
        for (int i = 0; i < cursor.count() && cursor.action().kind() != Kind.EOF; i++) {
            Message message = cursor.message(i);
            Field field = RangeCheck.wrong(dialect, message);
            if (field != null) {
                String text = message.layout().name() + ": " + field.name() + " " + FieldValue.shown(message, field)
                        + " is out of range";
                return new Problem(RangeCheck.counter(message), message.offset() + field.offset(), text);
            }
        }
        return null;
    }
}
