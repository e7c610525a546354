package net.pfsync.net;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import net.pfsync.time.VirtualTime;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A stack with 2001:db8::1/64 and one station beside it that says what it wants. */
class NeighbourDiscoveryTest {

    private static final int SOLICITATION = 135;
    private static final int ADVERTISEMENT = 136;
    private static final int SOURCE_OPTION = 1;
    private static final int TARGET_OPTION = 2;
    private static final int SOLICITED = 0x40;
    private static final int OVERRIDE = 0x20;
    private static final MacAddress OURS = MacAddress.parse("00:00:5e:00:53:01");
    private static final MacAddress HIS = MacAddress.parse("00:00:5e:00:53:02");
    private static final MacAddress OTHER = MacAddress.parse("00:00:5e:00:53:03");
    private static final String OWN = "2001:db8::1";
    private static final String OWN_GROUP = "ff02::1:ff00:1";
    private static final String LINK_LOCAL = "fe80::200:5eff:fe00:5301";
    private static final String NEIGHBOUR = "2001:db8::2";
    private static final MacAddress ALL_NODES = MacAddress.parse("33:33:00:00:00:01");

    private final VirtualTime time = new VirtualTime(0);
    private final VirtualLan lan = new VirtualLan(time, Duration.ofMillis(1));
    private final IpStack stack = new IpStack(time, 1);
    private final NetworkInterface own = stack.add("em0", 1500, List.of(IpPrefix.parse(OWN + "/64")));
    private final Bystander station = new Bystander(lan, "station", HIS);
    private final List<String> log = new ArrayList<>();

    NeighbourDiscoveryTest() {
        Link link = lan.attach("stack", OURS);
        own.connect(link);
        link.onReceive(own::receive);
        stack.log(log::add);
    }

    /** A message without its checksum; option 0 leaves the option out. */
    private static byte[] bare(int type, String from, String to, String target, int flags, int option, MacAddress mac) {
        byte[] frame = Ip.make(IpAddress.parse(from), IpAddress.parse(to), Ip.ICMPV6, option == 0 ? 24 : 32);
        Ip.ttl(frame, 255);
        int start = Ip.payload(frame);
        frame[start] = (byte) type;
        frame[start + 4] = (byte) flags;
        IpAddress address = IpAddress.parse(target);
        NetworkOrder.put64(frame, start + 8, address.hi());
        NetworkOrder.put64(frame, start + 16, address.lo());
        if (option != 0) {
            frame[start + 24] = (byte) option;
            frame[start + 25] = 1;
            mac.write(frame, start + 26);
        }
        return frame;
    }

    private static byte[] sealed(byte[] frame) {
        int start = Ip.payload(frame);
        NetworkOrder.put16(frame, start + 2, 0);
        NetworkOrder.put16(frame, start + 2, InternetChecksum.ofPayload(frame, start, Ip.ICMPV6));
        return frame;
    }

    private static byte[] message(
            int type, String from, String to, String target, int flags, int option, MacAddress mac) {
        return sealed(bare(type, from, to, target, flags, option, mac));
    }

    private static byte[] solicitation(String from, String to, String target) {
        return message(SOLICITATION, from, to, target, 0, SOURCE_OPTION, HIS);
    }

    private static byte[] advertisement(String target, int flags, MacAddress mac) {
        return message(ADVERTISEMENT, target, OWN, target, flags, TARGET_OPTION, mac);
    }

    private void hear(byte[] frame) {
        station.sendFrame(Ethernet.addressed(frame, OURS, HIS));
        time.advance(Duration.ofMillis(2));
    }

    private void pass(long millis) {
        time.advance(Duration.ofMillis(millis));
    }

    private void sendTo(String destination) {
        stack.send(Icmp.echo(IpAddress.parse(OWN), IpAddress.parse(destination), 1, 1, new byte[10]));
    }

    private MacAddress known(String address) {
        return own.neighbour(IpAddress.parse(address));
    }

