package net.pfsync.pf;

/**
 * The addresses and ports by which packets find their states, on one side of a translation.
 *
 * <p>Slot 0 and slot 1 are in wire order: for a state of direction in the initiator is in slot 0, for out in slot 1. Ports are in host
 * order; the 16 bytes of an address are two longs in network order, of which IPv4 uses the first four bytes. What lies behind
 * an IPv4 address is not part of the key.
 *
 * <p>A key is a value: it never changes once it is in a {@link StateTable}, which keeps one object for all states with the same key.
 */
public final class StateKey {

    private static final long IPV4_MASK = 0xffffffff00000000L;
    private static final int INET = 2;
    private static final long LOW_32_BITS = 0xffffffffL;

    /** First address, first eight bytes. */
    public final long address0Hi;
    /** First address, last eight bytes. */
    public final long address0Lo;
    /** Second address, first eight bytes. */
    public final long address1Hi;
    /** Second address, last eight bytes. */
    public final long address1Lo;

    /** Both ports, the first one high. */
    final int ports;
    /** Routing domain, address family and protocol, 16, 8 and 8 bits. */
    final int rdomainAfProto;

    /** The states with this key, a chain through {@link State#nextOnWire} and {@link State#nextOnStack}; the table's. */
    State first;

    /**
     * Makes a key.
     *
     * @param inet6 true if the addresses are IPv6; otherwise all but their first four bytes is dropped
     * @param af the address family as the release numbers it
     * @param proto IP protocol, 0 to 255
     * @param rdomain routing domain, 0 to 65535
     * @param address0Hi see {@link #address0Hi}
     * @param address0Lo see {@link #address0Lo}
     * @param address1Hi see {@link #address1Hi}
     * @param address1Lo see {@link #address1Lo}
     * @param port0 port or ICMP id of the first address, 0 to 65535
     * @param port1 port or ICMP type of the second address, 0 to 65535
     */
    public StateKey(
            boolean inet6,
            int af,
            int proto,
            int rdomain,
            long address0Hi,
            long address0Lo,
            long address1Hi,
            long address1Lo,
            int port0,
            int port1) {
        this.address0Hi = inet6 ? address0Hi : address0Hi & IPV4_MASK;
        this.address0Lo = inet6 ? address0Lo : 0;
        this.address1Hi = inet6 ? address1Hi : address1Hi & IPV4_MASK;
        this.address1Lo = inet6 ? address1Lo : 0;
        this.ports = ports(port0, port1);
        this.rdomainAfProto = rdomainAfProto(rdomain, af, proto);
    }

    static int ports(int port0, int port1) {
        return (port0 << 16) | (port1 & 0xffff);
    }

    static int rdomainAfProto(int rdomain, int af, int proto) {
        return (rdomain << 16) | ((af & 0xff) << 8) | (proto & 0xff);
    }

    /**
     * The address of one slot, first eight bytes.
     *
     * @param slot 0 or 1
     * @return in network order
     */
    public long addressHi(int slot) {
        return slot == 0 ? address0Hi : address1Hi;
    }

    /**
     * The address of one slot, last eight bytes.
     *
     * @param slot 0 or 1
     * @return in network order, 0 for IPv4
     */
    public long addressLo(int slot) {
        return slot == 0 ? address0Lo : address1Lo;
    }

    /**
     * The port of one slot.
     *
     * @param slot 0 or 1
     * @return 0 to 65535
     */
    public int port(int slot) {
        return slot == 0 ? ports >>> 16 : ports & 0xffff;
    }

    /**
     * The address family of this side.
     *
     * @return as the release numbers it: 2, and 24 or 28
     */
    public int af() {
        return rdomainAfProto >>> 8 & 0xff;
    }

    /**
     * The routing domain of this side.
     *
     * @return 0 to 65535
     */
    public int rdomain() {
        return rdomainAfProto >>> 16;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof StateKey key
                && ports == key.ports
                && rdomainAfProto == key.rdomainAfProto
                && address0Hi == key.address0Hi
                && address1Hi == key.address1Hi
                && address0Lo == key.address0Lo
                && address1Lo == key.address1Lo;
    }

    /** Every bit of every field reaches the low bits, which are what a table's slots are chosen by. */
    @Override
    public int hashCode() {
        return hash(address0Hi, address0Lo, address1Hi, address1Lo, ports, rdomainAfProto);
    }

    /** The hash of a key with these parts, so that a probe finds it. */
    static int hash(long address0Hi, long address0Lo, long address1Hi, long address1Lo, int ports, int rdomainAfProto) {
        long mixed = (address0Hi ^ (ports & LOW_32_BITS)) * 0x9e3779b97f4a7c15L;
        mixed = (mixed ^ mixed >>> 29 ^ address1Hi ^ (rdomainAfProto & LOW_32_BITS)) * 0xbf58476d1ce4e5b9L;
        mixed = (mixed ^ mixed >>> 32 ^ address0Lo ^ Long.rotateLeft(address1Lo, 17)) * 0x94d049bb133111ebL;
        mixed = (mixed ^ mixed >>> 29) * 0x9e3779b97f4a7c15L;
        return (int) (mixed >>> 32);
    }

    /** Protocol, addresses and ports: {@code 6 192.0.2.1,1025 198.51.100.2,443}. */
    @Override
    public String toString() {
        boolean inet6 = ((rdomainAfProto >>> 8) & 0xff) != INET;
        return "%d %s,%d %s,%d"
                .formatted(
                        rdomainAfProto & 0xff,
                        AddressRange.of(inet6, address0Hi, address0Lo),
                        ports >>> 16,
                        AddressRange.of(inet6, address1Hi, address1Lo),
                        ports & 0xffff);
    }
}
