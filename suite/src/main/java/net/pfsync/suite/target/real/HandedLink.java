package net.pfsync.suite.target.real;

import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Consumer;
import net.pfsync.net.Link;
import net.pfsync.net.MacAddress;
import net.pfsync.pcap.PcapLink;
import net.pfsync.time.RealTime;

/** An interface for a station on another thread than the interface's: what arrives waits until that thread takes it. */
final class HandedLink implements Link {

    /** More than a second of any case's traffic. */
    private static final int WAITING = 100_000;

    private final PcapLink link;
    private final RealTime loop;
    private final LinkedBlockingQueue<byte[]> arrived = new LinkedBlockingQueue<>(WAITING);
    private Consumer<byte[]> receiver = frame -> {};

    /** Called on the loop's thread. */
    HandedLink(PcapLink link, RealTime loop) {
        this.link = link;
        this.loop = loop;
        link.onReceive(frame -> {
            // What finds no room was lost on a LAN.
            boolean ignored = arrived.offer(frame);
        });
    }

    /** Hands over what has arrived. */
    void turn() {
        for (byte[] frame = arrived.poll(); frame != null; frame = arrived.poll()) {
            receiver.accept(frame);
        }
    }

    /** Nothing has arrived. */
    void forget() {
        arrived.clear();
    }

    @Override
    public void send(byte[] frame) {
        loop.execute(() -> link.send(frame));
    }

    @Override
    public void onReceive(Consumer<byte[]> consumer) {
        receiver = consumer;
    }

    @Override
    public boolean up() {
        return true;
    }

    /** The hosts of a lab do not care. */
    @Override
    public void onStatus(Consumer<Boolean> listener) {
        // Nobody is told.
    }

    @Override
    public MacAddress address() {
        return link.address();
    }
}
