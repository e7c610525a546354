package net.pfsync.net;

import java.util.stream.IntStream;

/**
 * A question or an answer of ARP about IPv4 on Ethernet. Source: RFC 826.
 *
 * <pre>
 *   14 hardware type 1 | 16 protocol 0x0800 | 18 lengths 6, 4 | 20 operation
 *   22 sender's Ethernet address | 28 sender's IPv4 address | 32 target's Ethernet address | 38 target's IPv4 address
 * </pre>
 *
 * @param request whether it asks
 * @param mac the sender's Ethernet address
 * @param sender the sender's IPv4 address, the first byte highest; 0 if it has none
 * @param targetMac the target's Ethernet address; all zeros in a question
 * @param target the IPv4 address that is asked for, or of the one who asked
 */
public record ArpMessage(boolean request, MacAddress mac, int sender, MacAddress targetMac, int target) {

    private static final MacAddress NOT_KNOWN = new MacAddress(0);

    private static final int HARDWARE = 14;
    private static final int PROTOCOL = 16;
    private static final int LENGTHS = 18;
    private static final int OPERATION = 20;
    private static final int SENDER_MAC = 22;
    private static final int SENDER_IP = 28;
    private static final int TARGET_MAC = 32;
    private static final int TARGET_IP = 38;
    private static final int END = 42;

    private static final int HARDWARE_ETHERNET = 1;
    private static final int LENGTHS_ETHERNET_IPV4 = 0x0604;
    private static final int REQUEST = 1;
    private static final int REPLY = 2;

    /**
     * A question.
     *
     * @param mac who asks
     * @param sender his IPv4 address
     * @param wanted the address whose owner is to answer
     * @return the message
     */
    public static ArpMessage question(MacAddress mac, int sender, int wanted) {
        return new ArpMessage(true, mac, sender, NOT_KNOWN, wanted);
    }

    /**
     * Reads a message.
     *
     * @param frame any frame
     * @return null if it is not a sound message, or its sender a group or nobody
     */
    public static ArpMessage in(byte[] frame) {
        if (frame.length < END || Ethernet.type(frame) != Ethernet.ARP) {
            return null;
        }
        int operation = NetworkOrder.int16(frame, OPERATION);
        MacAddress mac = MacAddress.at(frame, SENDER_MAC);
        boolean sound = NetworkOrder.int16(frame, HARDWARE) == HARDWARE_ETHERNET
                && NetworkOrder.int16(frame, PROTOCOL) == Ethernet.IPV4
                && NetworkOrder.int16(frame, LENGTHS) == LENGTHS_ETHERNET_IPV4
                && (operation == REQUEST || operation == REPLY)
                && !mac.group()
                && !mac.equals(NOT_KNOWN);
        return sound
                ? new ArpMessage(
                        operation == REQUEST,
                        mac,
                        NetworkOrder.int32(frame, SENDER_IP),
                        MacAddress.at(frame, TARGET_MAC),
                        NetworkOrder.int32(frame, TARGET_IP))
                : null;
    }

    /**
     * What a station answers that has addresses.
     *
     * @param own the station's Ethernet address
     * @param addresses its IPv4 addresses
     * @return the answer; null if this does not ask for any of the addresses
     */
    public ArpMessage answer(MacAddress own, int... addresses) {
        return request && IntStream.of(addresses).anyMatch(one -> one == target)
                ? new ArpMessage(
                        false, /* mac= */ own, /* sender= */ target, /* targetMac= */ mac, /* target= */ sender)
                : null;
    }

    /**
     * The message in a frame.
     *
     * @param destination to whom
     * @return a new array
     */
    public byte[] frame(MacAddress destination) {
        byte[] frame = new byte[Ethernet.SHORTEST];
        destination.write(frame, 0);
        mac.write(frame, MacAddress.SIZE);
        Ethernet.type(frame, Ethernet.ARP);
        NetworkOrder.put16(frame, HARDWARE, HARDWARE_ETHERNET);
        NetworkOrder.put16(frame, PROTOCOL, Ethernet.IPV4);
        NetworkOrder.put16(frame, LENGTHS, LENGTHS_ETHERNET_IPV4);
        NetworkOrder.put16(frame, OPERATION, request ? REQUEST : REPLY);
        mac.write(frame, SENDER_MAC);
        NetworkOrder.put32(frame, SENDER_IP, sender);
        targetMac.write(frame, TARGET_MAC);
        NetworkOrder.put32(frame, TARGET_IP, target);
        return frame;
    }
}
