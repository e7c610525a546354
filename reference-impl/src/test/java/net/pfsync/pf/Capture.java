package net.pfsync.pf;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import net.pfsync.wire.Fixtures;

/** The IP packets of a recorded LAN: classic pcap, Ethernet. */
final class Capture {

    private static final int FILE_HEADER = 24;
    private static final int RECORD_HEADER = 16;
    private static final int ETHERNET = 14;
    private static final int LITTLE_ENDIAN = 0xd4c3b2a1;

    /**
     * A packet on a LAN.
     *
     * @param micros when it was seen, since 1970
     * @param lan the name of the LAN
     * @param bytes from the IP header to the end that the IP header tells
     */
    @SuppressWarnings("ArrayRecordComponent") // looked at, never compared
    record Seen(long micros, String lan, byte[] bytes) {}

    private Capture() {}

    /** All IPv4 and IPv6 packets of a file, in their order. */
    static List<Seen> packets(String file, String lan) {
        ByteBuffer buffer = ByteBuffer.wrap(Fixtures.bytes(file));
        if (buffer.getInt(0) == LITTLE_ENDIAN) {
            buffer.order(ByteOrder.LITTLE_ENDIAN);
        }
        List<Seen> packets = new ArrayList<>();
        for (int at = FILE_HEADER; at < buffer.capacity(); at += RECORD_HEADER + buffer.getInt(at + 8)) {
            int ip = at + RECORD_HEADER + ETHERNET;
            int type = Short.toUnsignedInt(buffer.order(ByteOrder.BIG_ENDIAN).getShort(ip - 2));
            int length = type == 0x0800 ? buffer.getShort(ip + 2) : type == 0x86dd ? 40 + buffer.getShort(ip + 4) : 0;
            buffer.order(buffer.getInt(0) == LITTLE_ENDIAN ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
            if (length > 0) {
                long micros = buffer.getInt(at) * 1_000_000L + buffer.getInt(at + 4);
                packets.add(new Seen(micros, lan, Arrays.copyOfRange(buffer.array(), ip, ip + length)));
            }
        }
        return packets;
    }
}
