package net.pfsync.wire;

import java.util.ArrayList;
import java.util.List;

/**
 * Finds the sections of a packet for a person: goes on behind what stops a receiver, as long as it is clear where the
 * next section begins. What a receiver makes of the packet is {@link SectionCursor}'s subject.
 */
final class SectionReader {
    private final Dialect dialect;
    private final Framing framing;
    private final byte[] packet;

    /** Behind the last byte that a section can have. */
    private final int end;

    /** Behind the last byte that a subheader can begin at. */
    private final int bound;

    private int position;
    private final List<Section> sections = new ArrayList<>();

    /**
     * A reader of one packet.
     *
     * @param payload index of the pfsync header, all of which is there
     * @param end index behind the last byte of the IP packet
     */
    SectionReader(Dialect dialect, byte[] packet, int payload, int end) {
        this.dialect = dialect;
        this.framing = dialect.framing();
        this.packet = packet;
        this.position = payload + FrameHeader.SIZE;
        this.bound = bound(payload, end);
        this.end = framing.bound() == Framing.Bound.TRIMMED ? bound : end;
        if (framing.subheaders()) {
            readSections();
        } else {
            readList(payload);
        }
    }

    List<Section> sections() {
        return sections;
    }

    /** Index behind the last section. */
    int position() {
        return position;
    }

    private int bound(int payload, int packetEnd) {
        if (!framing.subheaders() || framing.bound() == Framing.Bound.UNBOUNDED) {
            return packetEnd;
        }
        int length = ByteAccess.u16(packet, payload + FrameHeader.LEN);
        boolean underflow = framing.bound() == Framing.Bound.TRIMMED && length < FrameHeader.SIZE;
        return underflow ? packetEnd : Math.min(packetEnd, payload + length);
    }

    private void readSections() {
        boolean more = true;
        while (more && position <= bound - FrameHeader.SUBHEADER_SIZE) {
            Action action = dialect.action(ByteAccess.u8(packet, position));
            int pad = ByteAccess.u8(packet, position + 1);
            int count = ByteAccess.u16(packet, position + 2);
            int at = position;
            position += FrameHeader.SUBHEADER_SIZE;
            if (action.kind() == Kind.EOF) {
                add(action, pad, count, at, endOfFrame(action.layout()), 0);
                more = false;
            } else {
                int own = action.layout() == null ? 0 : action.layout().size();
                addList(action, pad, count, at, framing.stride() ? 4 * pad : own);
            }
        }
    }

    /** v3 and v4: the header names action and count; CLR and BUS are one message whatever the count. */
    private void readList(int payload) {
        Action action = dialect.action(ByteAccess.u8(packet, payload + FrameHeader.ACTION));
        int count = ByteAccess.u8(packet, payload + FrameHeader.COUNT);
        boolean single = action.kind() == Kind.CLR || action.kind() == Kind.BUS;
        int own = action.layout() == null ? 0 : action.layout().size();
        int at = position;
        List<Message> messages = new ArrayList<>();
        int cut = readMessages(action.layout(), single ? 1 : count, own, messages);
        add(action, 0, count, at, messages, cut);
    }

    private void addList(Action action, int pad, int count, int at, int stride) {
        List<Message> messages = new ArrayList<>();
        int cut = 0;
        if (action.layout() == null || stride < action.layout().size()) {
            int size = Math.min(count * stride, end - position);
            if (size > 0) {
                messages.add(new Unknown(packet, position, size));
                position += size;
            }
        } else {
            cut = readMessages(action.layout(), count, stride, messages);
        }
        add(action, pad, count, at, messages, cut);
    }

    /** Takes the announced bytes, as many of them as there are, and returns how many do not make a message. */
    private int readMessages(Layout layout, int count, int stride, List<Message> messages) {
        int size = Math.min(count * stride, end - position);
        int taken = 0;
        while (stride > 0 && taken + layout.size() <= size) {
            messages.add(layout.message(packet, position + taken));
            taken += stride;
        }
        position += size;
        return Math.max(0, size - taken);
    }

    private List<Message> endOfFrame(Layout layout) {
        int size = Math.min(layout.size(), end - position);
        Message message = new EndOfFrame(layout, packet, position, size);
        position += size;
        return List.of(message);
    }

    private void add(Action action, int pad, int count, int at, List<Message> messages, int cut) {
        sections.add(new Section(action, pad, count, messages, packet, at, position - at, cut));
    }
}
