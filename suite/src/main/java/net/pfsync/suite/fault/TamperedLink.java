package net.pfsync.suite.fault;

import java.util.function.Consumer;
import net.pfsync.net.Ethernet;
import net.pfsync.net.ForwardingLink;
import net.pfsync.net.Link;
import net.pfsync.wire.Dialect;
import net.pfsync.wire.Frame;
import net.pfsync.wire.FrameDecoder;
import net.pfsync.wire.IpHeader;

/** A link on which sound pfsync frames are changed, in one or both directions; everything else passes as it is. */
final class TamperedLink extends ForwardingLink {

    private static final int PROTOCOL = 9;

    private final Dialect dialect;
    private final FrameChange sent;
    private final FrameChange received;

    TamperedLink(Link link, Dialect dialect, FrameChange sent, FrameChange received) {
        super(link);
        this.dialect = dialect;
        this.sent = sent;
        this.received = received;
    }

    private void pass(byte[] ethernet, FrameChange change, Consumer<byte[]> on) {
        if (change == null || Ethernet.type(ethernet) != Ethernet.IPV4) {
            on.accept(ethernet);
            return;
        }
        byte[] packet = Ethernet.payload(ethernet);
        Frame frame = packet[PROTOCOL] == (byte) IpHeader.PFSYNC ? FrameDecoder.decode(dialect, packet) : null;
        if (frame == null) {
            on.accept(ethernet);
        } else {
            change.change(
                    frame,
                    changed -> on.accept(
                            Ethernet.frame(Ethernet.destination(ethernet), Ethernet.source(ethernet), changed)));
        }
    }

    @Override
    public void send(byte[] frame) {
        pass(frame, sent, link::send);
    }

    @Override
    public void onReceive(Consumer<byte[]> receiver) {
        link.onReceive(frame -> pass(frame, received, receiver));
    }
}
