package net.pfsync.net.tcp;

import java.util.HashMap;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import net.pfsync.net.Ip;
import net.pfsync.net.IpAddress;
import net.pfsync.net.IpStack;
import net.pfsync.net.NetworkInterface;
import net.pfsync.time.EventLoop;

/**
 * TCP of a host: its connections, and the ports at which it listens. Segments that belong to neither are answered by a reset; those that
 * would be one connection too many are not answered.
 */
public final class Tcp {

    private static final int FIRST_EPHEMERAL = 49152;
    private static final int LAST_PORT = 65535;
    private static final int MOST_CONNECTIONS = 10_000;
    private static final int IPV4_AND_TCP = 40;
    private static final int IPV6_AND_TCP = 60;

    private record Listener(TcpSettings settings, Consumer<TcpConnection> accept) {}

    private final IpStack stack;
    private final EventLoop loop;
    private final SplittableRandom random;
    private final Map<ConnectionId, TcpConnection> connections = new HashMap<>();
    private final Map<Integer, Listener> listeners = new HashMap<>();
    private final Segment arrived = new Segment();
    private int ephemeral = FIRST_EPHEMERAL;

    /**
     * Makes the TCP of a host.
     *
     * @param stack its IP
     * @param loop its event loop
     * @param seed of the first sequence numbers
     */
    public Tcp(IpStack stack, EventLoop loop, long seed) {
        this.stack = stack;
        this.loop = loop;
        this.random = new SplittableRandom(seed);
        stack.receive(Ip.TCP, this::receive);
    }

    /**
     * Opens a connection from a port that nobody uses.
     *
     * @param remote to whom
     * @param remotePort to which port
     * @param settings how this end behaves
     * @return the connection, which is not established yet
     * @throws IllegalArgumentException if there is no route
     */
    public TcpConnection connect(IpAddress remote, int remotePort, TcpSettings settings) {
        while (inUse(ephemeral)) {
            ephemeral = ephemeral == LAST_PORT ? FIRST_EPHEMERAL : ephemeral + 1;
        }
        return connect(ephemeral, remote, remotePort, settings);
    }

    private boolean inUse(int port) {
        return connections.keySet().stream().anyMatch(id -> id.localPort() == port);
    }

    /**
     * Opens a connection.
     *
     * @param localPort from which port
     * @param remote to whom
     * @param remotePort to which port
     * @param settings how this end behaves
     * @return the connection, which is not established yet
     * @throws IllegalArgumentException if there is no route, or the same connection exists
     */
    public TcpConnection connect(int localPort, IpAddress remote, int remotePort, TcpSettings settings) {
        IpAddress local = stack.sourceTowards(remote);
        if (local == null) {
            throw new IllegalArgumentException("no route to " + remote);
        }
        ConnectionId id = new ConnectionId(local, localPort, remote, remotePort);
        if (connections.containsKey(id)) {
            throw new IllegalArgumentException("there is such a connection already: " + id);
        }
        TcpConnection connection = add(id, settings);
        connection.open();
        return connection;
    }

    private TcpConnection add(ConnectionId id, TcpSettings settings) {
        int headers = id.remote().inet6() ? IPV6_AND_TCP : IPV4_AND_TCP;
        int mss = stack.mtuTowards(id.remote()) - headers;
        TcpConnection connection = new TcpConnection(this, id, loop, settings, mss, random.nextInt());
        connections.put(id, connection);
        return connection;
    }

    /**
     * Listens at a port.
     *
     * @param port 1 to 65535
     * @param settings how this end of each connection behaves
     * @param accept gets each new connection before it is established
     */
    public void listen(int port, TcpSettings settings, Consumer<TcpConnection> accept) {
        listeners.put(port, new Listener(settings, accept));
    }

    /**
     * How many connections there are, those included that only wait for late segments.
     *
     * @return 0 or more
     */
    public int connections() {
        return connections.size();
    }

    void remove(ConnectionId id, TcpConnection connection) {
        connections.remove(id, connection);
    }

    void send(byte[] frame) {
        stack.identify(frame);
        stack.send(frame);
    }

    private boolean receive(NetworkInterface from, byte[] frame) {
        if (stack.toGroup(frame) || !arrived.parse(frame)) {
            return false;
        }
        ConnectionId id =
                new ConnectionId(Ip.destination(frame), arrived.destinationPort, Ip.source(frame), arrived.sourcePort);
        TcpConnection connection = connections.get(id);
        if (connection != null) {
            connection.receive(arrived);
            return true;
        }
        Listener listener = listeners.get(arrived.destinationPort);
        if (listener != null && connections.size() >= MOST_CONNECTIONS) {
            return false;
        }
        if (listener != null && (arrived.flags & (Segment.SYN | Segment.ACK | Segment.RST)) == Segment.SYN) {
            TcpConnection accepted = add(id, listener.settings());
            listener.accept().accept(accepted);
            accepted.accept(arrived);
            return true;
        }
        refuse(id);
        return false;
    }

    /** Source: RFC 9293, 3.10.7.1. */
    private void refuse(ConnectionId id) {
        if (arrived.has(Segment.RST)) {
            return;
        }
        Segment reset = arrived.has(Segment.ACK)
                ? Segment.make(arrived.acknowledgement, 0, Segment.RST, 0)
                : Segment.make(0, arrived.sequence + arrived.length(), Segment.RST | Segment.ACK, 0);
        byte[] frame = reset.layOut(id);
        reset.seal();
        send(frame);
    }
}
