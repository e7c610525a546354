package net.pfsync.suite.dump;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import net.pfsync.wire.Dialect;
import net.pfsync.wire.FrameBuilder;
import net.pfsync.wire.IpHeader;

/** A frame without an IP packet, as a pfsync interface shows it, with one around it, for the decoder. */
final class BareFrame {

    private BareFrame() {}

    static byte[] wrapped(byte[] frame) {
        byte[] ip = FrameBuilder.of(Dialect.of("v6-7.4"))
                .totalLength(IpHeader.IPV4_SIZE + frame.length)
                .truncate(IpHeader.IPV4_SIZE)
                .build();
        ByteArrayOutputStream packet = new ByteArrayOutputStream();
        packet.writeBytes(Arrays.copyOf(ip, IpHeader.IPV4_SIZE));
        packet.writeBytes(frame);
        return packet.toByteArray();
    }
}
