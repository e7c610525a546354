package net.pfsync.wire.text;

import java.util.Objects;
import net.pfsync.wire.Action;
import net.pfsync.wire.ByteAccess;
import net.pfsync.wire.Dialect;
import net.pfsync.wire.FrameHeader;
import net.pfsync.wire.Kind;

/**
 * What tcpdump prints of a frame from pfsync's header on: the header, its sections and messages, and where it is cut.
 *
 * <pre>
 * PFSYNCv6 len 36
 *     act UPD ST REQ count 1
 * 	id: 0000000000009999 creatorid: deadbeef
 * </pre>
 *
 * <p>Nothing ends the last line. A message is as long as the tool's own structure, whatever the frame says. A message
 * that was not captured whole ends the text, where the thesis's tool went on to read its bytes as a section. Source:
 * TEXT-FORMATS.md 1 and 2.
 */
public final class FrameText {
    private final Dialect dialect;
    private final TextStyle style;
    private final TextOptions options;
    private final MessageText messages;

    /** The text of frames of a dialect, as the tcpdump of its own system prints them. */
    public FrameText(Dialect dialect, TextOptions options) {
        this.dialect = dialect;
        this.style = TextStyle.of(dialect);
        this.options = options;
        messages = new MessageText(style, options);
    }

    /**
     * Appends the text of a frame.
     *
     * @param array with the frame in it
     * @param from index of the first byte of pfsync's header
     * @param end index behind the last byte of the frame that was captured
     * @throws IndexOutOfBoundsException unless {@code 0 <= from <= end <= array.length}
     */
    public void append(StringBuilder text, byte[] array, int from, int end) {
        Objects.checkFromToIndex(from, end, array.length);
        if (end - from < FrameHeader.SIZE) {
            text.append("[|pfsync]");
        } else if (style == TextStyle.LIST) {
            list(text, array, from, end);
        } else {
            sections(text, array, from, end);
        }
    }

    private void list(StringBuilder text, byte[] array, int from, int end) {
        Action action = dialect.action(ByteAccess.u8(array, from + FrameHeader.ACTION));
        int count = ByteAccess.u8(array, from + FrameHeader.COUNT);
        if (options.link()) {
            version(text, array, from).append(" count ").append(count).append(": ");
        }
        if (action.number() >= dialect.maxAction()) {
            text.append(action.number()).append("?:");
            return;
        }
        text.append(action.text()).append(':');
        if (action.kind() == null) {
            return;
        }
        boolean one = action.kind() == Kind.CLR || action.kind() == Kind.BUS;
        int at = from + FrameHeader.SIZE;
        int size = action.layout().size();
        for (int i = 0; i < (one ? 1 : count) && at + size <= end; i++) {
            messages.append(text, action.layout().message(array, at));
            at += size;
        }
    }

    private void sections(StringBuilder text, byte[] array, int from, int end) {
        int announced = ByteAccess.u16(array, from + FrameHeader.LEN);
        if (options.link() || style != TextStyle.DRAFT) {
            version(text, array, from).append(" len ").append(announced);
        }
        boolean own = ByteAccess.u8(array, from + FrameHeader.VERSION) == dialect.versionByte();
        if (own || style == TextStyle.DRAFT) {
            walk(text, array, from, from + announced, end);
        }
    }

    /**
     * Prints section after section.
     *
     * @param bound where the frame ends according to its header
     */
    private void walk(StringBuilder text, byte[] array, int from, int bound, int end) {
        int at = from + FrameHeader.SIZE;
        boolean whole = true;
        while (whole && at < bound && end - at >= FrameHeader.SUBHEADER_SIZE) {
            Action action = dialect.action(ByteAccess.u8(array, at));
            int count = ByteAccess.u16(array, at + 2);
            at += FrameHeader.SUBHEADER_SIZE;
            if (action.number() >= dialect.maxAction()) {
                text.append(style == TextStyle.DRAFT ? "\n\t" : "\n    ");
                text.append("act UNKNOWN id ").append(action.number());
                return;
            }
            text.append(style == TextStyle.FREEBSD ? "\n    " : "\n    act ").append(action.text());
            text.append(" count ").append(count);
            if (action.kind() == null && !skippedEof(action)) {
                text.append("\n    unimplemented action");
                if (style == TextStyle.FREEBSD) {
                    text.append(' ').append(action.number());
                }
                return;
            }
            if (action.kind() == null || action.layout().size() == 0) {
                return;
            }
            int size = action.layout().size();
            int there = Math.min(count, (end - at) / size);
            print(text, action, array, at, there);
            whole = there == count;
            at += there * size;
        }
        if (at < bound) {
            text.append("\n    ...");
        } else if (at > bound) {
            text.append("\n    invalid header length");
        } else if (at < end && whole) {
            text.append("\n    invalid packet length");
        }
    }

    /** The EOF that version 6 no longer sends has a name, but ends the text. */
    private static boolean skippedEof(Action action) {
        return action.text().equals("EOF");
    }

    private void print(StringBuilder text, Action action, byte[] array, int at, int count) {
        if (style == TextStyle.FREEBSD && options.verbose() == 0) {
            return;
        }
        int size = action.layout().size();
        for (int i = 0; i < count; i++) {
            messages.append(text, action.layout().message(array, at + i * size));
        }
    }

    private static StringBuilder version(StringBuilder text, byte[] array, int from) {
        return text.append("PFSYNCv").append(ByteAccess.u8(array, from + FrameHeader.VERSION));
    }
}
