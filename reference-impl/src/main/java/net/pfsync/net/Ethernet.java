package net.pfsync.net;

import java.util.Arrays;

/** Ethernet framing: destination, source, type, packet, zeros up to the shortest frame. */
public final class Ethernet {

    /** Length of the header in bytes. */
    public static final int HEADER = 14;
    /** The type of IPv4. */
    public static final int IPV4 = 0x0800;
    /** The type of ARP. */
    public static final int ARP = 0x0806;
    /** The type of IPv6. */
    public static final int IPV6 = 0x86dd;
    /** The shortest frame without its check sequence. */
    public static final int SHORTEST = 60;

    private static final int TYPE = 12;

    private Ethernet() {}

    /**
     * Frames a packet.
     *
     * @param destination to whom
     * @param source from whom
     * @param packet an IPv4 packet
     * @return a new array
     */
    public static byte[] frame(MacAddress destination, MacAddress source, byte[] packet) {
        return frame(destination, source, packet, new byte[0]);
    }

    /**
     * Frames a packet with something behind it.
     *
     * @param destination to whom
     * @param source from whom
     * @param packet an IPv4 packet
     * @param trailer bytes behind the packet
     * @return a new array
     */
    public static byte[] frame(MacAddress destination, MacAddress source, byte[] packet, byte[] trailer) {
        byte[] frame = new byte[Math.max(SHORTEST, HEADER + packet.length + trailer.length)];
        destination.write(frame, 0);
        source.write(frame, MacAddress.SIZE);
        type(frame, IPV4);
        System.arraycopy(packet, 0, frame, HEADER, packet.length);
        System.arraycopy(trailer, 0, frame, HEADER + packet.length, trailer.length);
        return frame;
    }

    /**
     * To whom a frame goes.
     *
     * @param frame at least {@link #HEADER} bytes
     * @return the destination
     */
    public static MacAddress destination(byte[] frame) {
        return MacAddress.at(frame, 0);
    }

    /**
     * From whom a frame comes.
     *
     * @param frame at least {@link #HEADER} bytes
     * @return the source
     */
    public static MacAddress source(byte[] frame) {
        return MacAddress.at(frame, MacAddress.SIZE);
    }

    /**
     * What a frame carries.
     *
     * @param frame at least {@link #HEADER} bytes
     * @return the type, such as {@link #IPV4}
     */
    public static int type(byte[] frame) {
        return NetworkOrder.int16(frame, TYPE);
    }

    static void type(byte[] frame, int type) {
        NetworkOrder.put16(frame, TYPE, type);
    }

    /**
     * Fills the addresses of a frame in.
     *
     * @param frame a frame that was not sent yet
     * @param destination to whom
     * @param source from whom
     * @return the frame
     */
    public static byte[] addressed(byte[] frame, MacAddress destination, MacAddress source) {
        address(frame, destination.value(), source.value());
        return frame;
    }

    /** Writes both addresses, given as their 48 bits. */
    static void address(byte[] frame, long destination, long source) {
        NetworkOrder.put16(frame, 0, (int) (destination >>> 32));
        NetworkOrder.put32(frame, 2, (int) destination);
        NetworkOrder.put16(frame, MacAddress.SIZE, (int) (source >>> 32));
        NetworkOrder.put32(frame, MacAddress.SIZE + 2, (int) source);
    }

    /** Whether a frame goes to one station. */
    static boolean isTo(byte[] frame, MacAddress station) {
        return NetworkOrder.int16(frame, 0) == (int) (station.value() >>> 32)
                && NetworkOrder.int32(frame, 2) == (int) station.value();
    }

    /** Whether a frame goes to a group of stations or to all. */
    static boolean toGroup(byte[] frame) {
        return (frame[0] & 1) != 0;
    }

    /**
     * What is behind the header.
     *
     * @param frame at least {@link #HEADER} bytes
     * @return a copy, with whatever follows the packet
     */
    public static byte[] payload(byte[] frame) {
        return Arrays.copyOfRange(frame, HEADER, frame.length);
    }
}
