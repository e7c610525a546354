package net.pfsync.suite.fault;

import net.pfsync.net.ForwardingLink;
import net.pfsync.net.Link;
import net.pfsync.time.EventLoop;

/** A link that sends late. */
final class DelayedLink extends ForwardingLink {

    private final EventLoop loop;
    private final long nanos;

    DelayedLink(Link link, EventLoop loop, long nanos) {
        super(link);
        this.loop = loop;
        this.nanos = nanos;
    }

    @Override
    public void send(byte[] frame) {
        loop.schedule(nanos, () -> link.send(frame));
    }
}
