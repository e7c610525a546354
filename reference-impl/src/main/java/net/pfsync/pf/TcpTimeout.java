package net.pfsync.pf;

/** Which timeout a TCP state has after a packet was accepted. Source: {@code PF-TRACKING.md} section 4. */
final class TcpTimeout {

    private TcpTimeout() {}

    static int of(Peer one, Peer other) {
        int lower = Math.min(one.state, other.state);
        int higher = Math.max(one.state, other.state);
        if (lower >= Peer.FIN_WAIT_2) {
            return Timeouts.TCP_CLOSED;
        }
        if (lower >= Peer.CLOSING) {
            return Timeouts.TCP_FIN_WAIT;
        }
        if (lower < Peer.ESTABLISHED) {
            return Timeouts.TCP_OPENING;
        }
        return higher >= Peer.CLOSING ? Timeouts.TCP_CLOSING : Timeouts.TCP_ESTABLISHED;
    }
}
