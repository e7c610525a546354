package net.pfsync.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** IPv4 and Ethernet addresses, as numbers and as text. */
class AddressTest {

    @Property(tries = 200)
    void readsEveryIpv4AddressThatItWrites(@ForAll int address) {
        assertThat(Ipv4Address.parse(Ipv4Address.text(address))).isEqualTo(address);
    }

    @ParameterizedTest
    @CsvSource({"0.0.0.0, 0", "10.0.0.1, a000001", "224.0.0.240, e00000f0", "255.255.255.255, ffffffff"})
    void readsAnIpv4AddressWithItsFirstByteHighest(String text, String hex) {
        assertThat(Ipv4Address.parse(text)).isEqualTo(Integer.parseUnsignedInt(hex, 16));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "10.0.0",
                "10.0.0.1.2",
                "10.0.0.256",
                "10.0.0.-1",
                "10.0.0.1 ",
                "10.0..1",
                "a.b.c.d",
                "1.2.3.0004"
            })
    void refusesWhatIsNoIpv4AddressAndSaysWhatItWas(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Ipv4Address.parse(text))
                .withMessageContaining(text);
    }

    @ParameterizedTest
    @CsvSource({"223.255.255.255, false", "224.0.0.0, true", "239.255.255.255, true", "240.0.0.0, false"})
    void knowsMulticastGroups(String text, boolean multicast) {
        assertThat(Ipv4Address.multicast(Ipv4Address.parse(text))).isEqualTo(multicast);
    }

    @Property(tries = 200)
    void readsEveryEthernetAddressThatItWrites(@ForAll @LongRange(min = 0, max = 0xffff_ffff_ffffL) long value) {
        MacAddress address = new MacAddress(value);
        assertThat(MacAddress.parse(address.toString())).isEqualTo(address);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "00:00:5e:00:53", "00:00:5e:00:53:01:02", "00-00-5e-00-53-01", "zz:00:5e:00:53:01"})
    void refusesWhatIsNoEthernetAddress(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> MacAddress.parse(text));
    }

    @Test
    void mapsAGroupToItsEthernetAddress() {
        assertThat(MacAddress.multicast(Ipv4Address.parse("224.0.0.240"))).hasToString("01:00:5e:00:00:f0");
        assertThat(MacAddress.multicast(Ipv4Address.parse("239.255.1.2"))).hasToString("01:00:5e:7f:01:02");
    }

    @Test
    void tellsGroupsFromStations() {
        assertThat(MacAddress.BROADCAST.group()).isTrue();
        assertThat(MacAddress.parse("01:00:5e:00:00:f0").group()).isTrue();
        assertThat(MacAddress.parse("00:00:5e:00:53:01").group()).isFalse();
    }
}
