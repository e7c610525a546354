package net.pfsync.net;

/** IPv4 addresses as 32 bits, the first byte highest, and as text. */
public final class Ipv4Address {

    private static final int BYTES = 4;
    private static final int LARGEST = 255;

    private Ipv4Address() {}

    /**
     * Reads four decimal numbers.
     *
     * @param text such as {@code 192.0.2.1}
     * @return the address
     * @throws IllegalArgumentException if it is anything else
     */
    public static int parse(String text) {
        String[] parts = text.split("\\.", -1);
        int address = 0;
        for (String part : parts) {
            if (parts.length != BYTES || !part.matches("\\d{1,3}") || Integer.parseInt(part) > LARGEST) {
                throw new IllegalArgumentException("not an IPv4 address: " + text);
            }
            address = address << 8 | Integer.parseInt(part);
        }
        return address;
    }

    /**
     * Writes four decimal numbers.
     *
     * @param address the address
     * @return such as {@code 192.0.2.1}
     */
    public static String text(int address) {
        return (address >>> 24) + "." + (address >>> 16 & 0xff) + "." + (address >>> 8 & 0xff) + "." + (address & 0xff);
    }

    /**
     * Whether an address is that of a multicast group.
     *
     * @param address the address
     * @return true for 224.0.0.0 to 239.255.255.255
     */
    public static boolean multicast(int address) {
        return address >>> 28 == 0xe;
    }
}
