package net.pfsync.pf;

/** TCP without windows: every packet passes, only the flags count. Source: {@code PF-TRACKING.md} section 5. */
final class SloppyTcpTracking {

    private SloppyTcpTracking() {}

    static void track(State state, Packet packet, Peer sender, Peer receiver, int now) {
        if (packet.has(TcpFlags.SYN)) {
            sender.advance(Peer.SYN_SENT);
        }
        if (packet.has(TcpFlags.FIN)) {
            sender.advance(Peer.CLOSING);
        }
        if (packet.has(TcpFlags.ACK)) {
            acknowledge(sender, receiver);
        }
        if (packet.has(TcpFlags.RST)) {
            sender.state = Peer.TIME_WAIT;
            receiver.state = Peer.TIME_WAIT;
        }
        state.expire = now;
        state.timeout = (byte) TcpTimeout.of(sender, receiver);
    }

    private static void acknowledge(Peer sender, Peer receiver) {
        if (receiver.state == Peer.SYN_SENT) {
            receiver.state = Peer.ESTABLISHED;
        } else if (receiver.state == Peer.CLOSING) {
            receiver.state = Peer.FIN_WAIT_2;
        } else if (sender.state == Peer.SYN_SENT && receiver.state < Peer.SYN_SENT) {
            // Only one half of the connection comes this way.
            sender.state = Peer.ESTABLISHED;
            receiver.state = Peer.ESTABLISHED;
        } else if (sender.state == Peer.CLOSING && receiver.state == Peer.ESTABLISHED && receiver.seqlo == 0) {
            // The other half's FIN will never be seen.
            receiver.state = Peer.CLOSING;
        }
    }
}
