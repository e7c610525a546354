package net.pfsync.pf;

import java.nio.ByteBuffer;
import net.pfsync.wire.Addresses;

/**
 * The addresses that one side of a rule is about: any, one, a network, or all but these.
 *
 * @param inet6 whether they are IPv6
 * @param hi first eight bytes; IPv4 uses the upper half
 * @param lo last eight bytes
 * @param prefix how many leading bits count, 0 to 32 or 128; {@link #EVERY} for any address of either family
 * @param not whether all other addresses are meant
 */
record AddressRange(boolean inet6, long hi, long lo, int prefix, boolean not) {

    /** A prefix that makes the range hold every address. */
    static final int EVERY = -1;

    static final AddressRange ANY = new AddressRange(false, 0, 0, EVERY, false);

    boolean any() {
        return prefix == EVERY;
    }

    boolean contains(boolean ipv6, long addressHi, long addressLo) {
        return any()
                || not != (inet6 == ipv6 && same(hi, addressHi, prefix) && same(lo, addressLo, prefix - Long.SIZE));
    }

    private static boolean same(long wanted, long found, int bits) {
        return bits <= 0 || (bits >= Long.SIZE ? wanted == found : (wanted ^ found) >>> (Long.SIZE - bits) == 0);
    }

    /** Makes a range of one address. */
    static AddressRange of(boolean inet6, long hi, long lo) {
        return new AddressRange(inet6, hi, lo, inet6 ? 128 : 32, false);
    }

    private boolean single() {
        return prefix == (inet6 ? 128 : 32);
    }

    /** As pfctl prints it. */
    @Override
    public String toString() {
        if (any()) {
            return "any";
        }
        return (not ? "! " : "") + text(inet6, hi, lo) + (single() ? "" : "/" + prefix);
    }

    private static String text(boolean inet6, long hi, long lo) {
        byte[] address =
                ByteBuffer.allocate(Addresses.IPV6_SIZE).putLong(hi).putLong(lo).array();
        return inet6 ? Addresses.shortText6(address, 0) : Addresses.text4(address, 0);
    }
}
