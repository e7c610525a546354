package net.pfsync.net.host;

import java.time.Duration;
import java.util.Arrays;
import java.util.SplittableRandom;
import net.pfsync.net.IpAddress;
import net.pfsync.net.tcp.CloseReason;
import net.pfsync.net.tcp.TcpConnection;
import net.pfsync.net.tcp.TcpSettings;

/** Bytes that two hosts send each other over one connection, which is closed by both when everything was sent. */
public final class Transfer {

    private final byte[] upward;
    private final byte[] downward;
    private final Arrival atServer;
    private final Arrival atClient;
    private final TcpConnection client;
    private TcpConnection server;
    private CloseReason clientClosed;
    private CloseReason serverClosed;

    /** Compares what arrives with what was sent. */
    private static final class Arrival implements TcpConnection.Receiver {
        private final byte[] wanted;
        private int count;
        private boolean wrong;

        Arrival(byte[] wanted) {
            this.wanted = wanted;
        }

        @Override
        public void received(byte[] bytes, int at, int length) {
            wrong |= count + length > wanted.length
                    || !Arrays.equals(bytes, at, at + length, wanted, count, count + length);
            count += length;
        }

        boolean complete() {
            return !wrong && count == wanted.length;
        }
    }

    /**
     * Starts a transfer.
     *
     * @param from who opens the connection
     * @param to who listens; whoever listened at that port before does so no longer
     * @param address of the one who listens
     * @param port where it listens, 1 to 65535
     * @param settings how both ends behave
     * @param up how many bytes the opener sends
     * @param down how many bytes the other sends
     */
    public Transfer(
            VirtualHost from, VirtualHost to, String address, int port, TcpSettings settings, int up, int down) {
        upward = bytes(up, 1);
        downward = bytes(down, 2);
        atServer = new Arrival(upward);
        atClient = new Arrival(downward);
        to.tcp().listen(port, settings, this::accept);
        client = from.tcp().connect(IpAddress.parse(address), port, settings);
        client.onReceive(atClient);
        client.onClosed(reason -> clientClosed = reason);
        client.send(upward);
        client.close();
    }

    private static byte[] bytes(int length, long seed) {
        byte[] bytes = new byte[length];
        new SplittableRandom(seed).nextBytes(bytes);
        return bytes;
    }

    private void accept(TcpConnection accepted) {
        server = accepted;
        server.onReceive(atServer);
        server.onClosed(reason -> serverClosed = reason);
        server.send(downward);
        server.onEnd(server::close);
    }

    /** The end of the opener. */
    public TcpConnection client() {
        return client;
    }

    /** The other end; null until the first segment has reached it. */
    public TcpConnection server() {
        return server;
    }

    /** Whether everything arrived as it was sent. */
    public boolean complete() {
        return atServer.complete() && atClient.complete();
    }

    /** Whether both ends are done with it, for whatever reason. */
    public boolean over() {
        return clientClosed != null && serverClosed != null;
    }

    /** Whether both ends closed it in order. */
    public boolean closedInOrder() {
        return clientClosed == CloseReason.CLOSED && serverClosed == CloseReason.CLOSED;
    }

    /** How long it took from the handshake to the end, as the opener saw it; only known when it is {@link #over}. */
    public Duration duration() {
        return Duration.ofNanos(
                client.statistics().closedNanos() - client.statistics().establishedNanos());
    }
}
