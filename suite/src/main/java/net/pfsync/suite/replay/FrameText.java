package net.pfsync.suite.replay;

import java.util.ArrayList;
import java.util.List;
import net.pfsync.wire.Dialect;
import net.pfsync.wire.Field;
import net.pfsync.wire.Message;

/** Frames in words for people who read differences: {@code INS x2, EOF x1}, and which field a byte belongs to. */
final class FrameText {

    private FrameText() {}

    /** The sections of a packet; what cannot be walked is given as its length. */
    static String summary(Dialect dialect, byte[] packet) {
        List<String> sections = new ArrayList<>();
        for (SectionWalk.Section section : SectionWalk.of(dialect, packet)) {
            sections.add(name(section) + " x" + section.messages().size());
        }
        return sections.isEmpty() ? packet.length + " bytes" : String.join(", ", sections);
    }

    /** The field at an offset as {@code " (UPD[0].src.seqlo)"}; empty if the byte is in no message. */
    static String field(Dialect dialect, byte[] packet, int at) {
        for (SectionWalk.Section section : SectionWalk.of(dialect, packet)) {
            for (int i = 0; i < section.messages().size(); i++) {
                Message message = section.messages().get(i);
                int within = at - message.offset();
                if (within >= 0 && within < message.size()) {
                    return " (" + name(section) + "[" + i + "]." + name(message, within) + ")";
                }
            }
        }
        return "";
    }

    private static String name(SectionWalk.Section section) {
        return section.action().kind() == null
                ? "action " + section.action().number()
                : section.action().kind().name();
    }

    private static String name(Message message, int within) {
        for (Field field : message.layout().fields()) {
            if (within >= field.offset() && within < field.offset() + field.size()) {
                return field.name();
            }
        }
        return "+" + within;
    }
}