    private static int type(byte[] frame) {
        return NetworkOrder.int8(frame, Ip.payload(frame));
    }

    private static int flags(byte[] frame) {
        return NetworkOrder.int8(frame, Ip.payload(frame) + 4);
    }

    @Test
    void hasALinkLocalAddressBesideItsOwn() {
        assertThat(own.addresses()).extracting(IpPrefix::toString).containsExactly(OWN + "/64", LINK_LOCAL + "/64");
    }

    @Test
    void hasNoLinkLocalAddressIfItSpeaksOnlyIpv4() {
        NetworkInterface other = stack.add("em1", 1500, List.of(IpPrefix.parse("192.0.2.1/24")));
        other.connect(lan.attach("other", OTHER));
        assertThat(other.addresses()).hasSize(1);
        other.takeOver(IpPrefix.parse("2001:db8:1::1/64"));
        assertThat(other.addresses()).hasSize(3);
    }

    @Test
    void answersTheOneWhoAsksForItsAddressAndRemembersHim() {
        hear(solicitation(NEIGHBOUR, OWN_GROUP, OWN));
        List<byte[]> frames = station.received();
        assertThat(frames).hasSize(1);
        byte[] answer = frames.get(0);
        assertThat(Ethernet.destination(answer)).isEqualTo(HIS);
        assertThat(Ip.source(answer)).hasToString(OWN);
        assertThat(Ip.destination(answer)).hasToString(NEIGHBOUR);
        assertThat(Ip.ttl(answer)).isEqualTo(255);
        assertThat(type(answer)).isEqualTo(ADVERTISEMENT);
        assertThat(flags(answer)).isEqualTo(SOLICITED | OVERRIDE);
        assertThat(answer[Ip.payload(answer) + 24]).isEqualTo((byte) TARGET_OPTION);
        assertThat(MacAddress.at(answer, Ip.payload(answer) + 26)).isEqualTo(OURS);
        assertThat(Icmp.checksum(answer, Ip.payload(answer))).isZero();
        assertThat(known(NEIGHBOUR)).isEqualTo(HIS);
    }

    @Test
    void saysThatItIsARouterIfItForwards() {
        stack.forwarding(true);
        hear(solicitation(NEIGHBOUR, OWN_GROUP, OWN));
        assertThat(flags(station.received().get(0))).isEqualTo(0x80 | SOLICITED | OVERRIDE);
    }

    @Test
    void answersForItsLinkLocalAddressToo() {
        hear(solicitation("fe80::2", "ff02::1:ff00:5301", LINK_LOCAL));
        assertThat(Ip.source(station.received().get(0))).hasToString(LINK_LOCAL);
        assertThat(known("fe80::2")).isEqualTo(HIS);
    }

    @Test
    void answersEverybodyIfTheOneWhoAsksHasNoAddressYet() {
        hear(message(SOLICITATION, "::", OWN_GROUP, OWN, 0, 0, HIS));
        byte[] answer = station.received().get(0);
        assertThat(Ethernet.destination(answer)).isEqualTo(ALL_NODES);
        assertThat(Ip.destination(answer)).hasToString("ff02::1");
        assertThat(flags(answer)).isEqualTo(OVERRIDE);
        assertThat(known("::")).isNull();
    }

    @Test
    void looksForTheOneWhoAsksIfHeDoesNotSayWhereHeIs() {
        hear(message(SOLICITATION, NEIGHBOUR, OWN_GROUP, OWN, 0, 0, HIS));
        List<byte[]> frames = station.received();
        assertThat(frames).hasSize(1);
        assertThat(type(frames.get(0))).isEqualTo(SOLICITATION);
        hear(advertisement(NEIGHBOUR, SOLICITED | OVERRIDE, HIS));
        assertThat(type(station.received().get(0))).isEqualTo(ADVERTISEMENT);
    }

