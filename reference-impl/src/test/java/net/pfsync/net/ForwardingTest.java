package net.pfsync.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import net.pfsync.time.VirtualTime;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A router between two LANs; the stations beside it know its Ethernet addresses, and it knows theirs. */
class ForwardingTest {

    private static final MacAddress ROUTER_IN = MacAddress.parse("00:00:5e:00:53:01");
    private static final MacAddress ROUTER_OUT = MacAddress.parse("00:00:5e:00:53:02");
    private static final MacAddress CLIENT = MacAddress.parse("00:00:5e:00:53:03");
    private static final MacAddress SERVER = MacAddress.parse("00:00:5e:00:53:04");
    /** A UDP packet of OpenBSD 4.6's recording {@code defer-off-udp-packet-of-a-new-flow}, and how it was forwarded. */
    private static final byte[] RECORDED =
            HexFormat.of().parseHex("4500002600010000401163b50a0701020a07020252081e610012000078787878787878787878");

    private static final byte[] RECORDED_FORWARDED =
            HexFormat.of().parseHex("45000026000100003f1164b50a0701020a07020252081e610012000078787878787878787878");

    private static final int UNREACHABLE = 3;

    private final VirtualTime time = new VirtualTime(0);
    private final VirtualLan inside = new VirtualLan(time, Duration.ofMillis(1));
    private final VirtualLan outside = new VirtualLan(time, Duration.ofMillis(1));
    private final IpStack router = new IpStack(time, 1);
    private final NetworkInterface em1 =
            router.add("em1", 1500, List.of(IpPrefix.parse("10.7.1.1/24"), IpPrefix.parse("2001:db8:1::1/64")));
    private final NetworkInterface em2 =
            router.add("em2", 1400, List.of(IpPrefix.parse("10.7.2.1/24"), IpPrefix.parse("2001:db8:2::1/64")));
    private final Bystander client = new Bystander(inside, "client", CLIENT);
    private final Bystander server = new Bystander(outside, "server", SERVER);

    ForwardingTest() {
        connect(em1, inside.attach("router", ROUTER_IN));
        connect(em2, outside.attach("router", ROUTER_OUT));
        router.forwarding(true);
        knows(em1, "10.7.1.2", CLIENT);
        knows(em2, "10.7.2.2", SERVER);
        knows(em1, "2001:db8:1::2", CLIENT);
        knows(em2, "2001:db8:2::2", SERVER);
    }

    private static void connect(NetworkInterface own, Link link) {
        own.connect(link);
        link.onReceive(own::receive);
    }

    private static void knows(NetworkInterface own, String address, MacAddress mac) {
        IpAddress neighbour = IpAddress.parse(address);
        own.neighbours(neighbour.inet6()).learn(neighbour.hi(), neighbour.lo(), mac, true, true);
    }

    private void fromClient(byte[] packet) {
        client.send(ROUTER_IN, packet);
        time.advance(Duration.ofMillis(2));
    }

    private static byte[] packet(String from, String to, int protocol, int payload) {
        return Ip.packet(Ip.make(IpAddress.parse(from), IpAddress.parse(to), protocol, payload));
    }

    private byte[] onlyAnswer() {
        List<byte[]> frames = client.receivedPackets();
        assertThat(frames).hasSize(1);
        byte[] answer = frames.get(0);
        assertThat(Icmp.checksum(answer, Ip.payload(answer))).isZero();
        return answer;
    }

    private void assertNothingHappens() {
        assertThat(server.received()).isEmpty();
        assertThat(client.received()).isEmpty();
    }

    private static int type(byte[] frame) {
        return NetworkOrder.int8(frame, Ip.payload(frame));
    }

    private static int code(byte[] frame) {
        return NetworkOrder.int8(frame, Ip.payload(frame) + 1);
    }

    private static byte[] quoted(byte[] frame) {
        return Arrays.copyOfRange(frame, Ip.payload(frame) + Icmp.HEADER, Ip.end(frame));
    }

    // ---- packets that are forwarded ----

    @Test
    void forwardsARecordedPacketAsOpenBsd46Did() {
        fromClient(RECORDED);
        List<byte[]> frames = server.received();
        assertThat(frames).hasSize(1);
        byte[] frame = frames.get(0);
        assertThat(Ip.packet(frame)).isEqualTo(RECORDED_FORWARDED);
        assertThat(Ethernet.destination(frame)).isEqualTo(SERVER);
        assertThat(Ethernet.source(frame)).isEqualTo(ROUTER_OUT);
    }

