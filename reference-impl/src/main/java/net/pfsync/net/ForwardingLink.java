package net.pfsync.net;

import java.util.function.Consumer;

/** A link that does what the one behind it does, but for what a subclass does otherwise. */
public abstract class ForwardingLink implements Link {

    /** The link behind this one. */
    protected final Link link;

    /**
     * Before a link.
     *
     * @param link the link; this object is its only user
     */
    protected ForwardingLink(Link link) {
        this.link = link;
    }

    @Override
    public void send(byte[] frame) {
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