    @ParameterizedTest
    @CsvSource({
        "2001:db8::2, ff02::1:ff00:9, 2001:db8::9",
        "2001:db8:1::2, ff02::1:ff00:1, 2001:db8::1",
        "::, ff02::1:ff00:1, 2001:db8::1",
        "2001:db8::2, ff02::1:ff00:1, ff02::1",
    })
    void doesNotAnswerWhatIsNotMeantForItOrCannotBe(String from, String to, String target) {
        hear(solicitation(from, to, target));
        assertThat(station.received()).isEmpty();
        assertThat(known(from)).isNull();
    }

    @Test
    void ignoresWhatWasForwarded() {
        byte[] frame = solicitation(NEIGHBOUR, OWN_GROUP, OWN);
        Ip.ttl(frame, 254);
        hear(frame);
        assertThat(station.received()).isEmpty();
    }

    @Test
    void ignoresAnythingWithAWrongChecksumOrCode() {
        byte[] code = bare(SOLICITATION, NEIGHBOUR, OWN_GROUP, OWN, 0, SOURCE_OPTION, HIS);
        code[Ip.payload(code) + 1] = 1;
        hear(sealed(code));
        byte[] checksum = solicitation(NEIGHBOUR, OWN_GROUP, OWN);
        checksum[Ip.payload(checksum) + 30] ^= 1;
        hear(checksum);
        assertThat(station.received()).isEmpty();
    }

    @Test
    void ignoresEveryTruncation() {
        byte[] whole = solicitation(NEIGHBOUR, OWN_GROUP, OWN);
        for (int length = 0; length < 32; length++) {
            byte[] frame = Arrays.copyOf(whole, Math.max(Ethernet.SHORTEST, Ip.payload(whole) + length));
            NetworkOrder.put16(frame, Ip.START + 4, length);
            boolean optionLeftOut = length == 24;
            hear(sealed(frame));
            assertThat(station.received()).as("%d bytes", length).hasSize(optionLeftOut ? 1 : 0);
            assertThat(known(NEIGHBOUR)).isNull();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 2, 255})
    void ignoresOptionsThatDoNotFit(int units) {
        byte[] frame = bare(SOLICITATION, NEIGHBOUR, OWN_GROUP, OWN, 0, SOURCE_OPTION, HIS);
        frame[Ip.payload(frame) + 25] = (byte) units;
        hear(sealed(frame));
        assertThat(station.received()).isEmpty();
    }

    @Test
    void skipsOptionsThatItDoesNotKnow() {
        byte[] frame = bare(SOLICITATION, NEIGHBOUR, OWN_GROUP, OWN, 0, 14, HIS);
        frame = Arrays.copyOf(frame, frame.length + 8);
        NetworkOrder.put16(frame, Ip.START + 4, 40);
        frame[Ip.payload(frame) + 32] = SOURCE_OPTION;
        frame[Ip.payload(frame) + 33] = 1;
        HIS.write(frame, Ip.payload(frame) + 34);
        hear(sealed(frame));
        assertThat(known(NEIGHBOUR)).isEqualTo(HIS);
    }

    @Test
    void believesNobodyToBeAGroup() {
        hear(message(SOLICITATION, NEIGHBOUR, OWN_GROUP, OWN, 0, SOURCE_OPTION, MacAddress.BROADCAST));
        assertThat(known(NEIGHBOUR)).isNull();
    }

    @Test
    void asksInTheGroupOfTheAddressAndSendsWhatWaited() {
        sendTo(NEIGHBOUR);
        pass(2);
        List<byte[]> frames = station.received();
        assertThat(frames).hasSize(1);
        byte[] question = frames.get(0);
        assertThat(type(question)).isEqualTo(SOLICITATION);
        assertThat(Ethernet.destination(question)).hasToString("33:33:ff:00:00:02");
        assertThat(Ip.destination(question)).hasToString("ff02::1:ff00:2");
        assertThat(Ip.source(question)).hasToString(OWN);
        hear(advertisement(NEIGHBOUR, SOLICITED | OVERRIDE, HIS));
        List<byte[]> packets = station.received();
        assertThat(packets).hasSize(1);
        assertThat(type(packets.get(0))).isEqualTo(Icmp.ECHO6);
        assertThat(Ethernet.destination(packets.get(0))).isEqualTo(HIS);
    }