    @Test
    void forwardsIpv6AndTakesOneHopOff() {
        byte[] packet = packet("2001:db8:1::2", "2001:db8:2::2", Ip.UDP, 100);
        fromClient(packet);
        packet[7]--;
        assertThat(server.received()).extracting(Ip::packet).containsExactly(packet);
    }

    @Test
    void leavesTheReceivedFrameAsItWas() {
        byte[] frame = Ethernet.addressed(Ip.frame(RECORDED), ROUTER_IN, CLIENT);
        byte[] before = frame.clone();
        client.sendFrame(frame);
        time.advance(Duration.ofMillis(2));
        assertThat(server.received()).hasSize(1);
        assertThat(frame).isEqualTo(before);
    }

    @Test
    void leavesBehindWhatFollowsThePacketInItsFrame() {
        byte[] frame = Arrays.copyOf(Ethernet.addressed(Ip.frame(RECORDED), ROUTER_IN, CLIENT), 200);
        Arrays.fill(frame, Ethernet.HEADER + RECORDED.length, frame.length, (byte) 0x55);
        client.sendFrame(frame);
        time.advance(Duration.ofMillis(2));
        byte[] forwarded = server.received().get(0);
        assertThat(forwarded).hasSize(Ethernet.SHORTEST);
        assertThat(forwarded[Ethernet.SHORTEST - 1]).isZero();
    }

    @Test
    void forwardsNothingUnlessItIsARouter() {
        router.forwarding(false);
        fromClient(RECORDED);
        assertNothingHappens();
        assertThat(router.statistics().get(IpCounter.NOT_FOR_US)).isEqualTo(1);
        router.forwarding(true);
        fromClient(RECORDED);
        assertThat(server.received()).hasSize(1);
    }

    @Test
    void takesTheRouteOfTheLongestPrefix() {
        router.routes().add(IpPrefix.parse("0.0.0.0/0"), IpAddress.parse("10.7.1.2"));
        router.routes().add(IpPrefix.parse("203.0.113.0/24"), IpAddress.parse("10.7.2.2"));
        fromClient(packet("10.7.1.3", "203.0.113.9", Ip.UDP, 8));
        assertThat(server.received()).hasSize(1);
        fromClient(packet("10.7.1.3", "203.0.114.9", Ip.UDP, 8));
        assertThat(client.received()).hasSize(1);
        router.routes().remove(IpPrefix.parse("203.0.113.0/24"));
        fromClient(packet("10.7.1.3", "203.0.113.9", Ip.UDP, 8));
        assertThat(client.received()).hasSize(1);
        assertThat(server.received()).isEmpty();
    }

