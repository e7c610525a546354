package net.pfsync.suite.fault;

import net.pfsync.net.ForwardingLink;
import net.pfsync.net.Link;

/** A link on which every frame is sent twice. */
final class DoublingLink extends ForwardingLink {

    DoublingLink(Link link) {
        super(link);
    }

    @Override
    public void send(byte[] frame) {
        link.send(frame);
        link.send(frame);
    }
}
