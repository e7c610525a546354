package net.pfsync.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;

/** Addresses go to text and back. */
class AddressesTest {
    @Property
    void anyIpv6AddressSurvivesBothForms(@ForAll @Size(16) byte[] address) {
        assertThat(Addresses.parse(Addresses.text6(address, 0))).isEqualTo(address);
        assertThat(Addresses.parse(Addresses.shortText6(address, 0))).isEqualTo(address);
    }

    @Property
    void anyIpv6AddressWithManyZerosSurvivesBothForms(@ForAll short groups, @ForAll @Size(16) byte[] address) {
        for (int i = 0; i < 8; i++) {
            if ((groups & 1 << i) != 0) {
                ByteAccess.put16(address, 2 * i, 0);
            }
        }
        assertThat(Addresses.parse(Addresses.text6(address, 0))).isEqualTo(address);
        assertThat(Addresses.parse(Addresses.shortText6(address, 0))).isEqualTo(address);
    }

    @Property
    void anyIpv4AddressSurvives(@ForAll @Size(4) byte[] address) {
        assertThat(Addresses.parse(Addresses.text4(address, 0))).isEqualTo(address);
    }

    @Example
    void theShortFormLeavesOutTheLongestRowOfZeros() {
        assertThat(shortForm("2001:db8:0:0:1:0:0:0")).isEqualTo("2001:db8:0:0:1::");
        assertThat(shortForm("ff12:0:0:0:0:0:0:f0")).isEqualTo("ff12::f0");
        assertThat(shortForm("0:0:0:0:0:0:0:0")).isEqualTo("::");
        assertThat(shortForm("1:0:2:3:4:5:6:7")).isEqualTo("1:0:2:3:4:5:6:7");
    }

    @Example
    void whatIsNoAddressIsRefused() {
        for (String text : new String[] {
            "",
            "1.2.3",
            "1.2.3.256",
            "1.2.3.4.5",
            "1.2.3.a",
            ":",
            "1:2:3:4:5:6:7",
            "1:2:3:4:5:6:7:8:9",
            "::1::",
            "12345::",
            "g::",
            "1:2:3:4:5:6:7::8:9",
            "localhost",
            "1..2.3",
            "\u0661.1.1.1"
        }) {
            assertThatThrownBy(() -> Addresses.parse(text)).as(text).isInstanceOf(IllegalArgumentException.class);
        }
    }

    private static String shortForm(String text) {
        return Addresses.shortText6(Addresses.parse(text), 0);
    }
}
