package net.pfsync.suite.soak;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import net.pfsync.net.IpAddress;
import net.pfsync.net.host.Transfer;
import net.pfsync.net.host.VirtualHost;
import net.pfsync.net.tcp.TcpConnection;
import net.pfsync.net.tcp.TcpSettings;
import net.pfsync.suite.experiment.Cluster;
import net.pfsync.time.VirtualTime;

/** What client and server have to say to each other: files, questions and answers, pings, and connections that live long and say little. */
final class Traffic {

    static final int QUESTIONS = 53;
    static final int SILENT = 9;

    private static final int TALK = 22;
    private static final int FIRST_FILE = 10_000;
    private static final int FILE_PORTS = 50;
    private static final int FIRST_ASKER = 20_000;
    private static final int ASKERS = 20_000;
    private static final int MOST_TALKS = 12;
    private static final long MEAN_PAUSE = Duration.ofSeconds(2).toNanos();
    private static final long LONGEST_TALK = Duration.ofHours(1).toNanos();
    private static final long MEAN_SILENCE = Duration.ofSeconds(20).toNanos();
    private static final TcpSettings SETTINGS = TcpSettings.DEFAULT.withPacketsPerSecond(500);

    private final VirtualTime time;
    private final VirtualHost client;
    private final VirtualHost server;
    private final SplittableRandom random;
    private final List<Talk> talks = new ArrayList<>();
    private boolean flowing;
    private long begun;

    /** A connection that lives long: the client says something now and then, the server says the same. */
    private final class Talk {
        private final TcpConnection connection;
        private final long until;
        private boolean closed;

        Talk(TcpConnection connection, long until) {
            this.connection = connection;
            this.until = until;
            connection.onClosed(reason -> closed = true);
            later(this::say);
        }

        private void later(Runnable task) {
            time.schedule(exponential(MEAN_SILENCE), task);
        }

        private void say() {
            if (closed) {
                return;
            }
            if (flowing && time.nanos() >= until) {
                connection.close();
                return;
            }
            if (flowing) {
                connection.send(new byte[1 + random.nextInt(200)]);
            }
            later(this::say);
        }
    }

    Traffic(Cluster cluster, long seed) {
        this.time = cluster.time();
        this.client = cluster.client();
        this.server = cluster.server();
        this.random = new SplittableRandom(seed);
        server.tcp().listen(TALK, SETTINGS, Traffic::echo);
        server.udp()
                .listen(
                        QUESTIONS,
                        asked -> server.udp().send(QUESTIONS, asked.source(), asked.sourcePort(), asked.payload()));
        server.udp().listen(SILENT, asked -> {});
    }

    private static void echo(TcpConnection accepted) {
        accepted.onReceive((bytes, at, length) -> accepted.send(java.util.Arrays.copyOfRange(bytes, at, at + length)));
        accepted.onEnd(accepted::close);
    }

    /** Lets traffic flow until {@link #pause}. */
    void flow() {
        flowing = true;
        next();
    }

    /** Begins nothing new; what is under way comes to its end, and connections that live long fall silent. */
    void pause() {
        flowing = false;
    }

    /** How many connections, questions and pings there were. */
    long begun() {
        return begun;
    }

    private void next() {
        time.schedule(exponential(MEAN_PAUSE), () -> {
            if (flowing) {
                begin();
                next();
            }
        });
    }

    private long exponential(long mean) {
        return (long) (-Math.log(1 - random.nextDouble()) * mean);
    }

    private void begin() {
        begun++;
        IpAddress to = random.nextBoolean() ? Cluster.SERVER : Cluster.SERVER6;
        switch (random.nextInt(10)) {
            case 0, 1, 2 -> file(to);
            case 3, 4, 5 -> ask(to, QUESTIONS);
            case 6 -> ask(to, SILENT);
            case 7, 8 -> client.ping().send(to, random.nextInt(0xffff), 1, new byte[32]);
            default -> talk(to);
        }
    }

    private void file(IpAddress to) {
        int port = FIRST_FILE + (int) (begun % FILE_PORTS);
        int up = random.nextInt(20_000);
        int down = random.nextInt(20_000);
        new Transfer(client, server, to.toString(), port, SETTINGS, up, down);
    }

    private void ask(IpAddress to, int port) {
        client.udp().send(FIRST_ASKER + (int) (begun % ASKERS), to, port, new byte[20 + random.nextInt(500)]);
    }

    private void talk(IpAddress to) {
        talks.removeIf(talk -> talk.closed);
        if (talks.size() < MOST_TALKS) {
            long until = time.nanos() + random.nextLong(LONGEST_TALK);
            talks.add(new Talk(client.tcp().connect(to, TALK, SETTINGS), until));
        }
    }
}