    @Test
    void asksThreeTimes() {
        sendTo(NEIGHBOUR);
        pass(10_000);
        assertThat(station.received()).hasSize(3);
    }

    @Test
    void takesNoNewAddressFromAnAdvertisementThatMustNotOverride() {
        hear(solicitation(NEIGHBOUR, OWN_GROUP, OWN));
        hear(advertisement(NEIGHBOUR, 0, OTHER));
        assertThat(known(NEIGHBOUR)).isEqualTo(HIS);
        hear(advertisement(NEIGHBOUR, OVERRIDE, OTHER));
        assertThat(known(NEIGHBOUR)).isEqualTo(OTHER);
    }

    @Test
    void rememberNoAdvertisementThatItDidNotAskFor() {
        hear(advertisement(NEIGHBOUR, OVERRIDE, HIS));
        assertThat(known(NEIGHBOUR)).isNull();
    }

    @Test
    void ignoresAnAdvertisementToAGroupThatClaimsToBeAnAnswer() {
        hear(solicitation(NEIGHBOUR, OWN_GROUP, OWN));
        hear(message(ADVERTISEMENT, NEIGHBOUR, "ff02::1", NEIGHBOUR, SOLICITED | OVERRIDE, TARGET_OPTION, OTHER));
        assertThat(known(NEIGHBOUR)).isEqualTo(HIS);
        hear(message(ADVERTISEMENT, NEIGHBOUR, "ff02::1", NEIGHBOUR, OVERRIDE, TARGET_OPTION, OTHER));
        assertThat(known(NEIGHBOUR)).isEqualTo(OTHER);
    }

    @Test
    void ignoresSomebodyElseWithItsAddressAndSaysSo() {
        hear(message(ADVERTISEMENT, OWN, "ff02::1", OWN, OVERRIDE, TARGET_OPTION, HIS));
        hear(solicitation(OWN, OWN_GROUP, OWN));
        assertThat(station.received()).isEmpty();
        assertThat(log)
                .hasSize(2)
                .containsOnly("duplicate IP address 2001:db8::1 sent from ethernet address " + HIS + " on em0");
    }

    @Test
    void announcesAnAddressThatItTakesOver() {
        own.takeOver(IpPrefix.parse("2001:db8::100/64"));
        pass(2);
        List<byte[]> frames = station.received();
        assertThat(frames).hasSize(1);
        byte[] announced = frames.get(0);
        assertThat(type(announced)).isEqualTo(ADVERTISEMENT);
        assertThat(flags(announced)).isEqualTo(OVERRIDE);
        assertThat(Ethernet.destination(announced)).isEqualTo(ALL_NODES);
        hear(solicitation(NEIGHBOUR, "ff02::1:ff00:100", "2001:db8::100"));
        assertThat(station.received()).hasSize(1);
        own.giveUp(IpPrefix.parse("2001:db8::100/64"));
        hear(solicitation(NEIGHBOUR, "ff02::1:ff00:100", "2001:db8::100"));
        assertThat(station.received()).isEmpty();
    }

    @Test
    void isShownToTheFilterInBothDirections() {
        List<String> seen = new ArrayList<>();
        stack.filter((direction, ifname, frame) -> {
            seen.add(direction + " " + ifname + " " + type(frame));
            return direction == Direction.IN;
        });
        hear(solicitation(NEIGHBOUR, OWN_GROUP, OWN));
        assertThat(seen).containsExactly("IN em0 135", "OUT em0 136");
        assertThat(station.received()).isEmpty();
    }
}
