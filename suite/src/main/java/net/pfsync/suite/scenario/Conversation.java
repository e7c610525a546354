package net.pfsync.suite.scenario;

/** One TCP connection through A, made up: client and server send in turns. */
final class Conversation {

    static final String CLIENT = "10.1.0.10";
    static final String SERVER = "10.2.0.10";

    private static final int SERVER_PORT = 5001;
    private static final int SYN = 0x02;
    private static final int ACK = 0x10;
    private static final int PUSH = 0x08;
    private static final int FIN = 0x01;
    private static final int BYTES = 10;

    private final ScenarioLab lab;
    private final int port;
    private long clientSeq = 1000;
    private long serverSeq = 5000;

    Conversation(ScenarioLab lab, int port) {
        this.lab = lab;
        this.port = port;
    }

    /** The handshake; the server answers so late that a held SYN has left. */
    void open(double at) {
        client(at, SYN, 0);
        server(at + 0.03, SYN | ACK, 0);
        client(at + 0.031, ACK, 0);
    }

    /** A few bytes there and back. */
    void exchange(double at) {
        client(at, PUSH | ACK, BYTES);
        server(at + 0.0002, PUSH | ACK, BYTES);
    }

    /** Both sides close. */
    void close(double at) {
        client(at, FIN | ACK, 0);
        server(at + 0.001, FIN | ACK, 0);
        client(at + 0.002, ACK, 0);
    }

    private void client(double at, int flags, int payload) {
        byte[] packet =
                Datagrams.tcp(CLIENT, port, SERVER, SERVER_PORT, flags, clientSeq, ack(flags, serverSeq), payload);
        clientSeq += length(flags, payload);
        lab.at(at, () -> lab.forward(true, "A", packet));
    }

    private void server(double at, int flags, int payload) {
        byte[] packet =
                Datagrams.tcp(SERVER, SERVER_PORT, CLIENT, port, flags, serverSeq, ack(flags, clientSeq), payload);
        serverSeq += length(flags, payload);
        lab.at(at, () -> lab.forward(false, "A", packet));
    }

    private static int length(int flags, int payload) {
        return payload + ((flags & (SYN | FIN)) == 0 ? 0 : 1);
    }

    private static long ack(int flags, long next) {
        return (flags & ACK) == 0 ? 0 : next;
    }
}
