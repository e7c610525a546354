package net.pfsync.suite.state;

/** Numbers of TCP states in a peer ({@code TCPS_*}); 11 and 12 are pf's own, for a proxied handshake. */
public final class TcpState {

    public static final int CLOSED = 0;
    public static final int LISTEN = 1;
    public static final int SYN_SENT = 2;
    public static final int SYN_RECEIVED = 3;
    public static final int ESTABLISHED = 4;
    public static final int CLOSE_WAIT = 5;
    public static final int FIN_WAIT_1 = 6;
    public static final int CLOSING = 7;
    public static final int LAST_ACK = 8;
    public static final int FIN_WAIT_2 = 9;
    public static final int TIME_WAIT = 10;
    public static final int PROXY_SRC = 11;
    public static final int PROXY_DST = 12;

    private TcpState() {}
}
