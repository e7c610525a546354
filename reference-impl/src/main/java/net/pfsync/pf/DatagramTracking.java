package net.pfsync.pf;

/** UDP and protocols that pf knows nothing about: who has sent, and who was answered. Source: {@code PF-TRACKING.md} section 6. */
final class DatagramTracking {

    private DatagramTracking() {}

    static void track(State state, Packet packet, Peer sender, Peer receiver, int now) {
        sender.advance(Peer.SINGLE);
        if (receiver.state == Peer.SINGLE) {
            receiver.state = Peer.MULTIPLE;
        }
        boolean multiple = sender.state == Peer.MULTIPLE && receiver.state == Peer.MULTIPLE;
        boolean udp = packet.proto() == IpProtocol.UDP;
        state.expire = now;
        state.timeout = (byte)
                (udp
                        ? multiple ? Timeouts.UDP_MULTIPLE : Timeouts.UDP_SINGLE
                        : multiple ? Timeouts.OTHER_MULTIPLE : Timeouts.OTHER_SINGLE);
    }
}
