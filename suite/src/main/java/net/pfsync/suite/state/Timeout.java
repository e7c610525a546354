package net.pfsync.suite.state;

/** Indices of pf's timeouts as states carry them ({@code PFTM_*}), with OpenBSD's default in seconds beside each. */
public final class Timeout {

    /** 120 s. */
    public static final int TCP_FIRST_PACKET = 0;
    /** 30 s. */
    public static final int TCP_OPENING = 1;
    /** 86400 s. */
    public static final int TCP_ESTABLISHED = 2;
    /** 900 s. */
    public static final int TCP_CLOSING = 3;
    /** 45 s. */
    public static final int TCP_FIN_WAIT = 4;
    /** 90 s. */
    public static final int TCP_CLOSED = 5;
    /** 60 s. */
    public static final int UDP_FIRST_PACKET = 6;
    /** 30 s. */
    public static final int UDP_SINGLE = 7;
    /** 60 s. */
    public static final int UDP_MULTIPLE = 8;
    /** 20 s. */
    public static final int ICMP_FIRST_PACKET = 9;
    /** 10 s. */
    public static final int ICMP_ERROR_REPLY = 10;
    /** 60 s. */
    public static final int OTHER_FIRST_PACKET = 11;
    /** 30 s. */
    public static final int OTHER_SINGLE = 12;
    /** 60 s. */
    public static final int OTHER_MULTIPLE = 13;

    private Timeout() {}
}
