package net.pfsync.net;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import net.pfsync.time.VirtualTime;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A stack with 192.0.2.1/24 and one station beside it that says what it wants. */
class ArpTest {

    private static final int REQUEST = 1;
    private static final int REPLY = 2;
    private static final MacAddress OURS = MacAddress.parse("00:00:5e:00:53:01");
    private static final MacAddress HIS = MacAddress.parse("00:00:5e:00:53:02");
    private static final MacAddress OTHER = MacAddress.parse("00:00:5e:00:53:03");
    private static final String OWN = "192.0.2.1";
    private static final String NEIGHBOUR = "192.0.2.2";
    private static final byte[] TEN_BYTES = new byte[10];

    private final VirtualTime time = new VirtualTime(0);
    private final VirtualLan lan = new VirtualLan(time, Duration.ofMillis(1));
    private final IpStack stack = new IpStack(time, 1);
    private final NetworkInterface own = stack.add("em0", 1500, List.of(IpPrefix.parse(OWN + "/24")));
    private final Bystander station = new Bystander(lan, "station", HIS);
    private final List<String> log = new ArrayList<>();

    ArpTest() {
        Link link = lan.attach("stack", OURS);
        own.connect(link);
        link.onReceive(own::receive);
        stack.log(log::add);
    }

    private void pass(long millis) {
        time.advance(Duration.ofMillis(millis));
    }

    private boolean sendTo(String destination) {
        return stack.send(Icmp.echo(IpAddress.parse(OWN), IpAddress.parse(destination), 1, 1, TEN_BYTES));
    }

    private MacAddress known(String address) {
        return own.neighbour(IpAddress.parse(address));
    }

    @Test
    void answersARequestForItsAddressToTheOneWhoAsked() {
        station.arp(MacAddress.BROADCAST, REQUEST, HIS, NEIGHBOUR, OWN);
        pass(2);
        List<byte[]> frames = station.received();
        assertThat(frames).hasSize(1);
        byte[] reply = frames.get(0);
        assertThat(reply).hasSize(Ethernet.SHORTEST);
        assertThat(Ethernet.destination(reply)).isEqualTo(HIS);
        assertThat(Ethernet.source(reply)).isEqualTo(OURS);
        assertThat(MacAddress.at(reply, 22)).isEqualTo(OURS);
        assertThat(MacAddress.at(reply, 32)).isEqualTo(HIS);
        assertThat(NetworkOrder.int16(reply, 20)).isEqualTo(REPLY);
    }

    @Test
    void remembersTheOneWhoAsked() {
        station.arp(MacAddress.BROADCAST, REQUEST, HIS, NEIGHBOUR, OWN);
        pass(2);
        assertThat(known(NEIGHBOUR)).isEqualTo(HIS);
    }

    @Test
    void doesNotAnswerOrRememberWhoAsksForSomebodyElse() {
        station.arp(MacAddress.BROADCAST, REQUEST, HIS, NEIGHBOUR, "192.0.2.9");
        pass(2);
        assertThat(station.received()).isEmpty();
        assertThat(known(NEIGHBOUR)).isNull();
    }

    @Test
    void answersAProbeWithoutRememberingIt() {
        station.arp(MacAddress.BROADCAST, REQUEST, HIS, "0.0.0.0", OWN);
        pass(2);
        assertThat(station.receivedArp()).hasSize(1);
        assertThat(known("0.0.0.0")).isNull();
    }

    @ParameterizedTest
    @CsvSource({"198.51.100.2", "192.0.2.255", "255.255.255.255", "224.0.0.1", "127.0.0.1"})
    void doesNotAnswerOrRememberAddressesThatNoNeighbourHas(String sender) {
        station.arp(MacAddress.BROADCAST, REQUEST, HIS, sender, OWN);
        pass(2);
        assertThat(station.received()).isEmpty();
        assertThat(known(sender)).isNull();
    }

