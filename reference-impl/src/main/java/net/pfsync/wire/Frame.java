package net.pfsync.wire;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/**
 * A decoded packet. Its parts lie behind each other and together are all of its bytes.
 *
 * @param dialect as what it was decoded
 * @param ip the IP header
 * @param header the pfsync header, as much of it as there is
 * @param sections in their order; behind a problem as far as they could be found
 * @param trailing bytes inside the IP packet behind the last section
 * @param padding bytes behind the IP packet, such as Ethernet's
 * @param problem the first thing that a receiver counts or stumbles over, null if there is none
 */
@SuppressWarnings("ArrayRecordComponent") // compared by content
public record Frame(
        Dialect dialect,
        IpHeader ip,
        FrameHeader header,
        List<Section> sections,
        byte[] trailing,
        byte[] padding,
        Problem problem) {

    public Frame {
        sections = List.copyOf(sections);
    }

    /** All messages of all sections, in their order. */
    public List<Message> messages() {
        return sections.stream().flatMap(section -> section.messages().stream()).toList();
    }

    /** The packet, byte for byte as it was decoded. */
    public byte[] encode() {
        int size = ip.size() + header.size() + trailing.length + padding.length;
        for (Section section : sections) {
            size += section.size();
        }
        byte[] packet = new byte[size];
        int at = put(packet, 0, ip.array(), ip.offset(), ip.size());
        at = put(packet, at, header.array(), header.offset(), header.size());
        for (Section section : sections) {
            at = put(packet, at, section.array(), section.offset(), section.size());
        }
        at = put(packet, at, trailing, 0, trailing.length);
        put(packet, at, padding, 0, padding.length);
        return packet;
    }

    private static int put(byte[] target, int at, byte[] source, int offset, int size) {
        System.arraycopy(source, offset, target, at, size);
        return at + size;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Frame frame
                && dialect == frame.dialect
                && Objects.equals(problem, frame.problem)
                && sections.equals(frame.sections)
                && Arrays.equals(encode(), frame.encode());
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(encode());
    }

    @Override
    public String toString() {
        return dialect + " " + ip + " " + sections + (problem == null ? "" : " " + problem);
    }
}
