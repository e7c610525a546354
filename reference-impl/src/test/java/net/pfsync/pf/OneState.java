package net.pfsync.pf;

/**
 * One TCP connection through one interface, and so with one state: the client's segments come in, the server's go out.
 *
 * <p>The client starts at {@link #CLIENT_ISN}, the server at {@link #SERVER_ISN}; both offer a window of {@link #WINDOW}.
 */
final class OneState {

    static final int CLIENT_ISN = 1_000_000;
    static final int SERVER_ISN = 5_000_000;
    static final int WINDOW = 10_000;

    final Bench bench;

    OneState(Bench bench) {
        this.bench = bench;
    }

    static TestPacket client() {
        return TestPacket.tcp(Bench.CLIENT, 4000, Bench.SERVER, 80).window(WINDOW);
    }

    static TestPacket server() {
        return TestPacket.tcp(Bench.SERVER, 80, Bench.CLIENT, 4000).window(WINDOW);
    }

    /** A segment of the client, its first byte of data so many bytes behind the SYN, with everything of the server acknowledged so far. */
    static TestPacket clientAt(int offset) {
        return client().seq(CLIENT_ISN + 1 + offset).ack(SERVER_ISN + 1);
    }

    static TestPacket serverAt(int offset) {
        return server().seq(SERVER_ISN + 1 + offset).ack(CLIENT_ISN + 1);
    }

    Result fromClient(TestPacket packet) {
        return bench.test(packet.bytes(), Bench.INSIDE, State.IN);
    }

    Result fromServer(TestPacket packet) {
        return bench.test(packet.bytes(), Bench.INSIDE, State.OUT);
    }

    boolean clientPasses(TestPacket packet) {
        return fromClient(packet).verdict() == Result.Verdict.PASS;
    }

    boolean serverPasses(TestPacket packet) {
        return fromServer(packet).verdict() == Result.Verdict.PASS;
    }

    OneState synSent() {
        fromClient(client().seq(CLIENT_ISN).flags(TcpFlags.SYN));
        return this;
    }

    OneState established() {
        synSent();
        fromServer(server().seq(SERVER_ISN).ack(CLIENT_ISN + 1).flags(TcpFlags.SYN));
        fromClient(clientAt(0));
        return this;
    }

    /** With window scaling by these shifts on both ends. */
    OneState establishedScaled(int clientShift, int serverShift) {
        fromClient(client().seq(CLIENT_ISN).flags(TcpFlags.SYN).wscale(clientShift));
        fromServer(
                server().seq(SERVER_ISN).ack(CLIENT_ISN + 1).flags(TcpFlags.SYN).wscale(serverShift));
        fromClient(clientAt(0));
        return this;
    }

    OneState closed() {
        established();
        fromClient(clientAt(0).flags(TcpFlags.FIN));
        fromServer(serverAt(0).ack(CLIENT_ISN + 2).flags(TcpFlags.FIN));
        fromClient(clientAt(1).ack(SERVER_ISN + 2));
        return this;
    }

    State state() {
        return bench.table.first();
    }

    Peer src() {
        return state().src;
    }

    Peer dst() {
        return state().dst;
    }
}
