package net.pfsync.net;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.pfsync.time.VirtualTime;
import org.junit.jupiter.api.Test;

/** Whatever reaches a router: nothing is thrown, nothing grows, and it still works afterwards. */
class HostilePacketsTest {

    private static final MacAddress ROUTER = MacAddress.parse("00:00:5e:00:53:01");
    private static final MacAddress OUTSIDE = MacAddress.parse("00:00:5e:00:53:02");
    private static final MacAddress STATION = MacAddress.parse("00:00:5e:00:53:03");

    private final VirtualTime time = new VirtualTime(0);
    private final VirtualLan lan = new VirtualLan(time, Duration.ofMillis(1));
    private final IpStack router = new IpStack(time, 1);
    private final NetworkInterface em1 =
            router.add("em1", 1500, List.of(IpPrefix.parse("10.0.0.1/8"), IpPrefix.parse("2001:db8:1::1/64")));
    private final NetworkInterface em2 =
            router.add("em2", 1500, List.of(IpPrefix.parse("172.16.0.1/12"), IpPrefix.parse("2001:db8:2::1/64")));
    private final Bystander station = new Bystander(lan, "station", STATION);

    HostilePacketsTest() {
        Link link = lan.attach("router", ROUTER);
        em1.connect(link);
        link.onReceive(em1::receive);
        em2.connect(lan.attach("outside", OUTSIDE));
        router.forwarding(true);
    }

    private static byte[] packet(String from, String to, int protocol, int payload) {
        return Ethernet.addressed(
                Ip.make(IpAddress.parse(from), IpAddress.parse(to), protocol, payload), ROUTER, STATION);
    }

    /** One frame of each kind that the router looks into. */
    private static List<byte[]> frames() {
        List<byte[]> frames = new ArrayList<>();
        frames.add(Ethernet.addressed(Bystander.arpFrame(1, STATION, "10.0.0.2", "10.0.0.1"), ROUTER, STATION));
        frames.add(Ethernet.addressed(Bystander.arpFrame(2, STATION, "10.0.0.2", "10.0.0.1"), ROUTER, STATION));
        frames.add(packet("10.0.0.2", "172.16.0.2", Ip.UDP, 40));
        frames.add(packet("10.0.0.2", "203.0.113.1", Ip.ICMP, 40));
        frames.add(packet("10.0.0.2", "10.0.0.1", Ip.ICMP, 40));
        frames.add(packet("2001:db8:1::2", "2001:db8:2::2", Ip.TCP, 40));
        frames.add(packet("2001:db8:1::2", "2001:db8:9::2", 0, 48));
        byte[] echo = Icmp.echo(IpAddress.parse("2001:db8:1::2"), IpAddress.parse("2001:db8:1::1"), 1, 1, new byte[32]);
        frames.add(Ethernet.addressed(echo, ROUTER, STATION));
        for (int type : new int[] {NeighbourDiscovery.SOLICITATION, NeighbourDiscovery.ADVERTISEMENT}) {
            byte[] discovery = packet("2001:db8:1::2", "2001:db8:1::1", Ip.ICMPV6, 40);
            Ip.ttl(discovery, 255);
            discovery[Ip.payload(discovery)] = (byte) type;
            frames.add(sealed(discovery));
        }
        return frames;
    }

    /** Makes the checksum of an ICMPv6 message right, so that what is wrong lies deeper. */
    private static byte[] sealed(byte[] frame) {
        int start = Ip.payload(frame);
        NetworkOrder.put16(frame, start + 2, 0);
        NetworkOrder.put16(frame, start + 2, InternetChecksum.ofPayload(frame, start, Ip.ICMPV6));
        return frame;
    }

    @Test
    void everyTruncationOfEveryKindOfFrameIsBorne() {
        for (byte[] frame : frames()) {
            for (int length = 0; length <= frame.length; length++) {
                em1.receive(Arrays.copyOf(frame, length));
            }
        }
        assertStillWorks();
    }

    @Test
    void everyByteMayHaveEveryValue() {
        for (byte[] frame : frames()) {
            for (int at = 6; at < Math.min(frame.length, 100); at++) {
                for (int value = 0; value < 256; value++) {
                    byte[] changed = frame.clone();
                    changed[at] = (byte) value;
                    em1.receive(changed);
                    repairAndReceive(changed);
                }
            }
            time.advance(Duration.ofSeconds(1));
        }
        assertStillWorks();
    }

    /** The same with right checksums, where that is possible. */
    private void repairAndReceive(byte[] frame) {
        if (Ethernet.type(frame) == Ethernet.IPV4 && (frame[14] & 0xf) >= 5) {
            NetworkOrder.put16(frame, 24, 0);
            int length = Math.min((frame[14] & 0xf) * 4, frame.length - 14);
            NetworkOrder.put16(frame, 24, InternetChecksum.of(frame, 14, length));
            em1.receive(frame);
        } else if (Ethernet.type(frame) == Ethernet.IPV6 && Ip.end(frame) <= frame.length && Ip.end(frame) > 58) {
            em1.receive(sealed(frame));
        }
    }

    @Property(tries = 2000)
    void randomBytesAreBorne(@ForAll long seed, @ForAll @IntRange(max = 1600) int length) {
        byte[] frame = new byte[length];
        new SplittableRandom(seed).nextBytes(frame);
        if (length >= Ethernet.HEADER) {
            ROUTER.write(frame, 0);
            Ethernet.type(frame, new int[] {Ethernet.ARP, Ethernet.IPV4, Ethernet.IPV6}[(int) (seed >>> 62) % 3]);
        }
        em1.receive(frame);
        time.advance(Duration.ofMillis(10));
    }

    @Test
    void aScanOfItsNetworksAndFalseNeighboursTakeABoundedPlace() {
        SplittableRandom random = new SplittableRandom(1);
        for (int i = 0; i < 20_000; i++) {
            byte[] scan = packet("10.0.0.2", "172.16." + random.nextInt(256) + "." + random.nextInt(255), Ip.UDP, 8);
            em1.receive(scan);
            byte[] scan6 = packet(
                    "2001:db8:1::2", "2001:db8:2::" + Integer.toHexString(1 + random.nextInt(0xffff)), Ip.UDP, 8);
            em1.receive(scan6);
            String neighbour = "10." + random.nextInt(256) + "." + random.nextInt(256) + ".7";
            em1.receive(Ethernet.addressed(Bystander.arpFrame(1, STATION, neighbour, "10.0.0.1"), ROUTER, STATION));
        }
        assertThat(em1.neighbours(false).size()).isEqualTo(Neighbours.LIMIT);
        assertThat(em2.neighbours(false).size()).isEqualTo(Neighbours.LIMIT);
        assertThat(em2.neighbours(true).size()).isEqualTo(Neighbours.LIMIT);
        assertStillWorks();
    }

    private void assertStillWorks() {
        time.advance(Duration.ofSeconds(30));
        station.received();
        byte[] echo = Icmp.echo(IpAddress.parse("10.0.0.2"), IpAddress.parse("10.0.0.1"), 1, 1, new byte[4]);
        em1.neighbours(false).learn(IpAddress.parse("10.0.0.2").hi(), 0, STATION, true, true);
        em1.receive(Ethernet.addressed(echo, ROUTER, STATION));
        time.advance(Duration.ofMillis(1));
        assertThat(station.receivedPackets()).filteredOn(Icmp::echoReply).hasSize(1);
    }
}
