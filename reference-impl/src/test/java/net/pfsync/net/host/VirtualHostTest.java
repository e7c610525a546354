package net.pfsync.net.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import net.pfsync.net.Direction;
import net.pfsync.net.Ip;
import net.pfsync.net.IpAddress;
import net.pfsync.net.IpCounter;
import net.pfsync.net.IpPrefix;
import net.pfsync.net.IpStack;
import net.pfsync.net.Link;
import net.pfsync.net.MacAddress;
import net.pfsync.net.NetworkInterface;
import net.pfsync.net.NetworkOrder;
import net.pfsync.net.VirtualLan;
import net.pfsync.time.VirtualTime;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Two hosts with a router between them, all of them finding each other by themselves. */
class VirtualHostTest {

    private static final String SERVER = "10.7.2.2";
    private static final String SERVER6 = "2001:db8:2::2";

    private final VirtualTime time = new VirtualTime(0);
    private final VirtualLan inside = new VirtualLan(time, Duration.ofMillis(1));
    private final VirtualLan outside = new VirtualLan(time, Duration.ofMillis(1));
    private final IpStack router = new IpStack(time, 1);
    private final VirtualHost client =
            new VirtualHost("client", time, inside.attach("client", mac(2)), "10.7.1.2/24", "2001:db8:1::2/64");
    private final VirtualHost server =
            new VirtualHost("server", time, outside.attach("server", mac(3)), SERVER + "/24", SERVER6 + "/64");
    private final List<Datagram> heard = new ArrayList<>();

    VirtualHostTest() {
        attach("em1", inside, mac(4), "10.7.1.1/24", "2001:db8:1::1/64");
        attach("em2", outside, mac(5), "10.7.2.1/24", "2001:db8:2::1/64");
        router.forwarding(true);
        client.route("0.0.0.0/0", "10.7.1.1");
        client.route("::/0", "2001:db8:1::1");
        server.route("0.0.0.0/0", "10.7.2.1");
        server.route("::/0", "2001:db8:2::1");
        server.udp().listen(53, heard::add);
    }

    private static MacAddress mac(int last) {
        return new MacAddress(0x0000_5e00_5300L + last);
    }

    private void attach(String name, VirtualLan lan, MacAddress mac, String ipv4, String ipv6) {
        NetworkInterface own = router.add(name, 1500, List.of(IpPrefix.parse(ipv4), IpPrefix.parse(ipv6)));
        Link link = lan.attach("router", mac);
        own.connect(link);
        link.onReceive(own::receive);
    }

