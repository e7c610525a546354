package net.pfsync.suite.state;

import java.util.ArrayList;
import java.util.List;

/**
 * One side of a state, {@code struct pfsync_state_peer}.
 *
 * @param state for TCP a number of {@link TcpState}, else pf's pseudo-state (0 no traffic, 1 single, 2 multiple)
 * @param seqlo highest sequence number that this side has sent
 * @param seqhi highest sequence number that the other side allows
 * @param seqdiff what sequence number modulation adds
 * @param maxWin largest window seen, not scaled
 * @param mss maximum segment size, 0 when unknown
 * @param wscale window scale in the low 4 bits, 0x80 when the option was seen
 * @param scrub what normalisation keeps about this side
 */
public record StatePeer(int state, int seqlo, int seqhi, int seqdiff, int maxWin, int mss, int wscale, Scrub scrub) {

    /**
     * A side of a TCP connection with a window of 65535 bytes.
     *
     * @param state a number of {@link TcpState}
     * @param seqlo highest sequence number sent; {@code seqhi} is one window above
     * @return the side
     */
    public static StatePeer tcp(int state, int seqlo) {
        return new StatePeer(state, seqlo, seqlo + 65_535, 0, 65_535, 1460, 0, Scrub.NONE);
    }

    /**
     * A side of a state that is not TCP.
     *
     * @param state 0 no traffic, 1 single, 2 multiple
     * @return the side
     */
    public static StatePeer plain(int state) {
        return new StatePeer(state, 0, 0, 0, 0, 0, 0, Scrub.NONE);
    }

    /** The same side in another state. */
    public StatePeer withState(int number) {
        return new StatePeer(number, seqlo, seqhi, seqdiff, maxWin, mss, wscale, scrub);
    }

    /** The same side with another lower sequence number; the upper one stays. */
    public StatePeer withSeqlo(int number) {
        return new StatePeer(state, number, seqhi, seqdiff, maxWin, mss, wscale, scrub);
    }

    /** The same side with another upper sequence number. */
    public StatePeer withSeqhi(int number) {
        return new StatePeer(state, seqlo, number, seqdiff, maxWin, mss, wscale, scrub);
    }

    /** The same side after it sent more: both sequence numbers grow by this many bytes, negative to go back. */
    public StatePeer advanced(int bytes) {
        return new StatePeer(state, seqlo + bytes, seqhi + bytes, seqdiff, maxWin, mss, wscale, scrub);
    }

    /** The same side with another sequence number modulation. */
    public StatePeer withSeqdiff(int number) {
        return new StatePeer(state, seqlo, seqhi, number, maxWin, mss, wscale, scrub);
    }

    /** The same side with another largest window. */
    public StatePeer withMaxWin(int bytes) {
        return new StatePeer(state, seqlo, seqhi, seqdiff, bytes, mss, wscale, scrub);
    }

    /** The same side with another maximum segment size. */
    public StatePeer withMss(int bytes) {
        return new StatePeer(state, seqlo, seqhi, seqdiff, maxWin, bytes, wscale, scrub);
    }

    /** The same side with another window scale byte. */
    public StatePeer withWscale(int number) {
        return new StatePeer(state, seqlo, seqhi, seqdiff, maxWin, mss, number, scrub);
    }

    /** The same side with another scrub part. */
    public StatePeer withScrub(Scrub part) {
        return new StatePeer(state, seqlo, seqhi, seqdiff, maxWin, mss, wscale, part);
    }

    /**
     * What differs from another view of this side, as {@code name ours, theirs} with the given prefix.
     *
     * @param prefix {@code src.} or {@code dst.}
     * @param other the other view
     * @return one entry per differing field
     */
    List<String> differences(String prefix, StatePeer other) {
        List<String> found = new ArrayList<>();
        differ(found, prefix + "state", state, other.state);
        differ(found, prefix + "seqlo", Integer.toUnsignedLong(seqlo), Integer.toUnsignedLong(other.seqlo));
        differ(found, prefix + "seqhi", Integer.toUnsignedLong(seqhi), Integer.toUnsignedLong(other.seqhi));
        differ(found, prefix + "seqdiff", Integer.toUnsignedLong(seqdiff), Integer.toUnsignedLong(other.seqdiff));
        differ(found, prefix + "max_win", maxWin, other.maxWin);
        differ(found, prefix + "mss", mss, other.mss);
        differ(found, prefix + "wscale", wscale, other.wscale);
        differ(found, prefix + "scrub", scrub, other.scrub);
        return found;
    }

    static void differ(List<String> found, String name, Object ours, Object theirs) {
        if (!ours.equals(theirs)) {
            found.add(name + " " + ours + ", " + theirs);
        }
    }

    /** Short: state, sequence numbers as signed offsets would mislead, so as unsigned numbers. */
    @Override
    public String toString() {
        String text = "state " + state;
        if (seqlo != 0 || seqhi != 0) {
            text += " [" + Integer.toUnsignedString(seqlo) + ".." + Integer.toUnsignedString(seqhi) + "]";
        }
        return scrub.valid() ? text + " scrub " + scrub.flags() + "/" + scrub.ttl() + "/" + scrub.tsMod() : text;
    }
}
