package net.pfsync.suite.lab;

import java.time.Duration;
import net.pfsync.net.IpAddress;
import net.pfsync.net.tcp.TcpConnection;
import net.pfsync.net.tcp.TcpSettings;
import net.pfsync.net.tcp.TcpState;
import net.pfsync.suite.verdict.Mismatch;

/** A TCP connection between the two hosts, with all that a TCP does by itself: windows, scaling, sending again. */
public final class Connection {

    private final Traffic traffic;
    private final TcpConnection initiator;
    private TcpConnection responder;
    private String ended = "";

    Connection(Traffic traffic, LabHost from) {
        this.traffic = traffic;
        LabHost to = traffic.other(from);
        int port = traffic.freshListener();
        TcpSettings settings = TcpSettings.DEFAULT.withPacketsPerSecond(Traffic.PACKETS_PER_SECOND);
        to.host().tcp().listen(port, settings, accepted -> responder = accepted);
        initiator = from.host().tcp().connect(IpAddress.parse(to.address()), port, settings);
        initiator.onClosed(reason -> ended = "the initiator's end was over: " + reason);
        traffic.done(from.name() + " connects to port " + port);
    }

    /** Its port at the initiator. */
    public int port() {
        return initiator.localPort();
    }

    /** Both ends are connected within a time. */
    public void opens(Duration within) {
        traffic.await(
                () -> responder != null
                        && initiator.state() == TcpState.ESTABLISHED
                        && responder.state() == TcpState.ESTABLISHED,
                within,
                "both ends to be connected",
                () -> "the initiator is in " + initiator.state() + (ended.isEmpty() ? "" : ", " + ended));
    }

    /** The initiator has so many bytes more to send, 1000 packets in a second at most. */
    public void send(int bytes) {
        initiator.send(new byte[bytes]);
        traffic.done("the initiator sends " + bytes + " bytes");
    }

    /** The responder has so many bytes more to send, 1000 packets in a second at most. */
    public void answer(int bytes) {
        responder.send(new byte[bytes]);
        traffic.done("the responder sends " + bytes + " bytes");
    }

    /** The responder has got so many bytes in all, within a time. */
    public void received(long bytes, Duration within) {
        await(responder, bytes, within);
    }

    /** The initiator has got so many bytes in all, within a time. */
    public void answered(long bytes, Duration within) {
        await(initiator, bytes, within);
    }

    private void await(TcpConnection end, long bytes, Duration within) {
        traffic.await(
                () -> end.statistics().bytesReceived() >= bytes || !ended.isEmpty(),
                within,
                bytes + " bytes through the connection",
                () -> end.statistics().bytesReceived() + " bytes" + (ended.isEmpty() ? "" : ", " + ended));
        if (!ended.isEmpty()) {
            throw new Mismatch("the connection to go on", ended, "hosts");
        }
    }

    /** How many segments either end has sent again. */
    public long sentAgain() {
        return initiator.statistics().segmentsSentAgain()
                + (responder == null ? 0 : responder.statistics().segmentsSentAgain());
    }
}
