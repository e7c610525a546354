package net.pfsync.net;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HexFormat;
import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class InternetChecksumTest {

    private static final HexFormat HEX = HexFormat.of();

    @Test
    void isThatOfTheExampleInRfc1071() {
        byte[] bytes = HEX.parseHex("0001f203f4f5f6f7");
        assertThat(InternetChecksum.of(bytes, 0, bytes.length)).isEqualTo(~0xddf2 & 0xffff);
    }

    @Test
    void fillsAnOddNumberOfBytesUpWithAZero() {
        byte[] bytes = HEX.parseHex("0001f203f4f5f6");
        byte[] filled = HEX.parseHex("0001f203f4f5f600");
        assertThat(InternetChecksum.of(bytes, 0, bytes.length))
                .isEqualTo(InternetChecksum.of(filled, 0, filled.length));
    }

    @Test
    void isZeroOverARecordedHeaderThatContainsIt() {
        byte[] header = HEX.parseHex("4500002600010000401163b50a0701020a070202");
        assertThat(InternetChecksum.of(header, 0, header.length)).isZero();
        header[19]++;
        assertThat(InternetChecksum.of(header, 0, header.length)).isNotZero();
    }

    @Test
    void coversTheAddressesProtocolAndLengthBeforeAPayload() {
        byte[] udp6 = HEX.parseHex(
                "60000000000b1140fd000001000000000000000000000077fd000002000000000000000000000077cf0b1389000b5dee616263");
        assertThat(InternetChecksum.ofPayload(Ip.frame(udp6), Ip.START + Ip.IPV6_HEADER, Ip.UDP))
                .isZero();
        byte[] tcp = HEX.parseHex(
                "45000034cb22400040065b050a01004d0a02004dcb221389000f4240000000008002faf03e890000020405b40101040201030307");
        assertThat(InternetChecksum.ofPayload(Ip.frame(tcp), Ip.START + Ip.IPV4_HEADER, Ip.TCP))
                .isZero();
    }

    @Property
    void followsAChangedWordAsIfItWereCalculatedAgain(
            @ForAll @Size(20) byte[] bytes, @ForAll @IntRange(min = 0, max = 9) int word, @ForAll short value) {
        int before = InternetChecksum.of(bytes, 0, bytes.length);
        int old = NetworkOrder.int16(bytes, 2 * word);
        NetworkOrder.put16(bytes, 2 * word, value);
        boolean allZero = true;
        for (byte each : bytes) {
            allZero &= each == 0;
        }
        Assume.that(!allZero);
        int after = InternetChecksum.of(bytes, 0, bytes.length);
        // 0x0000 and 0xffff are the same number, and packets that are not all zero never need the second.
        assertThat(InternetChecksum.updated(before, old, value) % 0xffff).isEqualTo(after % 0xffff);
    }
}
