package net.pfsync.wire;

/**
 * How a receiver of a dialect finds the messages of a frame. Source: BEHAVIOUR.md 2.10 to 2.18 and 7.12.
 *
 * @param subheaders whether a frame is a row of sections; if not (v3, v4) it is one list of messages of one action
 * @param stride whether byte 1 of a subheader is the size of one message in 4-byte units (v6)
 * @param eofTrailer bytes behind the subheader of EOF up to the end of the packet: 20, 0, or -1 if there is no EOF
 * @param eofCounter what a receiver counts if EOF is elsewhere; null if there is no EOF
 * @param bound what ends the row of sections
 * @param unsupported what becomes of a section whose number is assigned but has no message
 * @param refusesEmptyAtEnd whether a section without messages at the very end of the packet counts as badlen
 * @param longestSection bytes; a longer section counts as badlen
 * @param checksBus whether the bytes of a BUS section are checked although nobody waits for them
 */
public record Framing(
        boolean subheaders,
        boolean stride,
        int eofTrailer,
        Counter eofCounter,
        Bound bound,
        Unsupported unsupported,
        boolean refusesEmptyAtEnd,
        int longestSection,
        boolean checksBus) {

    /** What ends the row of sections, and how far their bytes may reach. */
    public enum Bound {
        /** Nothing but EOF or an error: a subheader beyond the packet is read all the same, which stops the kernel. */
        UNBOUNDED,
        /** A subheader must begin inside the header's length; the bytes of its section may reach to the packet's end. */
        HEADER_LENGTH,
        /** The packet is cut to the header's length first, unless that is below 20. */
        TRIMMED
    }

    /** What becomes of a section whose number is assigned but has no message in the dialect. */
    public enum Unsupported {
        /** Nothing happens, and nothing is counted (v4). */
        IGNORED,
        /** badact, the rest of the frame is dropped. */
        REFUSED,
        /** badlen if its bytes are not there, else badact; the rest of the frame is dropped. */
        REFUSED_IF_PRESENT,
        /** badlen if its bytes are not there, else the section is skipped without a counter. */
        SKIPPED
    }
}
