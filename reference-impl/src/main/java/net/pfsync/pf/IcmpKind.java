package net.pfsync.pf;

/**
 * What a type of ICMP message is to pf: a query, the reply to one, an error about another packet, or none of these.
 *
 * <p>Source: RFC 792, RFC 950, RFC 4443, RFC 4861, RFC 2710; that pf keeps the type of the query in the key: {@code WIRE.md} 5.3.
 *
 * @param query the type of the query, for its reply too: what the key holds
 * @param reply whether it goes from the one that was asked to the one who asked
 * @param error whether it is about a packet that it contains
 * @param identity by what a query and its reply belong together
 */
public record IcmpKind(int query, boolean reply, boolean error, Identity identity) {

    /** By what a query and its reply belong together. */
    public enum Identity {
        /** By nothing but the addresses. */
        NONE,
        /** By the 16-bit id behind the checksum. */
        ID,
        /** By the address that is asked for. */
        TARGET
    }

    private static final IcmpKind[] V4 = new IcmpKind[256];
    private static final IcmpKind[] V6 = new IcmpKind[256];

    static {
        for (int type = 0; type < 256; type++) {
            V4[type] = new IcmpKind(type, false, false, Identity.NONE);
            V6[type] = V4[type];
        }
        pair(V4, 8, 0, Identity.ID);
        pair(V4, 13, 14, Identity.ID);
        pair(V4, 15, 16, Identity.ID);
        pair(V4, 17, 18, Identity.ID);
        pair(V4, 10, 9, Identity.NONE);
        errors(V4, 3, 4, 5, 11, 12);
        pair(V6, 128, 129, Identity.ID);
        pair(V6, 130, 131, Identity.NONE);
        pair(V6, 133, 134, Identity.NONE);
        pair(V6, 135, 136, Identity.TARGET);
        pair(V6, 139, 140, Identity.ID);
        errors(V6, 1, 2, 3, 4);
    }

    private static void pair(IcmpKind[] kinds, int query, int reply, Identity identity) {
        kinds[query] = new IcmpKind(query, false, false, identity);
        kinds[reply] = new IcmpKind(query, true, false, identity);
    }

    private static void errors(IcmpKind[] kinds, int... types) {
        for (int type : types) {
            kinds[type] = new IcmpKind(type, false, true, Identity.NONE);
        }
    }

    /**
     * The kind of a type.
     *
     * @param inet6 whether it is ICMPv6
     * @param type 0 to 255
     * @return never null, always the same object
     */
    public static IcmpKind of(boolean inet6, int type) {
        return (inet6 ? V6 : V4)[type];
    }
}
