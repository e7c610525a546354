package net.pfsync.suite.replay;

import java.time.Duration;
import java.util.HexFormat;

/**
 * A packet that left the machine towards a host.
 *
 * @param at how long after the start of the case
 * @param interfaceName the interface that it left by
 * @param hex the bytes from the IP header on, hexadecimal
 */
record Forwarded(Duration at, String interfaceName, String hex) {

    private static final int MOST_BYTES = 65_535;

    static Forwarded read(Fields from) {
        return new Forwarded(from.millis("at_ms", true), from.text("interface"), from.hex("hex", MOST_BYTES));
    }

    byte[] bytes() {
        return HexFormat.of().parseHex(hex);
    }
}