    @Test
    void refusesARouteThatNoneOfItsNeighboursTakes() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> router.routes().add(IpPrefix.parse("0.0.0.0/0"), IpAddress.parse("198.51.100.1")))
                .withMessageContaining("198.51.100.1");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> router.routes().add(IpPrefix.parse("::/0"), IpAddress.parse("10.7.2.2")));
    }

    @Test
    void forwardsOptionsAndExtensionHeadersUntouched() {
        byte[] options = packet("10.7.1.2", "10.7.2.2", Ip.UDP, 12);
        options[0] = 0x46;
        options[20] = 1;
        sealHeader(options, 24);
        fromClient(options);
        byte[] hopByHop = packet("2001:db8:1::2", "2001:db8:2::2", 0, 16);
        fromClient(hopByHop);
        List<byte[]> forwarded = server.received();
        assertThat(forwarded).hasSize(2);
        assertThat(Ip.headerLength(forwarded.get(0))).isEqualTo(24);
        assertThat(InternetChecksum.of(forwarded.get(0), Ip.START, 24)).isZero();
    }

    private static void sealHeader(byte[] packet, int headerLength) {
        NetworkOrder.put16(packet, 10, 0);
        NetworkOrder.put16(packet, 10, InternetChecksum.of(packet, 0, headerLength));
    }

    // ---- packets that are refused ----

    @Test
    void tellsTheSenderThatThePacketHasBeenForwardedTooOften() {
        byte[] last = RECORDED.clone();
        last[8] = 1;
        sealHeader(last, 20);
        fromClient(last);
        assertThat(server.received()).isEmpty();
        byte[] answer = onlyAnswer();
        assertThat(Ip.source(answer)).hasToString("10.7.1.1");
        assertThat(Ip.destination(answer)).hasToString("10.7.1.2");
        assertThat(type(answer)).isEqualTo(11);
        assertThat(code(answer)).isZero();
        assertThat(quoted(answer)).isEqualTo(last);
    }

    @Test
    void tellsTheSameInIpv6() {
        byte[] last = packet("2001:db8:1::2", "2001:db8:2::2", Ip.UDP, 8);
        last[7] = 0;
        fromClient(last);
        byte[] answer = onlyAnswer();
        assertThat(Ip.source(answer)).hasToString("2001:db8:1::1");
        assertThat(type(answer)).isEqualTo(3);
        assertThat(quoted(answer)).isEqualTo(last);
    }

    @Test
    void tellsTheSenderThatThereIsNoRoute() {
        fromClient(packet("10.7.1.2", "203.0.113.9", Ip.UDP, 8));
        byte[] answer = onlyAnswer();
        assertThat(type(answer)).isEqualTo(UNREACHABLE);
        assertThat(code(answer)).isZero();
        fromClient(packet("2001:db8:1::2", "2001:db8:9::9", Ip.UDP, 8));
        byte[] answer6 = onlyAnswer();
        assertThat(type(answer6)).isEqualTo(1);
        assertThat(code(answer6)).isZero();
        assertThat(router.statistics().get(IpCounter.NO_ROUTE)).isEqualTo(2);
    }

    @ParameterizedTest
    @CsvSource({"10.7.1.2, 10.7.2.9, 3, 1, 5", "2001:db8:1::2, 2001:db8:2::9, 1, 3, 3"})
    void tellsTheSenderThatNobodyIsThere(String from, String to, int type, int code, int seconds) {
        fromClient(packet(from, to, Ip.UDP, 8));
        assertThat(server.received()).as("asked for").hasSize(1);
        assertThat(client.received()).isEmpty();
        time.advance(Duration.ofSeconds(seconds));
        byte[] late = onlyAnswer();
        assertThat(type(late)).isEqualTo(type);
        assertThat(code(late)).isEqualTo(code);
        server.received();
        fromClient(packet(from, to, Ip.UDP, 8));
        assertThat(code(onlyAnswer())).as("the next one at once").isEqualTo(code);
        assertThat(server.received()).isEmpty();
    }

    @Test
    void tellsTheSenderHowLongAPacketMayBe() {
        fromClient(packet("10.7.1.2", "10.7.2.2", Ip.UDP, 1380));
        assertThat(server.received()).as("1400 bytes fit").hasSize(1);
        fromClient(packet("10.7.1.2", "10.7.2.2", Ip.UDP, 1381));
        byte[] answer = onlyAnswer();
        assertThat(type(answer)).isEqualTo(UNREACHABLE);
        assertThat(code(answer)).isEqualTo(4);
        assertThat(NetworkOrder.int32(answer, Ip.payload(answer) + 4)).isEqualTo(1400);
        assertThat(Ip.length(answer)).as("no longer than 576").isEqualTo(576);
        fromClient(packet("2001:db8:1::2", "2001:db8:2::2", Ip.UDP, 1361));
        byte[] answer6 = onlyAnswer();
        assertThat(type(answer6)).isEqualTo(2);
        assertThat(NetworkOrder.int32(answer6, Ip.payload(answer6) + 4)).isEqualTo(1400);
        assertThat(Ip.length(answer6)).as("no longer than 1280").isEqualTo(1280);
        assertThat(server.received()).isEmpty();
    }

    @Test
    void tellsTheSenderWithALinkLocalAddressThatItDoesNotReachBeyondTheLink() {
        knows(em1, "fe80::2", CLIENT);
        fromClient(packet("fe80::2", "2001:db8:2::2", Ip.UDP, 8));
        byte[] answer = onlyAnswer();
        assertThat(type(answer)).isEqualTo(1);
        assertThat(code(answer)).isEqualTo(2);
        assertThat(Ip.source(answer).linkLocal()).isTrue();
        assertThat(server.received()).isEmpty();
    }

    @Test
    void sendsAtMostAHundredErrorsInASecond() {
        for (int i = 0; i < 150; i++) {
            client.send(ROUTER_IN, packet("10.7.1.2", "203.0.113.9", Ip.UDP, 8));
        }
        time.advance(Duration.ofMillis(2));
        assertThat(client.received()).hasSize(100);
        assertThat(router.statistics().get(IpCounter.ICMP_ERRORS_LIMITED)).isEqualTo(50);
        time.advance(Duration.ofSeconds(1));
        fromClient(packet("10.7.1.2", "203.0.113.9", Ip.UDP, 8));
        assertThat(client.received()).hasSize(1);
    }

    // ---- packets that are silently dropped ----

    @ParameterizedTest
    @CsvSource({
        "0.0.0.0, 10.7.2.2",
        "127.0.0.1, 10.7.2.2",
        "224.0.0.9, 10.7.2.2",
        "255.255.255.255, 10.7.2.2",
        "240.0.0.1, 10.7.2.2",
        "10.7.1.255, 10.7.2.2",
        "10.7.1.2, 0.0.0.1",
        "10.7.1.2, 127.0.0.1",
        "10.7.1.2, 224.1.2.3",
        "10.7.1.2, 240.0.0.1",
        "10.7.1.2, 10.7.2.255",
        "::, 2001:db8:2::2",
        "::1, 2001:db8:2::2",
        "ff02::9, 2001:db8:2::2",
        "2001:db8:1::2, ::",
        "2001:db8:1::2, ::1",
        "2001:db8:1::2, ff05::9",
        "2001:db8:1::2, fe80::9",
    })
    void forwardsNoPacketWithSuchAddressesAndSaysNothing(String from, String to) {
        fromClient(packet(from, to, Ip.UDP, 8));
        assertNothingHappens();
        byte[] last = packet(from, to, Ip.UDP, 8);
        last[from.indexOf(':') < 0 ? 8 : 7] = 1;
        if (from.indexOf(':') < 0) {
            sealHeader(last, 20);
        }
        fromClient(last);
        assertNothingHappens();
        assertThat(router.statistics().get(IpCounter.FORWARDED)).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"ff:ff:ff:ff:ff:ff", "01:00:5e:00:00:01"})
    void forwardsNoPacketThatWasSentToAGroupOfStations(String group) {
        client.send(MacAddress.parse(group), RECORDED);
        client.send(MacAddress.parse(group), packet("10.7.1.2", "203.0.113.9", Ip.UDP, 8));
        time.advance(Duration.ofMillis(2));
        assertNothingHappens();
    }

    @Test
    void saysNothingAboutIcmpErrorsAndLaterFragments() {
        byte[] error = packet("10.7.1.2", "203.0.113.9", Ip.ICMP, 8);
        error[20] = UNREACHABLE;
        fromClient(error);
        byte[] fragment = packet("10.7.1.2", "203.0.113.9", Ip.UDP, 8);
        NetworkOrder.put16(fragment, 6, 185);
        sealHeader(fragment, 20);
        fromClient(fragment);
        byte[] error6 = packet("2001:db8:1::2", "2001:db8:9::9", Ip.ICMPV6, 8);
        error6[40] = 1;
        fromClient(error6);
        byte[] fragment6 = packet("2001:db8:1::2", "2001:db8:9::9", 44, 16);
        NetworkOrder.put16(fragment6, 42, 8);
        fromClient(fragment6);
        byte[] behindOptions = packet("2001:db8:1::2", "2001:db8:9::9", 60, 16);
        behindOptions[40] = Ip.ICMPV6;
        behindOptions[48] = 1;
        fromClient(behindOptions);
        byte[] endless = packet("2001:db8:1::2", "2001:db8:9::9", 60, 80);
        for (int at = 40; at < 120; at += 8) {
            endless[at] = 60;
        }
        fromClient(endless);
        assertNothingHappens();
        byte[] query = packet("10.7.1.2", "203.0.113.9", Ip.ICMP, 8);
        query[20] = Icmp.ECHO;
        fromClient(query);
        assertThat(client.received()).as("but about a query").hasSize(1);
    }

    @Test
    void dropsPacketsThatAreNotWhatTheySay() {
        byte[] version = RECORDED.clone();
        version[0] = 0x55;
        fromClient(version);
        byte[] header = RECORDED.clone();
        header[0] = 0x44;
        sealHeader(header, 16);
        fromClient(header);
        byte[] beyond = RECORDED.clone();
        beyond[0] = 0x4f;
        fromClient(beyond);
        byte[] longer = RECORDED.clone();
        NetworkOrder.put16(longer, 2, 47);
        sealHeader(longer, 20);
        fromClient(longer);
        byte[] shorter = RECORDED.clone();
        NetworkOrder.put16(shorter, 2, 19);
        sealHeader(shorter, 20);
        fromClient(shorter);
        byte[] checksum = RECORDED.clone();
        checksum[10]++;
        fromClient(checksum);
        byte[] longer6 = packet("2001:db8:1::2", "2001:db8:2::2", Ip.UDP, 8);
        NetworkOrder.put16(longer6, 4, 0xffff);
        fromClient(longer6);
        assertNothingHappens();
        assertThat(router.statistics().get(IpCounter.MALFORMED)).isEqualTo(7);
    }

    // ---- packets for the router itself ----

    @ParameterizedTest
    @CsvSource({
        "10.7.1.2, 10.7.1.1",
        "10.7.1.2, 10.7.2.1",
        "2001:db8:1::2, 2001:db8:1::1",
        "2001:db8:1::2, 2001:db8:2::1"
    })
    void answersEchoRequestsToAnyOfItsAddresses(String from, String to) {
        byte[] body = {1, 2, 3, 4, 5};
        fromClient(Ip.packet(Icmp.echo(IpAddress.parse(from), IpAddress.parse(to), 7, 9, body)));
        byte[] answer = onlyAnswer();
        assertThat(Icmp.echoReply(answer)).isTrue();
        assertThat(Ip.source(answer)).hasToString(to);
        assertThat(NetworkOrder.int32(answer, Ip.payload(answer) + 4)).isEqualTo(7 << 16 | 9);
        assertThat(quoted(answer)).isEqualTo(body);
    }

    @ParameterizedTest
    @CsvSource({
        "10.7.1.2, 10.7.1.255",
        "10.7.1.2, 255.255.255.255",
        "10.7.1.2, 224.0.0.1",
        "10.7.1.255, 10.7.1.1",
        "224.0.0.1, 10.7.1.1",
        "0.0.0.0, 10.7.1.1",
        "10.7.1.1, 10.7.1.1",
        "2001:db8:1::2, ff02::1",
        "ff02::1, 2001:db8:1::1",
    })
    void doesNotAnswerEchoRequestsToOrFromEverybodyNorItsOwn(String from, String to) {
        fromClient(Ip.packet(Icmp.echo(IpAddress.parse(from), IpAddress.parse(to), 7, 9, new byte[4])));
        assertNothingHappens();
    }

    @Test
    void doesNotAnswerAnEchoRequestWithAWrongChecksumOrInFragments() {
        byte[] wrong =
                Ip.packet(Icmp.echo(IpAddress.parse("10.7.1.2"), IpAddress.parse("10.7.1.1"), 7, 9, new byte[4]));
        wrong[22]++;
        fromClient(wrong);
        byte[] fragment =
                Ip.packet(Icmp.echo(IpAddress.parse("10.7.1.2"), IpAddress.parse("10.7.1.1"), 7, 9, new byte[4]));
        NetworkOrder.put16(fragment, 6, 0x2000);
        sealHeader(fragment, 20);
        fromClient(fragment);
        assertNothingHappens();
    }

    // ---- the filter ----

    @Test
    void showsTheFilterAPacketAsItComesAndAsItGoes() {
        StringBuilder seen = new StringBuilder();
        router.filter((direction, ifname, frame) -> {
            seen.append(direction + " " + ifname + " ttl " + Ip.ttl(frame) + "; ");
            return true;
        });
        fromClient(RECORDED);
        assertThat(seen).hasToString("IN em1 ttl 64; OUT em2 ttl 63; ");
    }

    @Test
    void forwardsWhereTheFilterSaysAfterItHasChangedThePacket() {
        router.filter((direction, ifname, frame) -> {
            if (direction == Direction.IN) {
                NetworkOrder.put32(frame, Ip.START + 16, Ipv4Address.parse("10.7.2.2"));
                Ip.ttl(frame, Ip.ttl(frame));
            }
            return true;
        });
        fromClient(packet("10.7.1.2", "203.0.113.9", Ip.UDP, 8));
        assertThat(Ip.destination(server.received().get(0))).hasToString("10.7.2.2");
    }

    @Test
    void sendsAPacketThatTheFilterKeptByItsRouteWithANewIdentification() {
        byte[][] kept = new byte[1][];
        router.filter((direction, ifname, frame) -> {
            if (direction == Direction.OUT) {
                kept[0] = frame;
            }
            return direction == Direction.IN;
        });
        fromClient(RECORDED);
        assertThat(server.received()).isEmpty();
        assertThat(router.statistics().get(IpCounter.FORWARDED)).isZero();
        router.sendUnfiltered(kept[0]);
        time.advance(Duration.ofMillis(2));
        byte[] sent = Ip.packet(server.received().get(0));
        assertThat(NetworkOrder.int16(sent, 4)).isNotEqualTo(NetworkOrder.int16(RECORDED_FORWARDED, 4));
        assertThat(InternetChecksum.of(sent, 0, 20)).isZero();
        byte[] otherwise = RECORDED_FORWARDED.clone();
        System.arraycopy(sent, 4, otherwise, 4, 2);
        System.arraycopy(sent, 10, otherwise, 10, 2);
        assertThat(sent).isEqualTo(otherwise);
    }

    @Test
    void showsTheFilterItsOwnErrorsToo() {
        router.filter((direction, ifname, frame) -> direction == Direction.IN);
        fromClient(packet("10.7.1.2", "203.0.113.9", Ip.UDP, 8));
        assertNothingHappens();
    }
}
