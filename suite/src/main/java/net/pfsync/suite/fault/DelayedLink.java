package net.pfsync.suite.fault;

import java.util.function.Consumer;
import net.pfsync.net.Link;
import net.pfsync.net.MacAddress;
import net.pfsync.time.EventLoop;

/** A link that sends late. */
record DelayedLink(Link link, EventLoop loop, long nanos) implements Link {

    @Override
    public void send(byte[] frame) {
        loop.schedule(nanos, () -> link.send(frame));
    }

    @Override
    public void onReceive(Consumer<byte[]> receiver) {
        link.onReceive(receiver);
    }

    @Override
    public boolean up() {
        return link.up();
    }

    @Override
    public void onStatus(Consumer<Boolean> listener) {
        link.onStatus(listener);
    }

    @Override
    public MacAddress address() {
        return link.address();
    }
}
