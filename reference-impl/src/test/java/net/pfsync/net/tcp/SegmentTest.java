package net.pfsync.net.tcp;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.pfsync.net.Ip;
import net.pfsync.net.IpAddress;
import org.junit.jupiter.api.Test;

class SegmentTest {

    /** The SYN of OpenBSD 7.6's recording {@code s10-no-reaction-tcp-syn-trial-2}. */
    private static final byte[] RECORDED_SYN = HexFormat.of()
            .parseHex(
                    "45000034cb22400040065b050a01004d0a02004dcb221389000f4240000000008002faf03e890000020405b4010104020103"
                        + "0307");

    private static final ConnectionId ID =
            new ConnectionId(IpAddress.parse("2001:db8::1"), 49152, IpAddress.parse("2001:db8::2"), 80);

    private final Segment segment = new Segment();

    /** A segment with options and data, from the remote end to the local one. */
    private static Segment made() {
        Segment made = Segment.make(0xfffffff0, 7, Segment.SYN | Segment.ACK, 500);
        made.mss = 1440;
        made.shift = 7;
        made.dataLength = 10;
        byte[] frame = made.layOut(ID);
        Arrays.fill(frame, made.dataAt, made.dataAt + 10, (byte) 0x78);
        made.seal();
        return made;
    }

    @Test
    void readsARecordedSyn() {
        assertThat(segment.parse(Ip.frame(RECORDED_SYN))).isTrue();
        assertThat(segment.sourcePort).isEqualTo(52002);
        assertThat(segment.destinationPort).isEqualTo(5001);
        assertThat(segment.sequence).isEqualTo(1_000_000);
        assertThat(segment.flags).isEqualTo(Segment.SYN);
        assertThat(segment.window).isEqualTo(64240);
        assertThat(segment.mss).isEqualTo(1460);
        assertThat(segment.shift).isEqualTo(7);
        assertThat(segment.dataLength).isZero();
        assertThat(segment.length()).isEqualTo(1);
    }

    @Test
    void readsWhatItMakes() {
        Segment made = made();
        assertThat(segment.parse(made.frame)).isTrue();
        assertThat(segment.sequence).isEqualTo(0xfffffff0);
        assertThat(segment.acknowledgement).isEqualTo(7);
        assertThat(segment.flags).isEqualTo(Segment.SYN | Segment.ACK);
        assertThat(segment.mss).isEqualTo(1440);
        assertThat(segment.shift).isEqualTo(7);
        assertThat(segment.dataLength).isEqualTo(10);
        assertThat(segment.frame[segment.dataAt + 9]).isEqualTo((byte) 0x78);
        assertThat(segment.length()).isEqualTo(11);
    }

    @Test
    void hasNoOptionsUnlessTheyAreGiven() {
        Segment bare = Segment.make(1, 2, Segment.ACK, 3);
        bare.layOut(ID);
        bare.seal();
        assertThat(Ip.length(bare.frame)).isEqualTo(Ip.IPV6_HEADER + 20);
        assertThat(segment.parse(bare.frame)).isTrue();
        assertThat(segment.mss).isZero();
        assertThat(segment.shift).isEqualTo(Segment.NO_SHIFT);
    }

    @Test
    void isNotSoundIfAnyBitIsTurned() {
        byte[] frame = made().frame;
        for (int at = Ip.payload(frame); at < Ip.end(frame); at++) {
            byte[] turned = frame.clone();
            turned[at] ^= 0x10;
            assertThat(segment.parse(turned)).as("byte %d", at).isFalse();
        }
    }

    @Test
    void takesNoShiftAbove14() {
        Segment made = made();
        made.shift = 200;
        made.layOut(ID);
        made.seal();
        assertThat(segment.parse(made.frame)).isTrue();
        assertThat(segment.shift).isEqualTo(14);
    }

    @Property
    void bearsAnyBytesBehindAnIpHeader(@ForAll long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        byte[] payload = new byte[random.nextInt(100)];
        random.nextBytes(payload);
        byte[] frame = Ip.make(ID.local(), ID.remote(), Ip.TCP, payload.length);
        System.arraycopy(payload, 0, frame, Ip.payload(frame), payload.length);
        if (payload.length >= 20) {
            segment.frame = frame;
            segment.seal();
        }
        segment.parse(frame);
    }
}
