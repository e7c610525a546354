package net.pfsync.node;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.function.Consumer;
import net.pfsync.net.ArpMessage;
import net.pfsync.net.Ethernet;
import net.pfsync.net.Ip;
import net.pfsync.net.IpAddress;
import net.pfsync.net.Ipv4Address;
import net.pfsync.net.Link;
import net.pfsync.net.MacAddress;
import net.pfsync.net.NetworkOrder;
import net.pfsync.release.Release;
import net.pfsync.time.VirtualTime;
import org.junit.jupiter.api.Test;

/** What a firewall allocates for a packet of a known connection: the frame that it sends, and nothing else. */
class ForwardingAllocationTest {

    private static final MacAddress OWN_IN = MacAddress.parse("00:00:5e:00:53:01");
    private static final MacAddress OWN_OUT = MacAddress.parse("00:00:5e:00:53:02");
    private static final MacAddress CLIENT = MacAddress.parse("00:00:5e:00:53:03");
    private static final MacAddress SERVER = MacAddress.parse("00:00:5e:00:53:04");
    private static final int PACKETS = 200_000;
    private static final int ARRAY_HEADER_AND_PADDING = 24;

    /** A link whose other end counts and forgets. */
    private static final class Sink implements Link {
        private final MacAddress address;
        private Consumer<byte[]> receiver;
        private long count;

        Sink(MacAddress address) {
            this.address = address;
        }

        @Override
        public void send(byte[] frame) {
            count++;
        }

        @Override
        public void onReceive(Consumer<byte[]> taker) {
            receiver = taker;
        }

        @Override
        public boolean up() {
            return true;
        }

        @Override
        public void onStatus(Consumer<Boolean> listener) {}

        @Override
        public MacAddress address() {
            return address;
        }
    }

    private final Sink inside = new Sink(OWN_IN);
    private final Sink outside = new Sink(OWN_OUT);

    private void boot() {
        Release release = Release.of("reference-v6");
        Settings settings = Settings.of(release)
                .withInterface("em1", OWN_IN, "10.7.1.1/24")
                .withInterface("em2", OWN_OUT, "10.7.2.1/24")
                .forwarding(true)
                .rules("pass keep state");
        Firewall firewall = new Firewall(release, settings, new VirtualTime(0));
        firewall.connect("em1", inside);
        firewall.connect("em2", outside);
    }

    private static byte[] udp() {
        byte[] frame = Ip.make(IpAddress.parse("10.7.1.2"), IpAddress.parse("10.7.2.2"), Ip.UDP, 1000);
        int start = Ip.payload(frame);
        NetworkOrder.put16(frame, start, 5000);
        NetworkOrder.put16(frame, start + 2, 53);
        NetworkOrder.put16(frame, start + 4, 1000);
        return Ethernet.addressed(frame, OWN_IN, CLIENT);
    }

    /** An answer to the firewall's question who has the server's address. */
    private static byte[] serverIsThere() {
        int server = Ipv4Address.parse("10.7.2.2");
        return new ArpMessage(false, SERVER, server, OWN_OUT, Ipv4Address.parse("10.7.2.1")).frame(OWN_OUT);
    }

    @Test
    void aPacketOfAKnownConnectionCostsItsFrame() {
        boot();
        byte[] frame = udp();
        inside.receiver.accept(frame);
        outside.receiver.accept(serverIsThere());
        assertThat(outside.count).as("the question and the packet that waited").isEqualTo(2);
        forward(frame);
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadAllocatedBytes();
        forward(frame);
        long each = (threads.getCurrentThreadAllocatedBytes() - before) / PACKETS;
        assertThat(outside.count).isEqualTo(2 + 2 * PACKETS);
        assertThat(each).isBetween((long) frame.length, (long) frame.length + ARRAY_HEADER_AND_PADDING);
    }

    private void forward(byte[] frame) {
        for (int i = 0; i < PACKETS; i++) {
            inside.receiver.accept(frame);
        }
    }
}
