package net.pfsync.suite.experiment;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToLongFunction;
import net.pfsync.net.Ethernet;
import net.pfsync.net.Ip;
import net.pfsync.net.IpCounter;
import net.pfsync.net.host.Transfer;
import net.pfsync.net.tcp.TcpSettings;
import net.pfsync.node.Firewall;
import net.pfsync.pf.Reason;
import net.pfsync.release.Release;

/** One run: a load at a rate through one setup. */
final class Experiment {

    private static final int FIRST_PORT = 5001;
    private static final int IPPROTO_PFSYNC = 240;
    private static final int LEAST_SEGMENT = 1400;
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final int TIMES_SLOWER = 10;
    /** Updates wait up to a second. */
    private static final Duration LAST_FRAMES = Duration.ofMillis(1500);

    /** As strict as a firewall can be: without its state no packet of a connection passes, be it the first answer. */
    private static final String RULES = """
        set skip on em0
        block
        pass inet proto icmp no state
        pass in on em1 inet proto tcp flags S/SA keep state
        pass out on em2 inet proto tcp flags S/SA keep state
        """;

    private final Cluster cluster;
    private final Load load;
    private final int packetsPerSecond;
    private final List<Firewall> firewalls = new ArrayList<>();
    private long syncFrames;
    private long syncBytes;

    private Experiment(Release release, Setup setup, Load load, int packetsPerSecond, long seed) {
        this.cluster = new Cluster(release, RULES, seed);
        this.load = load;
        this.packetsPerSecond = packetsPerSecond;
        cluster.paths(1, setup.back());
        firewalls.add(cluster.boot(1));
        if (setup != Setup.ONE) {
            firewalls.add(cluster.boot(2));
            cluster.synchronise(setup.defer(), firewalls);
        }
        findNeighbours();
        cluster.syncLan().tap((nanos, station, frame) -> count(frame));
    }

    /**
     * Runs it.
     *
     * @param release what the firewalls run
     * @param setup how they stand
     * @param load what is sent
     * @param packetsPerSecond how many segments with data at most, of all connections together; at least as many as connections
     * @param seed the same seed, the same outcome
     */
    static Outcome run(Release release, Setup setup, Load load, int packetsPerSecond, long seed) {
        return new Experiment(release, setup, load, packetsPerSecond, seed).run();
    }

    /** A packet that has to wait for ARP would be counted as slow. */
    private void findNeighbours() {
        for (int ping = 0; ping < 3; ping++) {
            cluster.client().ping().send(Cluster.SERVER, 1, ping, new byte[8]);
            cluster.time().advance(Duration.ofSeconds(1));
        }
    }

    private void count(byte[] frame) {
        if (Ethernet.type(frame) == Ethernet.IPV4 && Ip.protocol(frame) == IPPROTO_PFSYNC) {
            syncFrames++;
            syncBytes += Ip.length(frame);
        }
    }

    private Outcome run() {
        long forwarded = forwarded();
        long unknown = unknown();
        long mismatched = dropped(Reason.STATE_MISMATCH);
        long start = cluster.time().nanos();
        List<Transfer> transfers = start();
        cluster.time().advanceUntil(() -> transfers.stream().allMatch(Transfer::over), patience());
        Duration time = Duration.ofNanos(cluster.time().nanos() - start);
        cluster.time().advance(LAST_FRAMES);
        boolean complete = transfers.stream().allMatch(each -> each.complete() && each.closedInOrder());
        return new Outcome(
                transfers.stream().mapToLong(Experiment::arrived).sum(),
                complete,
                handshake(transfers, start),
                time,
                complete ? speed(transfers) : 0,
                forwarded() - forwarded,
                unknown() - unknown,
                dropped(Reason.STATE_MISMATCH) - mismatched,
                syncFrames,
                syncBytes);
    }

    private List<Transfer> start() {
        TcpSettings settings = TcpSettings.DEFAULT.withPacketsPerSecond(packetsPerSecond / load.connections());
        List<Transfer> transfers = new ArrayList<>();
        for (int i = 0; i < load.connections(); i++) {
            transfers.add(new Transfer(
                    cluster.client(),
                    cluster.server(),
                    Cluster.SERVER.toString(),
                    FIRST_PORT + i,
                    settings,
                    load.bytes(),
                    0));
        }
        return transfers;
    }

    /** Many times what it takes without loss, and then a while for those that wait for their next try. */
    private Duration patience() {
        long segments = (long) load.connections() * load.bytes() / LEAST_SEGMENT + 1;
        return PATIENCE.plusNanos(
                TIMES_SLOWER * segments * Duration.ofSeconds(1).toNanos() / packetsPerSecond);
    }

    private static long arrived(Transfer transfer) {
        return transfer.server() == null ? 0 : transfer.server().statistics().bytesReceived();
    }

    private static Duration handshake(List<Transfer> transfers, long start) {
        long last = start;
        for (Transfer transfer : transfers) {
            long established = transfer.client().statistics().establishedNanos();
            if (established < 0) {
                return null;
            }
            last = Math.max(last, established);
        }
        return Duration.ofNanos(last - start);
    }

    private double speed(List<Transfer> transfers) {
        return transfers.stream()
                .mapToDouble(each -> load.bytes() * 1e9 / each.duration().toNanos())
                .average()
                .orElseThrow();
    }

    private long forwarded() {
        return sum(firewall -> firewall.stack().statistics().get(IpCounter.FORWARDED));
    }

    /** Packets that the rules decided about; those that they let pass made a state. */
    private long unknown() {
        return dropped(Reason.MATCH)
                - sum(firewall -> firewall.filter().statistics().inserts());
    }

    private long dropped(Reason reason) {
        return sum(firewall -> firewall.filter().statistics().count(reason));
    }

    private long sum(ToLongFunction<Firewall> count) {
        return firewalls.stream().mapToLong(count).sum();
    }
}
