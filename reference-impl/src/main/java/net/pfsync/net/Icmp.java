package net.pfsync.net;

/**
 * ICMP and ICMPv6 headers: one byte type, one byte code, checksum, four bytes that depend on the type, and what follows.
 *
 * <p>Sources: RFC 792, RFC 1191 (MTU of the next hop), RFC 4443.
 */
public final class Icmp {

    /** Length of the header. */
    public static final int HEADER = 8;

    static final int ECHO_REPLY = 0;
    static final int UNREACHABLE = 3;
    static final int QUENCH = 4;
    static final int REDIRECT = 5;
    static final int ECHO = 8;
    static final int TIME_EXCEEDED = 11;
    static final int PARAMETER_PROBLEM = 12;

    static final int UNREACHABLE6 = 1;
    static final int TOO_BIG6 = 2;
    static final int TIME_EXCEEDED6 = 3;
    static final int ECHO6 = 128;
    static final int ECHO_REPLY6 = 129;
    static final int REDIRECT6 = 137;
    private static final int FIRST_QUERY6 = 128;

    private Icmp() {}

    /**
     * Makes a message and its checksum.
     *
     * @param source from whom
     * @param destination to whom
     * @param type its type
     * @param code its code
     * @param rest the four bytes behind the checksum
     * @param body where the bytes behind the header are copied from
     * @param at the first of them
     * @param length how many
     * @return a new frame, see {@link Ip}
     */
    static byte[] make(
            IpAddress source, IpAddress destination, int type, int code, int rest, byte[] body, int at, int length) {
        int protocol = source.inet6() ? Ip.ICMPV6 : Ip.ICMP;
        byte[] frame = Ip.make(source, destination, protocol, HEADER + length);
        int start = Ip.payload(frame);
        frame[start] = (byte) type;
        frame[start + 1] = (byte) code;
        NetworkOrder.put32(frame, start + 4, rest);
        System.arraycopy(body, at, frame, start + HEADER, length);
        NetworkOrder.put16(frame, start + 2, checksum(frame, start));
        return frame;
    }

    /**
     * Makes an echo request.
     *
     * @param source from whom
     * @param destination to whom, of the same family
     * @param id its identifier, 16 bits
     * @param sequence its sequence number, 16 bits
     * @param body what is to come back
     * @return a new frame, see {@link Ip}
     */
    public static byte[] echo(IpAddress source, IpAddress destination, int id, int sequence, byte[] body) {
        int type = source.inet6() ? ECHO6 : ECHO;
        return make(source, destination, type, 0, id << 16 | (sequence & 0xffff), body, 0, body.length);
    }

    /**
     * Whether a message is an answer to an echo request.
     *
     * @param frame a frame with an ICMP or ICMPv6 packet that the stack handed on
     * @return true if it is
     */
    public static boolean echoReply(byte[] frame) {
        int type = NetworkOrder.int8(frame, Ip.payload(frame));
        return type == (Ip.inet6(frame) ? ECHO_REPLY6 : ECHO_REPLY);
    }

    /** The checksum of the message of a frame; 0 if it contains its own and is sound. */
    static int checksum(byte[] frame, int start) {
        return Ip.inet6(frame)
                ? InternetChecksum.ofPayload(frame, start, Ip.ICMPV6)
                : InternetChecksum.of(frame, start, Ip.end(frame) - start);
    }

    /** Whether a type of ICMP reports something about another packet. */
    static boolean error(int type) {
        return type == UNREACHABLE
                || type == QUENCH
                || type == REDIRECT
                || type == TIME_EXCEEDED
                || type == PARAMETER_PROBLEM;
    }

    /** Whether a type of ICMPv6 reports something about another packet. */
    static boolean error6(int type) {
        return type < FIRST_QUERY6 || type == REDIRECT6;
    }
}
