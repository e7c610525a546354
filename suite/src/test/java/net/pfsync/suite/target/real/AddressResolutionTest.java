package net.pfsync.suite.target.real;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import net.pfsync.net.ArpMessage;
import net.pfsync.net.Ethernet;
import net.pfsync.net.Ipv4Address;
import net.pfsync.net.Link;
import net.pfsync.net.MacAddress;
import net.pfsync.net.VirtualLan;
import net.pfsync.time.VirtualTime;
import org.junit.jupiter.api.Test;

/** The probe at 10.9.0.9, and one station beside it that says what it wants. */
class AddressResolutionTest {

    private static final MacAddress OURS = MacAddress.parse("00:00:5e:00:53:09");
    private static final MacAddress HIS = MacAddress.parse("00:00:5e:00:53:01");
    private static final MacAddress OTHER = MacAddress.parse("00:00:5e:00:53:02");
    private static final int OWN = Ipv4Address.parse("10.9.0.9");
    private static final int WANTED = Ipv4Address.parse("10.9.0.1");

    private final VirtualTime time = new VirtualTime(0);
    private final VirtualLan lan = new VirtualLan(time, Duration.ofMillis(1));
    private final Link link = lan.attach("probe", OURS);
    private final Link station = lan.attach("station", HIS);
    private final List<byte[]> heard = new ArrayList<>();
    private final AddressResolution addresses = new AddressResolution(link, OWN);

    AddressResolutionTest() {
        link.onReceive(addresses::heard);
        station.onReceive(heard::add);
    }

    private List<byte[]> said(byte[]... frames) {
        heard.clear();
        for (byte[] frame : frames) {
            station.send(frame);
        }
        time.advance(Duration.ofMillis(10));
        return List.copyOf(heard);
    }

    private static byte[] answer(MacAddress mac, int sender, MacAddress to) {
        return new ArpMessage(false, mac, sender, OURS, OWN).frame(to);
    }

    @Test
    void answersForItsAddressAloneAndToTheOneWhoAsked() {
        List<byte[]> replies = said(
                ArpMessage.question(HIS, WANTED, OWN - 1).frame(MacAddress.BROADCAST),
                ArpMessage.question(HIS, WANTED, OWN).frame(MacAddress.BROADCAST));

        assertThat(replies).singleElement().satisfies(reply -> {
            assertThat(Ethernet.destination(reply)).isEqualTo(HIS);
            assertThat(ArpMessage.in(reply)).isEqualTo(new ArpMessage(false, OURS, OWN, HIS, WANTED));
        });
    }

    @Test
    void asksAllStationsAndLearnsFromTheAnswer() {
        addresses.ask(WANTED);
        assertThat(said()).singleElement().satisfies(question -> {
            assertThat(Ethernet.destination(question)).isEqualTo(MacAddress.BROADCAST);
            assertThat(ArpMessage.in(question)).isEqualTo(ArpMessage.question(OURS, OWN, WANTED));
        });
        assertThat(addresses.answer(WANTED)).isNull();

        assertThat(said(answer(HIS, WANTED, OURS))).isEmpty();
        assertThat(addresses.answer(WANTED)).isEqualTo(HIS);
        assertThat(addresses.answer(OWN)).isNull();
    }

    @Test
    void believesOnlyAnAnswerToItsQuestion() {
        said(answer(HIS, WANTED, OURS));
        assertThat(addresses.answer(WANTED)).as("nobody has asked").isNull();

        addresses.ask(WANTED);
        said(
                answer(OTHER, WANTED + 1, OURS),
                answer(OTHER, WANTED, MacAddress.BROADCAST),
                answer(MacAddress.BROADCAST, WANTED, OURS),
                ArpMessage.question(OTHER, WANTED, OWN).frame(OURS));
        assertThat(addresses.answer(WANTED)).isNull();
        assertThat(addresses.answer(WANTED + 1)).isNull();
        said(answer(HIS, WANTED, OURS));
        assertThat(addresses.answer(WANTED)).isEqualTo(HIS);
    }
}
