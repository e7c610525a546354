package net.pfsync.suite.fault;

import java.util.function.Consumer;
import net.pfsync.net.Link;
import net.pfsync.net.MacAddress;

/** A link on which every frame is sent twice. */
record DoublingLink(Link link) implements Link {

    @Override
    public void send(byte[] frame) {
        link.send(frame);
        link.send(frame);
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