    @ParameterizedTest
    @CsvSource({"ff:ff:ff:ff:ff:ff", "01:00:5e:00:00:01", "00:00:00:00:00:00"})
    void believesNobodyToBeAGroupOrNobody(String mac) {
        station.arp(MacAddress.BROADCAST, REQUEST, MacAddress.parse(mac), NEIGHBOUR, OWN);
        pass(2);
        assertThat(station.received()).isEmpty();
        assertThat(known(NEIGHBOUR)).isNull();
    }

    @Test
    void ignoresSomebodyElseWithItsAddressAndSaysSo() {
        station.arp(MacAddress.BROADCAST, REQUEST, HIS, OWN, OWN);
        pass(2);
        assertThat(station.received()).isEmpty();
        assertThat(known(OWN)).isNull();
        assertThat(log).containsExactly("duplicate IP address 192.0.2.1 sent from ethernet address " + HIS + " on em0");
    }

    @Test
    void asksForANeighbourAndSendsWhatWaited() {
        assertThat(sendTo(NEIGHBOUR)).isTrue();
        pass(2);
        assertThat(station.receivedArp()).containsExactly("192.0.2.1 asks for 192.0.2.2 to all");
        station.arp(OURS, REPLY, HIS, NEIGHBOUR, OWN);
        pass(2);
        List<byte[]> packets = station.receivedPackets();
        assertThat(packets).hasSize(1);
        assertThat(Ethernet.destination(packets.get(0))).isEqualTo(HIS);
        assertThat(Ethernet.source(packets.get(0))).isEqualTo(OURS);
        sendTo(NEIGHBOUR);
        pass(2);
        assertThat(station.received()).as("now at once").hasSize(1);
    }

    @Test
    void letsOnlyTheLastPacketWait() {
        sendTo(NEIGHBOUR);
        byte[] last = Icmp.echo(IpAddress.parse(OWN), IpAddress.parse(NEIGHBOUR), 1, 77, TEN_BYTES);
        stack.send(last);
        station.arp(OURS, REPLY, HIS, NEIGHBOUR, OWN);
        pass(2);
        List<byte[]> packets = station.receivedPackets();
        assertThat(packets).hasSize(1);
        assertThat(NetworkOrder.int16(packets.get(0), Ip.payload(last) + 6)).isEqualTo(77);
    }

    @Test
    void asksOnceASecondAndFiveTimes() {
        sendTo(NEIGHBOUR);
        sendTo(NEIGHBOUR);
        pass(500);
        assertThat(station.receivedArp()).hasSize(1);
        pass(4000);
        assertThat(station.receivedArp()).hasSize(4);
        pass(10_000);
        assertThat(station.receivedArp()).isEmpty();
    }

    @Test
    void doesNotAskAgainForTwentySecondsAfterThat() {
        sendTo(NEIGHBOUR);
        pass(5002);
        station.received();
        pass(19_990);
        sendTo(NEIGHBOUR);
        pass(2);
        assertThat(station.received()).isEmpty();
        pass(10);
        sendTo(NEIGHBOUR);
        pass(2);
        assertThat(station.receivedArp()).hasSize(1);
    }

    @Test
    void takesAnAnswerThatComesTooLate() {
        sendTo(NEIGHBOUR);
        pass(8000);
        station.arp(OURS, REPLY, HIS, NEIGHBOUR, OWN);
        pass(2);
        assertThat(known(NEIGHBOUR)).isEqualTo(HIS);
    }

    @Test
    void followsANeighbourWhoAnnouncesThatHeMoved() {
        station.arp(MacAddress.BROADCAST, REQUEST, HIS, NEIGHBOUR, OWN);
        pass(2);
        station.arp(MacAddress.BROADCAST, REQUEST, OTHER, NEIGHBOUR, NEIGHBOUR);
        pass(2);
        assertThat(known(NEIGHBOUR)).isEqualTo(OTHER);
    }

    @Test
    void doesNotRememberAnnouncementsOfThoseItNeverSpokeWith() {
        station.arp(MacAddress.BROADCAST, REQUEST, OTHER, NEIGHBOUR, NEIGHBOUR);
        pass(2);
        assertThat(known(NEIGHBOUR)).isNull();
    }

