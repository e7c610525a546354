package net.pfsync.wire;

import java.util.Arrays;
import java.util.Locale;

/**
 * The statistics of a pfsync interface, in the order of the kernels' structure.
 *
 * <p>Each counts packets, except {@link #STALE}, {@link #BADVAL} and {@link #BADSTATE}, which count messages. Source:
 * the structure {@code pfsyncstats} as listed in WIRE.md and BEHAVIOUR.md section 1.
 */
public enum Counter {
    /** IPv4 packets handed to pfsync, counted before any check. */
    IPACKETS,
    /** IPv6 packets handed to pfsync; OpenBSD never counts it. */
    IPACKETS6,
    /** Not received on the sync interface. */
    BADIF,
    /** TTL or hop limit is not 255. */
    BADTTL,
    /** Shorter than the IP header and the 20 bytes of the pfsync header. */
    HDROPS,
    /** Another version byte. */
    BADVER,
    /** Unknown or unsupported action; in v5draft also EOF in the wrong place. */
    BADACT,
    /** Announced bytes are not there; since 4.6 also EOF in the wrong place. */
    BADLEN,
    /** Never counted by any release. */
    BADAUTH,
    /** An update older than what is known. */
    STALE,
    /** A field of INS, UPD or UPD_C is out of range. */
    BADVAL,
    /** A state was not found or could not be made, or a TDB is wrong. */
    BADSTATE,
    /** IPv4 packets sent. */
    OPACKETS,
    /** IPv6 packets sent. */
    OPACKETS6,
    /** No memory for a packet. */
    ONOMEM,
    /** IP output failed. */
    OERRORS;

    private final String text = name().toLowerCase(Locale.ROOT);

    /** The kernel's name without its prefix, such as {@code badlen}. */
    public String text() {
        return text;
    }

    /**
     * The counter of that name.
     *
     * @param text a name as {@link #text()} gives it
     * @throws IllegalArgumentException if there is none, naming those that are near
     */
    public static Counter parse(String text) {
        for (Counter counter : values()) {
            if (counter.text.equals(text)) {
                return counter;
            }
        }
        throw NearMatch.unknown(
                "counter", text, Arrays.stream(values()).map(Counter::text).toList());
    }

    @Override
    public String toString() {
        return text;
    }
}
