package net.pfsync.suite.replay;

import java.time.Duration;
import java.util.HexFormat;
import java.util.List;

/**
 * A pfsync packet that a kernel, or ours, sent.
 *
 * @param after how long after the start of the case
 * @param hex the bytes from the IP header on, hexadecimal
 * @param masks what to leave out of a comparison; empty for ours
 */
record Reply(Duration after, String hex, List<Mask> masks) {

    private static final int MOST_BYTES = 65_535;

    Reply {
        masks = List.copyOf(masks);
    }

    static Reply read(Fields from) {
        String hex = from.hex("hex", MOST_BYTES);
        List<Mask> masks = from.objects("mask").stream()
                .map(mask -> Mask.read(mask, hex.length() / 2))
                .toList();
        return new Reply(from.millis("after_ms", true), hex, masks);
    }

    byte[] bytes() {
        return HexFormat.of().parseHex(hex);
    }

    /** Whether another reply has the same bytes, but for what is masked here. */
    boolean sameBytes(Reply other) {
        byte[] mine = bytes();
        byte[] theirs = other.bytes();
        if (mine.length != theirs.length) {
            return false;
        }
        for (int at = 0; at < mine.length; at++) {
            if (mine[at] != theirs[at] && !masked(at)) {
                return false;
            }
        }
        return true;
    }

    boolean masked(int at) {
        return masks.stream().anyMatch(mask -> mask.covers(at));
    }
}
