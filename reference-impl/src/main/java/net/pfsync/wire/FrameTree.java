package net.pfsync.wire;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A frame as nested maps, lists, numbers, texts and booleans, ready to become JSON, with the names and forms of the
 * published vectors: numbers are values, id, creatorid and spi are hex in wire order, addresses are text, bytes are hex.
 *
 * <p>Bytes that are no message are shown as {@code body} (a section nobody knows), {@code raw} (the beginning of a
 * message that is cut), {@code junk} (behind the last message) and {@code hmac_and_junk}, in the list of the last
 * section's messages; {@code trailing} if there is no section, and {@code padding} behind the IP packet.
 */
public final class FrameTree {
    private static final HexFormat HEX = HexFormat.of();

    private FrameTree() {}

    /** The whole frame, with {@code problem} as null or {@code {counter, offset, text}}. */
    public static Map<String, Object> of(Frame frame) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("dialect", frame.dialect().name());
        tree.put("header", header(frame));
        List<Object> sections = sections(frame);
        if (frame.dialect().framing().subheaders()) {
            tree.put("sections", sections);
        } else {
            tree.put(
                    "messages",
                    frame.sections().isEmpty()
                            ? List.of()
                            : messages(frame, frame.sections().getFirst()));
        }
        tree.put("ip", frame.ip().version() == 6 ? ip6(frame.ip()) : ip4(frame.ip()));
        if (frame.sections().isEmpty() && frame.trailing().length > 0) {
            tree.put("trailing", HEX.formatHex(frame.trailing()));
        }
        if (frame.padding().length > 0) {
            tree.put("padding", HEX.formatHex(frame.padding()));
        }
        tree.put("frame_bytes", frame.encode().length);
        tree.put("problem", problem(frame.problem()));
        return tree;
    }

    private static Map<String, Object> header(Frame frame) {
        Map<String, Object> header = new LinkedHashMap<>();
        FrameHeader window = frame.header();
        for (Field field : window.layout().fields()) {
            int there = Math.min(field.size(), window.size() - field.offset());
            int at = window.offset() + field.offset();
            if (there == field.size() && field.size() <= Short.BYTES) {
                header.put(
                        field.name(),
                        field.size() == 1 ? ByteAccess.u8(window.array(), at) : ByteAccess.u16(window.array(), at));
                if (field.name().equals("action")) {
                    header.put(
                            "action_name",
                            frame.dialect()
                                    .action(ByteAccess.u8(window.array(), at))
                                    .text());
                }
            } else if (there > 0) {
                header.put(field.name(), HEX.formatHex(window.array(), at, at + there));
            }
        }
        return header;
    }

    private static List<Object> sections(Frame frame) {
        List<Object> sections = new ArrayList<>();
        boolean stride = frame.dialect().framing().stride();
        for (Section section : frame.sections()) {
            Map<String, Object> map = new LinkedHashMap<>();
            map.put("offset", section.offset() - frame.header().offset());
            map.put("action", section.action().number());
            map.put("action_name", section.action().text());
            map.put(stride ? "len_dwords" : "_pad", section.pad());
            map.put("count", section.count());
            map.put("messages", messages(frame, section));
            sections.add(map);
        }
        return sections;
    }

    private static List<Object> messages(Frame frame, Section section) {
        List<Object> messages = new ArrayList<>();
        for (Message message : section.messages()) {
            if (message.size() > 0) {
                messages.add(MessageTree.of(message));
            }
        }
        if (section.cut() > 0) {
            int end = section.offset() + section.size();
            messages.add(Map.of("raw", HEX.formatHex(section.array(), end - section.cut(), end)));
        }
        boolean last = section.offset() == frame.sections().getLast().offset();
        if (last && frame.trailing().length > 0) {
            String junk = HEX.formatHex(frame.trailing());
            if (section.kind() == Kind.EOF && !messages.isEmpty()) {
                String hmac = HEX.formatHex(section.messages().getFirst().bytes());
                messages.set(0, Map.of("hmac_and_junk", hmac + junk));
            } else {
                messages.add(Map.of("junk", junk));
            }
        }
        return messages;
    }

    private static Map<String, Object> ip4(IpHeader ip) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("version", ip.version());
        map.put("ihl", ip.ihl());
        map.put("tos", ip.tos());
        map.put("total_length", ip.totalLength());
        map.put("id", ip.id());
        map.put("df", ip.df());
        map.put("ttl", ip.ttl());
        map.put("protocol", ip.protocol());
        map.put("checksum", ip.checksum());
        map.put("src", ip.source());
        map.put("dst", ip.destination());
        return map;
    }

    private static Map<String, Object> ip6(IpHeader ip) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("version", ip.version());
        map.put("traffic_class", ip.tos());
        map.put("flow_label", ip.flowLabel());
        map.put("payload_length", ip.totalLength() - IpHeader.IPV6_SIZE);
        map.put("next_header", ip.protocol());
        map.put("hop_limit", ip.ttl());
        map.put("src", ip.source());
        map.put("dst", ip.destination());
        return map;
    }

    private static Map<String, Object> problem(Problem problem) {
        if (problem == null) {
            return null;
        }
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("counter", problem.counter() == null ? null : problem.counter().text());
        map.put("offset", problem.offset());
        map.put("text", problem.text());
        return map;
    }
}
