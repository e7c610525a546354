package net.pfsync.wire;

import java.util.Objects;

/**
 * Walks the sections of a received packet exactly as a kernel of its dialect does, without allocation.
 *
 * <pre>{@code
 * cursor.start(packet, payload, end);
 * while (cursor.next()) {
 *     for (int i = 0; i < cursor.count(); i++) {
 *         handle(cursor.message(i));
 *     }
 * }
 * Problem problem = cursor.problem(); // null: nothing to count
 * }</pre>
 *
 * <p>The sections before a problem are handed out before the problem shows. Sections that a receiver skips without a
 * counter are never handed out. Source: BEHAVIOUR.md 2.6 to 2.18, 7.12, and the cases recorded on 4.5, 4.6 and 7.6.
 *
 * <p>Two kinds of sections need care:
 *
 * <ul>
 *   <li>BUS: before 7.4 a receiver that waits for no bulk transfer does not look at the section at all. So it is handed
 *       out even if its bytes are not there, with {@link #present} false; a receiver that does wait counts badlen and
 *       drops the rest, one that does not goes on with {@link #next}.
 *   <li>EOF in its right place is handed out as the last section; it has nothing to handle. Its count is as announced
 *       and means nothing.
 * </ul>
 */
public final class SectionCursor {
    private final Dialect dialect;
    private final Framing framing;

    private byte[] packet = new byte[0];
    private int payload;
    private int end;

    /** Where the next subheader is. */
    private int position;

    /** A subheader must begin at or before this index. */
    private int lastSubheader;

    private boolean ended = true;

    private Action action;
    private int section;
    private int count;
    private int stride;
    private int messages;
    private boolean present;

    private Flaw flaw;
    private int flawAt;
    private int flawA;
    private int flawB;

    public SectionCursor(Dialect dialect) {
        this.dialect = dialect;
        this.framing = dialect.framing();
        this.action = dialect.action(0);
    }

    /**
     * Begins a packet; the header is checked here. What is before the header (TTL and so on) is the caller's business.
     *
     * @param packet the bytes, the first is the first of the IP header; not to be changed while messages are used
     * @param payload index of the pfsync header
     * @param end index behind the last byte of the IP packet
     * @throws IndexOutOfBoundsException unless {@code 0 <= payload <= end <= packet.length}
     */
    public void start(byte[] packet, int payload, int end) {
        Objects.checkFromToIndex(payload, end, packet.length);
        this.packet = packet;
        this.payload = payload;
        this.end = end;
        flaw = null;
        ended = false;
        section = payload;
        count = 0;
        present = false;
        position = payload + FrameHeader.SIZE;
        if (end - payload < FrameHeader.SIZE) {
            fail(Flaw.SHORT_HEADER, payload, end - payload, FrameHeader.SIZE);
        } else if (version() != dialect.versionByte()) {
            fail(Flaw.VERSION, payload + FrameHeader.VERSION, version(), dialect.versionByte());
        } else if (framing.subheaders()) {
            startSections();
        }
    }

    /** Moves to the next section that a receiver hands to a handler; false if there is none, see {@link #problem}. */
    public boolean next() {
        if (ended) {
            return false;
        }
        if (!framing.subheaders()) {
            ended = true;
            return onlyList();
        }
        while (anotherSubheader()) {
            section = position;
            action = dialect.action(ByteAccess.u8(packet, section));
            count = ByteAccess.u16(packet, section + 2);
            messages = section + FrameHeader.SUBHEADER_SIZE;
            position = messages;
            if (enter()) {
                return true;
            }
            if (ended) {
                return false;
            }
        }
        return false;
    }

    /** What the section's messages are. */
    public Action action() {
        return action;
    }

    /** How many messages the handler gets: as announced, but always 1 for CLR and BUS of v3 and v4. */
    public int count() {
        return count;
    }

    /** Bytes from one message to the next; at least the size of the layout. */
    public int stride() {
        return stride;
    }

    /** Index of the section's subheader in the packet; of the header in v3 and v4. */
    public int section() {
        return section;
    }

    /** Index of the first message in the packet. */
    public int messages() {
        return messages;
    }

    /** Whether the announced bytes are there; false only for BUS, see the description of the class. */
    public boolean present() {
        return present;
    }

    /**
     * A message of the section.
     *
     * @param index 0 to {@link #count} - 1
     * @throws IndexOutOfBoundsException if there is no such message
     * @throws IllegalStateException if the bytes are not {@link #present}
     */
    public Message message(int index) {
        Objects.checkIndex(index, count);
        if (!present) {
            throw new IllegalStateException("the bytes of this " + action.text() + " are not in the packet");
        }
        int at = action.kind() == Kind.EOF ? messages : messages + index * stride;
        return action.layout().message(packet, at);
    }

    /** What is wrong, null as long as nothing is. A problem without a counter stops a real receiver. */
    public Problem problem() {
        return flaw == null ? null : flaw.at(flawAt, counter(), flawA, flawB);
    }

