package net.pfsync.wire;

import java.util.List;

/**
 * The messages of one kind in a frame, with the subheader in front of them; in v3 and v4 all messages of the frame.
 *
 * @param action what the number in the subheader (v3, v4: in the header) means
 * @param pad byte 1 of the subheader: padding in v5, the size of a message in 4-byte units in v6; 0 in v3 and v4
 * @param count how many messages are announced
 * @param messages those that are there; one {@link Unknown} with all bytes if their layout is not known
 * @param array the packet; must not be changed afterwards
 * @param offset index of the first byte: of the subheader, or in v3 and v4 of the first message
 * @param size bytes, subheader included
 * @param cut bytes at the end that are the beginning of a message whose rest is not there
 */
@SuppressWarnings("ArrayRecordComponent") // a window, compared by content
public record Section(
        Action action, int pad, int count, List<Message> messages, byte[] array, int offset, int size, int cut) {

    public Section {
        messages = List.copyOf(messages);
    }

    /** What the messages are; null if the dialect has no message for the action. */
    public Kind kind() {
        return action.kind();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Section section
                && action.number() == section.action.number()
                && size == section.size
                && cut == section.cut
                && messages.equals(section.messages)
                && Content.same(array, offset, section.array, section.offset, size);
    }

    @Override
    public int hashCode() {
        return Content.hash(array, offset, size);
    }

    @Override
    public String toString() {
        return action.text() + " count " + count + " " + messages;
    }
}
