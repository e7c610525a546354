package net.pfsync.suite.soak;

import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import net.pfsync.net.IpCounter;
import net.pfsync.node.Firewall;
import net.pfsync.pf.State;
import net.pfsync.release.Release;
import net.pfsync.suite.experiment.Cluster;
import net.pfsync.sync.ConfigException;
import net.pfsync.sync.Queue;

/** Two firewalls that defer, share the address to which they translate, and can fail. */
final class Pair {

    /** To whom the server answers when a source was translated; it belongs to the firewall through which answers come back. */
    private static final String SHARED = "198.51.100.77";

    private static final String RULES = """
        set skip on em0
        block
        pass inet6 proto icmp6 no state
        pass inet proto icmp icmp-type echoreq keep state
        pass inet6 proto icmp6 icmp6-type echoreq keep state
        pass proto tcp flags S/SA keep state
        pass proto udp keep state
        pass out on em2 inet proto udp nat-to %s
        """.formatted(SHARED);

    private static final Duration RESYNC = Duration.ofMinutes(5);
    private static final Duration LAST_UPDATES = Duration.ofSeconds(2);
    private static final int LONGEST_MINUTES = 3;
    private static final double LOST = 0.1;

    private final Cluster cluster;
    private final SplittableRandom random;
    private final Firewall[] firewalls = new Firewall[2];
    private long forwardedByOthers;
    private int out = 1;
    private int back = 1;

    Pair(Release release, long seed) {
        this.cluster = new Cluster(release, RULES, seed);
        this.random = new SplittableRandom(seed);
        firewalls[0] = cluster.boot(1);
        firewalls[1] = cluster.boot(2);
        paths(1, 1);
        cluster.synchronise(true, List.of(firewalls));
    }

    Cluster cluster() {
        return cluster;
    }

    Firewall a() {
        return firewalls[0];
    }

    Firewall b() {
        return firewalls[1];
    }

    /** How many packets all firewalls have forwarded, those included that have lost their power since. */
    long forwarded() {
        return forwardedByOthers + forwarded(a()) + forwarded(b());
    }

    private static long forwarded(Firewall firewall) {
        return firewall.stack().statistics().get(IpCounter.FORWARDED);
    }

    /** Lets something happen, and repairs what can be repaired. */
    void suffer(Failure failure) {
        int victim = 1 + random.nextInt(2);
        switch (failure) {
            case FLIP -> paths(1 + random.nextInt(2), 1 + random.nextInt(2));
            case KILL -> kill(firewalls[victim - 1]);
            case LOSS -> lose();
            case CUT -> cut(victim);
            case REBOOT -> reboot(victim);
            case FLUSH -> firewalls[victim - 1].flushStates("");
        }
    }

    private void paths(int chosenOut, int chosenBack) {
        firewalls[back - 1].giveUp(Cluster.OUTSIDE, SHARED + "/24");
        out = chosenOut;
        back = chosenBack;
        cluster.paths(out, back);
        firewalls[back - 1].takeOver(Cluster.OUTSIDE, SHARED + "/24");
    }

    private void kill(Firewall firewall) {
        int share = 2 + random.nextInt(8);
        firewall.kill((State state) -> random.nextInt(share) == 0);
    }

    private void lose() {
        cluster.loseSyncFrames(LOST);
        pass();
        cluster.loseSyncFrames(0);
    }

    /** Meanwhile packets change their ways, and find a firewall that knows nothing of their connections. */
    private void cut(int number) {
        cluster.syncLan().cut(Cluster.name(number));
        pass();
        suffer(Failure.FLIP);
        pass();
        cluster.syncLan().heal(Cluster.name(number));
    }

    private void reboot(int number) {
        int other = 3 - number;
        paths(other, other);
        Firewall lost = firewalls[number - 1];
        forwardedByOthers += forwarded(lost);
        lost.powerOff();
        pass();
        firewalls[number - 1] = cluster.boot(number);
        cluster.synchronise(true, List.of(firewalls[number - 1]));
    }

    private void pass() {
        cluster.time()
                .advance(Duration.ofSeconds(1
                        + random.nextInt(
                                (int) Duration.ofMinutes(LONGEST_MINUTES).toSeconds())));
    }

    /** Whether neither firewall has anything to say or holds a packet. */
    boolean silent() {
        return silent(a()) && silent(b());
    }

    private static boolean silent(Firewall firewall) {
        for (State state = firewall.states().first(); state != null; state = state.next()) {
            Queue queue = Queue.of(state);
            if (queue != Queue.NONE && queue != Queue.DEAD) {
                return false;
            }
        }
        return firewall.pfsync().deferred() == 0;
    }

    /** Each firewall asks the other for all its states. False if it gets no answer. */
    boolean resynchronise() {
        boolean answered = true;
        for (Firewall firewall : firewalls) {
            answered &= askForAll(firewall);
        }
        return answered;
    }

    private boolean askForAll(Firewall firewall) {
        try {
            firewall.pfsync().down();
            firewall.pfsync().setSyncdev(Cluster.SYNC);
            firewall.pfsync().up();
        } catch (ConfigException e) {
            throw new IllegalStateException(e);
        }
        boolean answered = cluster.time().advanceUntil(() -> !firewall.pfsync().waitingForBulk(), RESYNC);
        cluster.time().advance(LAST_UPDATES);
        return answered;
    }
}
