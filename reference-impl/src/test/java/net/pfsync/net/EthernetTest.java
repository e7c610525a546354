package net.pfsync.net;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.HexFormat;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

/** Frames around packets. */
class EthernetTest {

    private static final MacAddress HERE = MacAddress.parse("00:00:5e:00:53:01");
    private static final MacAddress THERE = MacAddress.parse("00:00:5e:00:53:02");

    @Test
    void putsDestinationSourceAndTypeInFrontOfThePacket() {
        byte[] frame = Ethernet.frame(THERE, HERE, new byte[] {0x45, 1, 2});
        assertThat(HexFormat.of().formatHex(frame)).startsWith("00005e00530200005e0053010800450102");
        assertThat(Ethernet.destination(frame)).isEqualTo(THERE);
        assertThat(Ethernet.source(frame)).isEqualTo(HERE);
        assertThat(Ethernet.type(frame)).isEqualTo(Ethernet.IPV4);
    }

    @Test
    void fillsAShortFrameUpWithZeros() {
        byte[] frame = Ethernet.frame(THERE, HERE, new byte[] {1});
        assertThat(frame).hasSize(Ethernet.SHORTEST);
        assertThat(Arrays.copyOfRange(frame, Ethernet.HEADER + 1, frame.length)).containsOnly(0);
    }

    @Test
    void putsATrailerRightBehindThePacket() {
        byte[] frame = Ethernet.frame(THERE, HERE, new byte[50], new byte[] {7, 8});
        assertThat(frame).hasSize(Ethernet.HEADER + 52).endsWith(7, 8);
    }

    @Property(tries = 100)
    void givesBackEveryPacketThatIsLongEnough(@ForAll @Size(min = 46, max = 1500) byte[] packet) {
        assertThat(Ethernet.payload(Ethernet.frame(THERE, HERE, packet))).isEqualTo(packet);
    }
}
