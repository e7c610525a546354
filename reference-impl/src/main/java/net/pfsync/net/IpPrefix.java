package net.pfsync.net;

/**
 * An address and how many of its first bits name a network: an interface's address, or with the other bits 0 a network.
 *
 * @param address the address
 * @param length 0 to 32 for IPv4, 0 to 128 for IPv6
 */
public record IpPrefix(IpAddress address, int length) {

    private static final int IPV4_BITS = 32;
    private static final int IPV6_BITS = 128;
    private static final int HALF = 64;

    /** Refuses lengths that the address does not have. */
    public IpPrefix {
        if (length < 0 || length > bits(address)) {
            throw new IllegalArgumentException(
                    "a prefix of " + address + " has 0 to " + bits(address) + " bits, not " + length);
        }
    }

    private static int bits(IpAddress address) {
        return address.inet6() ? IPV6_BITS : IPV4_BITS;
    }

    /**
     * Reads an address with its prefix length.
     *
     * @param text such as {@code 192.0.2.1/24}; without a length, the address alone
     * @return the prefix
     * @throws IllegalArgumentException if it is anything else
     */
    public static IpPrefix parse(String text) {
        int slash = text.indexOf('/');
        if (slash < 0) {
            IpAddress address = IpAddress.parse(text);
            return new IpPrefix(address, bits(address));
        }
        String digits = text.substring(slash + 1);
        if (!digits.matches("\\d{1,3}")) {
            throw new IllegalArgumentException("not an address with a prefix length: " + text);
        }
        return new IpPrefix(IpAddress.parse(text.substring(0, slash)), Integer.parseInt(digits));
    }

    /**
     * Whether an address is in this network.
     *
     * @param inet6 whether it is an IPv6 address
     * @param hi its first half
     * @param lo its last half
     * @return true if the first {@link #length} bits are the same
     */
    public boolean contains(boolean inet6, long hi, long lo) {
        return inet6 == address.inet6()
                && ((hi ^ address.hi()) & mask(length)) == 0
                && ((lo ^ address.lo()) & mask(length - HALF)) == 0;
    }

    /**
     * Whether an address is the IPv4 broadcast address of this network.
     *
     * @param inet6 whether it is an IPv6 address
     * @param hi its first half
     * @return true if all bits behind the prefix are set and there are at least two. Source: RFC 3021
     */
    boolean broadcast(boolean inet6, long hi) {
        return !inet6
                && !address.inet6()
                && length < IPV4_BITS - 1
                && hi >>> IPV4_BITS == ((address.hi() | ~mask(length)) >>> IPV4_BITS);
    }

    /**
     * The network alone.
     *
     * @return this with the other bits 0
     */
    public IpPrefix network() {
        return new IpPrefix(
                new IpAddress(address.inet6(), address.hi() & mask(length), address.lo() & mask(length - HALF)),
                length);
    }

    /**
     * The last address of an IPv4 network.
     *
     * @return the address with the other bits 1; all neighbours have it if the network has more than two addresses
     */
    public IpAddress last() {
        return IpAddress.ipv4(address.ipv4() | (int) (~mask(length) >>> IPV4_BITS));
    }

    private static long mask(int bits) {
        return bits <= 0 ? 0 : bits >= HALF ? -1 : -1L << (HALF - bits);
    }

    @Override
    public String toString() {
        return address + "/" + length;
    }
}
