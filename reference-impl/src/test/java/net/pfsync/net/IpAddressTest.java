package net.pfsync.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class IpAddressTest {

    @ParameterizedTest
    @CsvSource({
        "192.0.2.1, 192.0.2.1",
        "::, ::",
        "::1, ::1",
        "2001:DB8::1, 2001:db8::1",
        "2001:db8:0:0:1:0:0:1, 2001:db8::1:0:0:1",
        "2001:db8:0:1:1:1:1:1, 2001:db8:0:1:1:1:1:1",
        "1:2:3:4:5:6:7:8, 1:2:3:4:5:6:7:8",
        "1::, 1::",
        "fe80:0000:0000:0000:0001:0000:0000:0000, fe80::1:0:0:0",
    })
    void isWrittenAsRfc5952Says(String text, String written) {
        assertThat(IpAddress.parse(text)).hasToString(written);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "192.0.2",
                "192.0.2.256",
                "host",
                ":",
                ":::",
                "1::2::3",
                "1:2:3:4:5:6:7",
                "1:2:3:4:5:6:7:8:9",
                "1:2:3:4:5:6:7::8",
                "12345::",
                "g::",
                "::192.0.2.1",
                "fe80::1%em0",
            })
    void refusesWhatIsNotAnAddress(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> IpAddress.parse(text))
                .withMessageContaining("not an IPv");
    }

    @Property
    void readsWhatItWrites(@ForAll long hi, @ForAll long lo, @ForAll int ipv4) {
        IpAddress six = new IpAddress(true, hi, lo);
        assertThat(IpAddress.parse(six.toString())).isEqualTo(six);
        assertThat(IpAddress.parse(IpAddress.ipv4(ipv4).toString()).ipv4()).isEqualTo(ipv4);
    }

    @ParameterizedTest
    @CsvSource("34:56:78:9a:bc:de, fe80::3656:78ff:fe9a:bcde")
    void isMadeFromAnEthernetAddressAsInAppendixAOfRfc4291(String station, String linkLocal) {
        IpAddress made = IpAddress.linkLocal(MacAddress.parse(station));
        assertThat(made).hasToString(linkLocal);
        assertThat(made.linkLocal()).isTrue();
        assertThat(IpAddress.parse("fec0::1").linkLocal()).isFalse();
        assertThat(IpAddress.parse("254.128.0.1").linkLocal()).isFalse();
    }

    @ParameterizedTest
    @CsvSource("4037::1:800:200e:8c6c, ff02::1:ff0e:8c6c, 33:33:ff:0e:8c:6c")
    void isLookedForInTheGroupThatRfc4291Names(String address, String group, String station) {
        IpAddress solicited = IpAddress.parse(address).solicitedNode();
        assertThat(solicited).hasToString(group);
        assertThat(MacAddress.multicast6(solicited.lo())).hasToString(station);
    }
}