    private void pass(long millis) {
        time.advance(Duration.ofMillis(millis));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    @ParameterizedTest
    @CsvSource({"10.7.1.2, 10.7.2.2", "2001:db8:1::2, 2001:db8:2::2"})
    void saysSomethingByUdpAndHearsTheAnswer(String from, String to) {
        List<Datagram> answers = new ArrayList<>();
        client.udp().listen(5000, answers::add);
        client.udp().send(5000, IpAddress.parse(to), 53, bytes("who"));
        pass(20);
        assertThat(heard).hasSize(1);
        Datagram question = heard.get(0);
        assertThat(question.source()).hasToString(from);
        assertThat(question.sourcePort()).isEqualTo(5000);
        assertThat(question.destination()).hasToString(to);
        assertThat(question.payload()).isEqualTo(bytes("who"));
        server.udp().send(53, question.source(), question.sourcePort(), bytes("me"));
        pass(20);
        assertThat(answers).extracting(Datagram::payload).containsExactly(bytes("me"));
    }

    @ParameterizedTest
    @ValueSource(strings = {SERVER, SERVER6})
    void answersForAPortAtWhichNobodyListens(String to) {
        client.udp().send(5000, IpAddress.parse(to), 9, bytes("who"));
        pass(20);
        List<PacketLog.Entry> received = client.log().received();
        byte[] answer = received.get(received.size() - 1).frame();
        boolean inet6 = Ip.inet6(answer);
        assertThat(NetworkOrder.int16(answer, Ip.payload(answer))).isEqualTo(inet6 ? 0x0104 : 0x0303);
    }

    @ParameterizedTest
    @ValueSource(strings = {SERVER, SERVER6})
    void pingsAndIsAnswered(String to) {
        List<EchoReply> replies = new ArrayList<>();
        client.ping().onReply(replies::add);
        client.ping().send(IpAddress.parse(to), 7, 1, bytes("body"));
        pass(20);
        assertThat(replies).hasSize(1);
        assertThat(replies.get(0).source()).hasToString(to);
        assertThat(replies.get(0).id()).isEqualTo(7);
        assertThat(replies.get(0).sequence()).isEqualTo(1);
        assertThat(replies.get(0).body()).isEqualTo(bytes("body"));
    }

    @Test
    void ignoresADatagramWhoseLengthOrChecksumIsWrong() {
        client.udp().send(5000, IpAddress.parse(SERVER), 53, bytes("who"));
        pass(20);
        byte[] sound =
                heard.isEmpty() ? new byte[0] : client.log().sent().get(0).packet();
        for (int at : new int[] {25, 27, 30}) {
            byte[] wrong = sound.clone();
            wrong[at]++;
            client.send(wrong);
        }
        pass(20);
        assertThat(heard).hasSize(1);
        client.send(sound);
        pass(20);
        assertThat(heard).as("the same without the fault").hasSize(2);
    }

    @Test
    void takesADatagramWithoutAChecksumInIpv4Only() {
        client.udp().send(5000, IpAddress.parse(SERVER), 53, bytes("who"));
        client.udp().send(5000, IpAddress.parse(SERVER6), 53, bytes("who"));
        pass(20);
        for (PacketLog.Entry entry : client.log().sent()) {
            if (Ip.protocol(entry.frame()) == Ip.UDP) {
                byte[] packet = entry.packet();
                NetworkOrder.put16(packet, packet.length - 5, 0);
                client.send(packet);
            }
        }
        heard.clear();
        pass(20);
        assertThat(heard).hasSize(1);
        assertThat(heard.get(0).source().inet6()).isFalse();
    }

    @Test
    void logsWhatItSendsAndReceivesWithTheTime() {
        client.ping().send(IpAddress.parse(SERVER), 7, 1, new byte[4]);
        pass(100);
        assertThat(client.log().entries())
                .extracting(PacketLog.Entry::direction)
                .containsExactly(Direction.OUT, Direction.IN);
        assertThat(client.log().sent().get(0).nanos()).isZero();
        assertThat(client.log().received().get(0).nanos())
                .as("four ways through two LANs, and as much again for ARP on each of them")
                .isEqualTo(Duration.ofMillis(8).toNanos());
        client.log().limit(1);
        assertThat(client.log().entries()).hasSize(1);
        assertThat(client.log().sent()).isEmpty();
        client.log().limit(0);
        client.ping().send(IpAddress.parse(SERVER), 7, 2, new byte[4]);
        pass(100);
        assertThat(client.log().entries()).isEmpty();
    }

    @Test
    void sendsAnyBytes() {
        List<byte[]> frames = new ArrayList<>();
        inside.tap((nanos, station, frame) -> frames.add(frame));
        client.send(mac(4), bytes("E nonsense"));
        client.send(mac(4), new byte[0]);
        assertThat(frames).hasSize(2);
        byte[] claimsTooMuch = new byte[20];
        claimsTooMuch[0] = 0x45;
        NetworkOrder.put16(claimsTooMuch, 2, 0xffff);
        NetworkOrder.put32(claimsTooMuch, 16, 0x0a070202);
        assertThat(client.send(claimsTooMuch)).isTrue();
        pass(20);
        assertThat(router.statistics().get(IpCounter.MALFORMED)).isEqualTo(3);
        client.stack().routes().remove(IpPrefix.parse("0.0.0.0/0"));
        assertThat(client.send(claimsTooMuch)).isFalse();
    }

    @Test
    void changesItsWayWhenItsRouteChanges() {
        client.route("0.0.0.0/0", "10.7.1.9");
        client.ping().send(IpAddress.parse(SERVER), 7, 1, new byte[4]);
        pass(100);
        assertThat(client.log().received()).isEmpty();
        client.route("0.0.0.0/0", "10.7.1.1");
        client.ping().send(IpAddress.parse(SERVER), 7, 2, new byte[4]);
        pass(100);
        assertThat(client.log().received()).hasSize(1);
    }

    @Test
    void followsAnAddressThatMovesFromOneRouterToAnother() {
        IpPrefix shared = IpPrefix.parse("10.7.1.100/24");
        router.named("em1").takeOver(shared);
        client.route("0.0.0.0/0", "10.7.1.100");
        client.ping().send(IpAddress.parse(SERVER), 7, 1, new byte[4]);
        pass(100);
        assertThat(client.networkInterface().neighbour(shared.address())).isEqualTo(mac(4));
        IpStack second = new IpStack(time, 2);
        NetworkInterface em1 = second.add("em1", 1500, List.of(IpPrefix.parse("10.7.1.3/24")));
        em1.connect(inside.attach("second", mac(6)));
        router.named("em1").giveUp(shared);
        em1.takeOver(shared);
        pass(100);
        assertThat(client.networkInterface().neighbour(shared.address())).isEqualTo(mac(6));
    }

    @Test
    void hasNoWayToWhereNoRouteLeads() {
        client.stack().routes().remove(IpPrefix.parse("0.0.0.0/0"));
        assertThat(client.udp().send(1, IpAddress.parse(SERVER), 53, new byte[1]))
                .isFalse();
        assertThat(client.ping().send(IpAddress.parse(SERVER), 1, 1, new byte[1]))
                .isFalse();
        assertThat(client.ping().send(IpAddress.parse("10.7.1.2"), 1, 1, new byte[1]))
                .as("itself")
                .isFalse();
    }
}
