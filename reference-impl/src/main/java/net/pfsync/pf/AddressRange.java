package net.pfsync.pf;

import java.net.InetAddress;
import java.net.UnknownHostException;

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

    /** An address as pfctl prints it: IPv6 with its longest run of zeros left out. */
    static String text(boolean inet6, long hi, long lo) {
        if (!inet6) {
            int address = (int) (hi >>> 32);
            return (address >>> 24) + "." + (address >>> 16 & 0xff) + "." + (address >>> 8 & 0xff) + "."
                    + (address & 0xff);
        }
        byte[] bytes = new byte[16];
        for (int i = 0; i < 8; i++) {
            bytes[i] = (byte) (hi >>> (56 - 8 * i));
            bytes[8 + i] = (byte) (lo >>> (56 - 8 * i));
        }
        try {
            String plain = InetAddress.getByAddress(bytes).getHostAddress();
            return plain.contains(".") ? plain : shortened(plain);
        } catch (UnknownHostException e) {
            throw new AssertionError("16 bytes are an address", e);
        }
    }

    private static String shortened(String eightGroups) {
        String longest = "";
        for (String run = "0:0"; run.length() < 16; run += ":0") {
            if ((":" + eightGroups + ":").contains(":" + run + ":")) {
                longest = run;
            }
        }
        return longest.isEmpty() ? eightGroups : (":" + eightGroups + ":").replaceFirst(":" + longest + ":", "::");
    }
}
