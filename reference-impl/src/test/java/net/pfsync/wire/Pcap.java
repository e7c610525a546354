package net.pfsync.wire;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The pfsync packets of a capture file: classic pcap, Ethernet. */
final class Pcap {
    private static final int FILE_HEADER = 24;
    private static final int RECORD_HEADER = 16;
    private static final int ETHERNET = 14;
    private static final int MICROSECONDS = 0xa1b2c3d4;
    private static final int NANOSECONDS = 0xa1b23c4d;

    private Pcap() {}

    /** All IPv4 packets of protocol 240, from the IP header on, without Ethernet's padding. */
    static List<byte[]> pfsync(byte[] file) {
        ByteBuffer buffer = ByteBuffer.wrap(file);
        int magic = buffer.getInt(0);
        buffer.order(magic == MICROSECONDS || magic == NANOSECONDS ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN);
        magic = buffer.getInt(0);
        if ((magic != MICROSECONDS && magic != NANOSECONDS) || buffer.getInt(20) != 1) {
            throw new IllegalArgumentException("not an Ethernet capture");
        }
        List<byte[]> packets = new ArrayList<>();
        for (int at = FILE_HEADER; at < file.length; at += RECORD_HEADER + buffer.getInt(at + 8)) {
            byte[] frame = Arrays.copyOfRange(file, at + RECORD_HEADER, at + RECORD_HEADER + buffer.getInt(at + 8));
            boolean ipv4 = ByteAccess.u16(frame, 12) == 0x0800;
            if (ipv4 && ByteAccess.u8(frame, ETHERNET + 9) == IpHeader.PFSYNC) {
                int length = ByteAccess.u16(frame, ETHERNET + 2);
                packets.add(Arrays.copyOfRange(frame, ETHERNET, ETHERNET + length));
            }
        }
        return packets;
    }
}
