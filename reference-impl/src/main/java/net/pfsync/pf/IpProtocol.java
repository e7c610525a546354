package net.pfsync.pf;

/** Numbers of the IP protocols that pf treats in their own way. Source: IANA, "Protocol Numbers". */
public final class IpProtocol {

    /** ICMP. */
    public static final int ICMP = 1;
    /** TCP. */
    public static final int TCP = 6;
    /** UDP. */
    public static final int UDP = 17;
    /** ICMP for IPv6. */
    public static final int ICMPV6 = 58;
    /** pfsync, whose states are never announced. */
    public static final int PFSYNC = 240;

    static final int HOP_BY_HOP = 0;
    static final int ROUTING = 43;
    static final int FRAGMENT = 44;
    static final int AUTHENTICATION = 51;
    static final int DESTINATION_OPTIONS = 60;

    private IpProtocol() {}
}
