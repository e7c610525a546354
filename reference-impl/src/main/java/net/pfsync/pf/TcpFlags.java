package net.pfsync.pf;

/** The flags of a TCP header. Source: RFC 9293, 3.1. */
public final class TcpFlags {

    /** No more data from the sender. */
    public static final int FIN = 0x01;
    /** Synchronize sequence numbers. */
    public static final int SYN = 0x02;
    /** Reset the connection. */
    public static final int RST = 0x04;
    /** Push. */
    public static final int PSH = 0x08;
    /** The acknowledgement number counts. */
    public static final int ACK = 0x10;
    /** The urgent pointer counts. */
    public static final int URG = 0x20;

    private TcpFlags() {}
}
