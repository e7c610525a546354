package net.pfsync.suite.capture;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import net.pfsync.wire.Dialect;

/**
 * Which dialect each sender of a capture speaks: the one that most of its packets fit, see {@link FrameFit}.
 *
 * <p>Where several fit equally well, the one that other senders speak is taken, then the one that stands first: of version
 * 5 OpenBSD 4.6, of version 6 the newest. A sender's packets are looked at until enough of them had states in them; what
 * is kept does not grow with the capture.
 */
public final class DialectFinder {

    private static final List<String> PREFERENCE = List.of(
            "v3",
            "v4",
            "v5-4.6",
            "v5draft",
            "fbsd-1301",
            "fbsd-1400",
            "fbsd-1500",
            "v6-7.4",
            "v6-6.9",
            "v6-5.7",
            "v6-5.2",
            "v6-5.0",
            "v6-4.8",
            "v6-4.7");

    private static final int ENOUGH_STATES = 64;
    private static final int ENOUGH_PACKETS = 4096;
    private static final int MOST_SENDERS = 1024;

    private final Dialect forced;
    private final List<Dialect> candidates = new ArrayList<>();
    private final List<FrameFit> fits = new ArrayList<>();
    private final Map<String, Votes> senders = new HashMap<>();
    private final int[] all = new int[PREFERENCE.size()];

    /** What the packets of a sender and one version say. */
    private final class Votes {
        private final int version;
        private final int[] fitting = new int[PREFERENCE.size()];
        private int packets;
        private int withStates;

        Votes(int version) {
            this.version = version;
        }

        boolean decided() {
            return withStates >= ENOUGH_STATES || packets >= ENOUGH_PACKETS;
        }

        Dialect best() {
            int best = -1;
            for (int i = 0; i < fitting.length; i++) {
                if (candidates.get(i).versionByte() == version && (best < 0 || better(i, best))) {
                    best = i;
                }
            }
            return best < 0 ? null : candidates.get(best);
        }

        private boolean better(int one, int other) {
            return fitting[one] > fitting[other] || (fitting[one] == fitting[other] && all[one] > all[other]);
        }
    }

    /** Finds out. */
    public DialectFinder() {
        this(null);
    }

    /**
     * Knows it already.
     *
     * @param forced what all senders speak; null to find out
     */
    public DialectFinder(Dialect forced) {
        this.forced = forced;
        for (String name : PREFERENCE) {
            Dialect dialect = Dialect.of(name);
            candidates.add(dialect);
            fits.add(new FrameFit(dialect));
        }
    }

    /** Looks at a packet. Later ones than those that are asked about may be looked at. */
    public void observe(SyncPacket packet) {
        if (forced != null || packet.version() < 0) {
            return;
        }
        Votes votes = votes(packet);
        if (votes == null || votes.decided()) {
            return;
        }
        votes.packets++;
        boolean states = false;
        for (int i = 0; i < fits.size(); i++) {
            if (candidates.get(i).versionByte() == votes.version && fits.get(i).fits(packet)) {
                votes.fitting[i]++;
                all[i]++;
                states |= fits.get(i).hasStates();
            }
        }
        votes.withStates += states ? 1 : 0;
    }

    /** What the sender of a packet speaks, as far as is known now; null if no dialect has the packet's version. */
    public Dialect of(SyncPacket packet) {
        if (forced != null) {
            return forced;
        }
        Votes votes = senders.get(key(packet));
        return votes == null ? new Votes(packet.version()).best() : votes.best();
    }

    /** The senders of version 5 if no packet of the capture told whether they are OpenBSD or FreeBSD. */
    public List<String> undecided() {
        TreeSet<String> undecided = new TreeSet<>();
        int openbsd = PREFERENCE.indexOf("v5-4.6");
        int freebsd = PREFERENCE.indexOf("fbsd-1301");
        if (all[openbsd] == all[freebsd]) {
            senders.forEach((key, votes) -> {
                if (votes.fitting[openbsd] > 0 && votes.fitting[openbsd] == votes.fitting[freebsd]) {
                    undecided.add(key.substring(0, key.indexOf(' ')));
                }
            });
        }
        return List.copyOf(undecided);
    }

    private Votes votes(SyncPacket packet) {
        String key = key(packet);
        Votes votes = senders.get(key);
        if (votes == null && senders.size() < MOST_SENDERS) {
            votes = new Votes(packet.version());
            senders.put(key, votes);
        }
        return votes;
    }

    private static String key(SyncPacket packet) {
        return packet.sender() + " " + packet.version();
    }
}
