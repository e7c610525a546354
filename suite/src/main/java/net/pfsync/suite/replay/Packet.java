package net.pfsync.suite.replay;

import java.util.HexFormat;
import java.util.Optional;

/**
 * One packet as it was put on a LAN.
 *
 * @param hex the bytes from the IP header on, hexadecimal
 * @param interfaceName the interface whose LAN it was sent on; empty = the sync interface
 * @param ethernetDestination where to, {@code 52:54:00:01:00:00}; empty = the group of pfsync, 01:00:5e:00:00:f0
 * @param trailer bytes behind the IP packet in the frame, hexadecimal
 */
record Packet(String hex, Optional<String> interfaceName, Optional<String> ethernetDestination, String trailer) {

    private static final int MOST_BYTES = 65_535;
    private static final String MAC = "[0-9a-f]{2}(:[0-9a-f]{2}){5}";

    static Packet read(Fields from) {
        Optional<String> destination = from.optionalText("eth_dst");
        if (destination.isPresent() && !destination.get().matches(MAC)) {
            throw from.wrong(
                    "eth_dst", "should be an Ethernet address like 01:00:5e:00:00:f0, is " + destination.get());
        }
        return new Packet(
                from.hex("hex", MOST_BYTES),
                from.optionalText("interface"),
                destination,
                from.has("eth_trailer") ? from.hex("eth_trailer", MOST_BYTES) : "");
    }

    byte[] bytes() {
        return HexFormat.of().parseHex(hex);
    }

    byte[] trailerBytes() {
        return HexFormat.of().parseHex(trailer);
    }
}
