package net.pfsync.suite.replay;

/**
 * Bytes of a reply that the case leaves out of the comparison.
 *
 * @param offset of the first one, counted from the IP header
 * @param length how many
 * @param field what they hold, such as {@code UPD[0].creation}
 * @param reason why they are left out: random, uninitialised, time, clock …
 */
record Mask(int offset, int length, String field, String reason) {

    static Mask read(Fields from, int frameLength) {
        int offset = (int) from.integer("offset", 0, frameLength);
        int length = (int) from.integer("length", 1, frameLength - offset);
        return new Mask(
                offset,
                length,
                from.optionalText("field").orElse("?"),
                from.optionalText("reason").orElse("?"));
    }

    boolean covers(int at) {
        return at >= offset && at < offset + length;
    }
}
