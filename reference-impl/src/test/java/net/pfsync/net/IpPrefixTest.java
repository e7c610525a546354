package net.pfsync.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class IpPrefixTest {

    @ParameterizedTest
    @CsvSource({
        "192.0.2.1/24, 192.0.2.255, true",
        "192.0.2.1/24, 192.0.3.0, false",
        "192.0.2.129/25, 192.0.2.127, false",
        "192.0.2.1, 192.0.2.1, true",
        "192.0.2.1, 192.0.2.2, false",
        "0.0.0.0/0, 203.0.113.9, true",
        "0.0.0.0/0, 2001:db8::1, false",
        "::/0, 2001:db8::1, true",
        "::/0, 203.0.113.9, false",
        "2001:db8::1/64, 2001:db8::ffff:0:0:1, true",
        "2001:db8::1/64, 2001:db8:0:1::1, false",
        "2001:db8::1/65, 2001:db8::8000:0:0:1, false",
        "2001:db8::1/128, 2001:db8::1, true",
        "2001:db8::1/128, 2001:db8::2, false",
        "2001:db8::1/32, 2001:db9::1, false",
    })
    void containsTheAddressesThatBeginAlike(String prefix, String address, boolean inside) {
        IpAddress asked = IpAddress.parse(address);
        assertThat(IpPrefix.parse(prefix).contains(asked.inet6(), asked.hi(), asked.lo()))
                .isEqualTo(inside);
    }

    @ParameterizedTest
    @CsvSource({
        "192.0.2.1/24, 192.0.2.255, true",
        "192.0.2.1/24, 192.0.2.254, false",
        "192.0.2.1/25, 192.0.2.127, true",
        "192.0.2.0/31, 192.0.2.1, false",
        "192.0.2.1/32, 192.0.2.1, false",
        "10.0.0.1/8, 10.255.255.255, true",
    })
    void hasABroadcastAddressIfThereIsRoomForOne(String prefix, String address, boolean broadcast) {
        assertThat(IpPrefix.parse(prefix)
                        .broadcast(false, IpAddress.parse(address).hi()))
                .isEqualTo(broadcast);
    }

    @Test
    void hasNoBroadcastAddressInIpv6() {
        IpPrefix prefix = IpPrefix.parse("ffff:ffff:ffff::/24");
        assertThat(prefix.broadcast(true, -1)).isFalse();
        assertThat(prefix.broadcast(false, -1)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"192.0.2.1/33", "192.0.2.1/", "192.0.2.1/-1", "192.0.2.1/a", "::/129", "/24", "x/24"})
    void refusesWhatIsNotOne(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> IpPrefix.parse(text));
    }
}
