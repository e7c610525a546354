package net.pfsync.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.pfsync.net.Ethernet;
import net.pfsync.net.Ip;
import net.pfsync.net.IpAddress;
import net.pfsync.net.NetworkOrder;
import net.pfsync.net.host.EchoReply;
import net.pfsync.net.host.Transfer;
import net.pfsync.net.tcp.TcpSettings;
import net.pfsync.release.Release;
import net.pfsync.sync.ConfigException;
import org.junit.jupiter.api.Test;

/** Two firewalls that forward, track, translate and synchronise, between hosts that send anything at all. */
class HostileTrafficTest {

    private static final String RULES = """
        set skip on em0
        pass keep state
        pass in on em1 proto tcp modulate state
        pass in on em1 proto tcp to any port 80 synproxy state
        pass out on em2 inet proto udp nat-to 10.7.2.11
        pass in on em1 inet proto udp to 203.0.113.9 rdr-to 10.7.2.2
        """;
    private static final int LIMIT = 100;
    private static final int TURNS = 400;

    private static SplitLab lab() throws ConfigException {
        SplitLab lab = new SplitLab(Release.of("reference-v6"), RULES).synchronised();
        lab.a.pfsync().setDefer(true);
        lab.b.pfsync().setDefer(true);
        return lab;
    }

    /** Sound packets of every kind, as they are on the inside LAN. */
    private static List<byte[]> packets() throws ConfigException {
        SplitLab lab = lab();
        lab.client.route("203.0.113.0/24", "10.7.1.11");
        for (String to : List.of(SplitLab.SERVER, SplitLab.SERVER6, "203.0.113.9", "10.7.1.11", "fd00:1::11")) {
            lab.client.udp().send(5000, IpAddress.parse(to), 53, new byte[50]);
            lab.client.ping().send(IpAddress.parse(to), 7, 1, new byte[20]);
        }
        new Transfer(lab.client, lab.server, SplitLab.SERVER, 5001, TcpSettings.DEFAULT, 3000, 3000);
        new Transfer(lab.client, lab.server, SplitLab.SERVER6, 80, TcpSettings.DEFAULT, 3000, 3000);
        lab.pass(2000);
        List<byte[]> packets = new ArrayList<>();
        lab.client.log().sent().forEach(entry -> packets.add(entry.packet()));
        lab.client.log().received().forEach(entry -> packets.add(entry.packet()));
        assertThat(packets).hasSizeGreaterThan(30);
        return packets;
    }

    private static byte[] mutated(byte[] packet, SplittableRandom random) {
        byte[] changed =
                Arrays.copyOf(packet, random.nextInt(3) == 0 ? random.nextInt(packet.length + 40) : packet.length);
        for (int i = random.nextInt(4); i > 0 && changed.length > 0; i--) {
            changed[random.nextInt(changed.length)] = (byte) random.nextInt();
        }
        repair(changed, random);
        return changed;
    }

    /** Makes most headers sound again, so that what is wrong is found deeper inside. */
    private static void repair(byte[] packet, SplittableRandom random) {
        if (packet.length < 40 || random.nextInt(8) == 0) {
            return;
        }
        boolean inet6 = packet[0] >>> 4 == 6;
        NetworkOrder.put16(packet, inet6 ? 4 : 2, inet6 ? packet.length - 40 : packet.length);
        byte[] frame = Ip.frame(packet);
        if (inet6 || (Ip.headerLength(frame) >= 20 && Ip.headerLength(frame) <= packet.length)) {
            Ip.ttl(frame, Ip.ttl(frame));
            System.arraycopy(frame, Ethernet.HEADER, packet, 0, packet.length);
        }
    }

    @Property(tries = 15)
    void nothingThatHostsSendMakesAFirewallThrowStopOrFill(@ForAll long seed) throws ConfigException {
        SplittableRandom random = new SplittableRandom(seed);
        List<byte[]> sound = packets();
        SplitLab lab = lab();
        for (int turn = 0; turn < TURNS; turn++) {
            byte[] packet = mutated(sound.get(random.nextInt(sound.size())), random);
            boolean fromClient = random.nextBoolean();
            int lan = fromClient ? 1 : 2;
            (fromClient ? lab.client : lab.server).send(SplitLab.mac(lan, 11 + random.nextInt(2)), packet);
            lab.time.advance(Duration.ofNanos(random.nextLong(20_000_000)));
        }
        assertThat(lab.a.stopped()).isEmpty();
        assertThat(lab.b.stopped()).isEmpty();
        lab.pass(60_000);
        assertThat(lab.a.pfsync().deferred() + lab.b.pfsync().deferred()).isZero();
        List<EchoReply> replies = new ArrayList<>();
        lab.client.ping().onReply(replies::add);
        lab.client.ping().send(IpAddress.parse("10.7.1.11"), 99, 1, new byte[8]);
        lab.pass(100);
        assertThat(replies).hasSize(1);
    }

    @Test
    void aFloodOfConnectionsEndsAtTheLimitOfStates() {
        SplitLab lab =
                new SplitLab(Release.of("reference-v6"), "pass keep state", settings -> settings.stateLimit(LIMIT));
        lab.client.log().limit(0);
        lab.server.log().limit(0);
        for (int i = 0; i < 10 * LIMIT; i++) {
            lab.client.udp().send(1024 + i, IpAddress.parse(SplitLab.SERVER), 53, new byte[1]);
            lab.pass(1);
        }
        assertThat(lab.a.states().listed()).isEqualTo(LIMIT);
        lab.pass(120_000);
        assertThat(lab.a.states().listed()).isZero();
    }
}
