package net.pfsync.suite.replay;

import java.util.ArrayList;
import java.util.List;
import net.pfsync.wire.Action;
import net.pfsync.wire.Dialect;
import net.pfsync.wire.Message;
import net.pfsync.wire.SectionCursor;

/** The sections of a packet, as far as a receiver of its dialect walks. */
public final class SectionWalk {

    private static final int IPV4_HEADER = 20;

    private SectionWalk() {}

    /**
     * One section.
     *
     * @param action what its messages are
     * @param messages windows on the packet
     */
    public record Section(Action action, List<Message> messages) {}

    /**
     * Walks any bytes.
     *
     * @param dialect whose layouts they have
     * @param packet the bytes from the IP header on
     * @return in the order of the packet; what is no pfsync packet has none
     */
    public static List<Section> of(Dialect dialect, byte[] packet) {
        int payload = packet.length < IPV4_HEADER ? packet.length : Math.min(packet.length, (packet[0] & 0xf) * 4);
        SectionCursor cursor = new SectionCursor(dialect);
        cursor.start(packet, payload, packet.length);
        List<Section> sections = new ArrayList<>();
        while (cursor.next()) {
            List<Message> messages = new ArrayList<>();
            for (int i = 0; cursor.present() && cursor.action().layout() != null && i < cursor.count(); i++) {
                messages.add(cursor.message(i));
            }
            sections.add(new Section(cursor.action(), messages));
        }
        return sections;
    }
}