    private Counter counter() {
        return flaw == Flaw.EOF_ELSEWHERE ? framing.eofCounter() : flaw.counter();
    }

    private int version() {
        return ByteAccess.u8(packet, payload + FrameHeader.VERSION);
    }

    private void startSections() {
        int length = ByteAccess.u16(packet, payload + FrameHeader.LEN);
        lastSubheader = Integer.MAX_VALUE;
        if (framing.bound() == Framing.Bound.UNBOUNDED) {
            return;
        }
        if (length > end - payload) {
            fail(Flaw.LENGTH, payload + FrameHeader.LEN, length, end - payload);
            return;
        }
        // 7.4 and later subtract the 20 bytes of the header unsigned: below 20 nothing is cut.
        boolean underflow = framing.bound() == Framing.Bound.TRIMMED && length < FrameHeader.SIZE;
        int bound = underflow ? end : payload + length;
        if (framing.bound() == Framing.Bound.TRIMMED) {
            end = bound;
        }
        lastSubheader = bound - FrameHeader.SUBHEADER_SIZE;
    }

    private boolean anotherSubheader() {
        if (position > lastSubheader) {
            ended = true;
            return false;
        }
        if (end - position < FrameHeader.SUBHEADER_SIZE) {
            return fail(Flaw.NO_END, position, end - position, FrameHeader.SUBHEADER_SIZE);
        }
        return true;
    }

    /** Whether the section whose subheader was just read goes to a handler; if not, it failed or was skipped. */
    private boolean enter() {
        stride = framing.stride() ? 4 * ByteAccess.u8(packet, section + 1) : ownSize();
        boolean assigned = action.number() < dialect.maxAction();
        if (framing.stride()) {
            if (!assigned || stride < ownSize()) {
                return skipUnknown();
            }
        } else if (!assigned) {
            return fail(Flaw.UNASSIGNED, section, action.number(), dialect.maxAction());
        }
        if (action.kind() == null) {
            return unsupported();
        }
        if (action.kind() == Kind.EOF) {
            return endOfFrame();
        }
        return list();
    }

    private int ownSize() {
        return action.layout() == null ? 0 : action.layout().size();
    }

    private boolean skipUnknown() {
        if (count == 0 || stride == 0) {
            return fail(Flaw.SHORT_MESSAGE, section, action.number(), stride);
        }
        // Not checked against the packet: what reaches beyond simply ends the walk.
        position += count * stride;
        return false;
    }

    private boolean unsupported() {
        switch (framing.unsupported()) {
            case REFUSED -> fail(Flaw.UNSUPPORTED, section, action.number(), count);
            case REFUSED_IF_PRESENT -> {
                if (bytesPresent()) {
                    fail(Flaw.UNSUPPORTED, section, action.number(), count);
                }
            }
            case SKIPPED -> {
                if (bytesPresent()) {
                    position += count * stride;
                }
            }
            case IGNORED -> ended = true;
        }
        return false;
    }

    private boolean endOfFrame() {
        int behind = end - messages;
        if (behind != framing.eofTrailer()) {
            return fail(Flaw.EOF_ELSEWHERE, section, behind, framing.eofTrailer());
        }
        present = true;
        ended = true;
        return true;
    }

    /** In v3 and v4 the header names the action; CLR and BUS are one message whatever the count. */
    private boolean onlyList() {
        action = dialect.action(ByteAccess.u8(packet, payload + FrameHeader.ACTION));
        count = ByteAccess.u8(packet, payload + FrameHeader.COUNT);
        messages = position;
        stride = ownSize();
        if (action.number() >= dialect.maxAction()) {
            return fail(Flaw.UNASSIGNED, payload + FrameHeader.ACTION, action.number(), dialect.maxAction());
        }
        if (action.kind() == null) {
            return false;
        }
        if (action.kind() == Kind.CLR || action.kind() == Kind.BUS) {
            count = 1;
        }
        return list();
    }

    private boolean list() {
        present = bytesPresent();
        position = messages + count * stride;
        if (!present && action.kind() == Kind.BUS && !framing.checksBus()) {
            flaw = null;
            ended = !framing.subheaders();
            return true;
        }
        return present;
    }

    /** Whether the section's bytes are there and may be read; if not, the flaw is noted. */
    private boolean bytesPresent() {
        int length = count * stride;
        int left = end - messages;
        if (length > left) {
            return fail(Flaw.CUT, section, length, left);
        }
        if (length > framing.longestSection()) {
            return fail(Flaw.LONG_SECTION, section, length, framing.longestSection());
        }
        if (length == 0 && left == 0 && framing.refusesEmptyAtEnd()) {
            return fail(Flaw.EMPTY_AT_END, section, count, left);
        }
        return true;
    }

    /** Notes what is wrong and ends the walk. */
    private boolean fail(Flaw what, int at, int a, int b) {
        flaw = what;
        flawAt = at;
        flawA = a;
        flawB = b;
        ended = true;
        return false;
    }
}