    @Test
    void forgetsANeighbourAfterTwentyMinutes() {
        station.arp(MacAddress.BROADCAST, REQUEST, HIS, NEIGHBOUR, OWN);
        pass(1_199_000);
        assertThat(known(NEIGHBOUR)).isEqualTo(HIS);
        pass(1002);
        assertThat(known(NEIGHBOUR)).isNull();
    }

    @Test
    void asksANeighbourInUseBeforeItIsForgotten() {
        station.arp(MacAddress.BROADCAST, REQUEST, HIS, NEIGHBOUR, OWN);
        pass(1_150_000);
        station.received();
        sendTo(NEIGHBOUR);
        sendTo(NEIGHBOUR);
        pass(2);
        assertThat(station.receivedArp()).containsExactly("192.0.2.1 asks for 192.0.2.2");
        station.arp(OURS, REPLY, HIS, NEIGHBOUR, OWN);
        pass(100_000);
        assertThat(known(NEIGHBOUR)).isEqualTo(HIS);
    }

    @Test
    void announcesAnAddressThatItTakesOver() {
        own.takeOver(IpPrefix.parse("192.0.2.100/24"));
        pass(2);
        assertThat(station.receivedArp()).containsExactly("192.0.2.100 asks for 192.0.2.100 to all");
        station.arp(MacAddress.BROADCAST, REQUEST, HIS, NEIGHBOUR, "192.0.2.100");
        pass(2);
        assertThat(station.receivedArp()).containsExactly("192.0.2.100 is at " + OURS + ", says he to 192.0.2.2");
    }

    @Test
    void noLongerAnswersForAnAddressThatItGaveUp() {
        own.takeOver(IpPrefix.parse("192.0.2.100/24"));
        own.giveUp(IpPrefix.parse("192.0.2.100/24"));
        pass(2);
        station.received();
        station.arp(MacAddress.BROADCAST, REQUEST, HIS, NEIGHBOUR, "192.0.2.100");
        pass(2);
        assertThat(station.received()).isEmpty();
    }

    @Test
    void ignoresEveryTruncationAndEveryOtherKindOfHardware() {
        byte[] whole = Ethernet.addressed(Bystander.arpFrame(REQUEST, HIS, NEIGHBOUR, OWN), OURS, HIS);
        for (int length = 0; length < 42; length++) {
            station.sendFrame(java.util.Arrays.copyOf(whole, Math.max(length, Ethernet.HEADER)));
        }
        for (int at : new int[] {14, 15, 16, 17, 18, 19, 20}) {
            byte[] changed = whole.clone();
            changed[at] ^= 0x20;
            station.sendFrame(changed);
        }
        pass(2);
        assertThat(station.received()).isEmpty();
        assertThat(known(NEIGHBOUR)).isNull();
        station.sendFrame(java.util.Arrays.copyOf(whole, 42));
        pass(2);
        assertThat(station.received()).as("the shortest whole one").hasSize(1);
    }

    @Test
    void remembersAtMost512NeighboursAndDropsThoseFirstThatItDoesNotKnow() {
        station.arp(MacAddress.BROADCAST, REQUEST, HIS, NEIGHBOUR, OWN);
        pass(2);
        IpStack big = new IpStack(time, 2);
        NetworkInterface wide = big.add("em0", 1500, List.of(IpPrefix.parse("10.0.0.1/8")));
        wide.connect(lan.attach("wide", OTHER));
        station.received();
        for (int i = 2; i < 5002; i++) {
            big.send(Icmp.echo(
                    IpAddress.parse("10.0.0.1"), IpAddress.ipv4(Ipv4Address.parse("10.0.0.0") + i), 1, 1, TEN_BYTES));
        }
        assertThat(wide.neighbours(false).size()).isEqualTo(Neighbours.LIMIT);
        pass(999);
        assertThat(station.receivedArp()).hasSize(5000);
        pass(1000);
        assertThat(station.receivedArp()).as("asked for again").hasSize(Neighbours.LIMIT);
    }
}
