package net.pfsync.pcap;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import net.pfsync.net.Ethernet;
import net.pfsync.net.MacAddress;
import net.pfsync.net.NetworkOrder;
import net.pfsync.time.RealTime;

/** Somebody on a wire of the test, who remembers what arrived. */
final class Station implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    final BlockingQueue<byte[]> received = new LinkedBlockingQueue<>();
    final BlockingQueue<Boolean> status = new LinkedBlockingQueue<>();
    final BlockingQueue<Throwable> faults = new LinkedBlockingQueue<>();
    final RealTime loop;
    final PcapLink link;

    Station(String name, MacAddress address, int bufferBytes) throws Exception {
        loop = new RealTime(name, faults::add);
        link = onLoop(() -> PcapLink.open(name, address, loop, bufferBytes));
        onLoop(() -> {
            link.onReceive(received::add);
            link.onStatus(status::add);
            return null;
        });
    }

    static Station on(String name) throws Exception {
        return new Station(name, null, Capture.BUFFER_BYTES);
    }

    <T> T onLoop(Callable<T> task) throws Exception {
        return loop.call(task, PATIENCE);
    }

    LinkStatistics statistics() throws Exception {
        return onLoop(link::statistics);
    }

    /** A frame with a number in it, from this station. */
    byte[] frame(MacAddress to, int number, int size) {
        byte[] packet = new byte[size];
        NetworkOrder.put32(packet, 0, number);
        return Ethernet.frame(to, link.address(), packet);
    }

    void send(byte[] frame) throws Exception {
        onLoop(() -> {
            link.send(frame);
            return null;
        });
    }

    /** The next frame that arrives. */
    byte[] next() throws InterruptedException {
        byte[] frame = received.poll(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        assertThat(frame).isNotNull();
        return frame;
    }

    /** The link's next change. */
    Boolean change() throws InterruptedException {
        return status.poll(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    }

    @Override
    public void close() {
        try {
            onLoop(() -> {
                link.close();
                return null;
            });
        } catch (Exception e) {
            throw new AssertionError(e);
        } finally {
            loop.close();
        }
        assertThat(faults).isEmpty();
    }
}
