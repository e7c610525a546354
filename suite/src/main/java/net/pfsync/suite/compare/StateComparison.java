package net.pfsync.suite.compare;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import net.pfsync.suite.compare.Difference.Kind;
import net.pfsync.suite.state.StateView;

/**
 * Two tables while they are read, each by a thread of its own: a state waits for its partner and is forgotten when both were seen.
 *
 * <p>Not compared, because listings do not show it or the protocol does not carry it: packet and byte counters, rules, flags, normalisation.
 */
public final class StateComparison {

    private static final int MOST_DETAILS = 10_000;

    private final Tolerance tolerance;
    private final List<Map<Listed, Listed>> waiting = List.of(new HashMap<>(), new HashMap<>());
    private final long[] states = new long[2];
    private final List<Map<Integer, Long>> creators = List.of(new TreeMap<>(), new TreeMap<>());
    private final List<List<Integer>> timeouts = new ArrayList<>(List.of(List.of(), List.of()));
    private final Map<Kind, Long> counts = new EnumMap<>(Kind.class);
    private final List<Difference> details = new ArrayList<>();
    private long compared;
    private long moving;
    private long passing;
    private long unseen;

    /** A comparison of two tables of which nothing was read yet. */
    public StateComparison(Tolerance tolerance) {
        this.tolerance = tolerance;
    }

    /** The timeouts of a side in seconds, which tell how long ago a packet passed; the usual ones if not given. */
    public synchronized void timeouts(int side, List<Integer> seconds) {
        timeouts.set(side, List.copyOf(seconds));
    }

    /**
     * A state of a side; any thread.
     *
     * @param side 0 for a, 1 for b
     */
    public void add(int side, StateView view) {
        Listed state = new Listed(view);
        Listed partner;
        synchronized (this) {
            states[side]++;
            creators.get(side).merge(state.creatorId(), 1L, Long::sum);
            partner = waiting.get(1 - side).remove(state);
            if (partner == null) {
                waiting.get(side).put(state, state);
                return;
            }
            compared++;
            compare(side == 0 ? state : partner, side == 0 ? partner : state);
        }
    }

    // ---- a state that both have ----

    private void compare(Listed a, Listed b) {
        if (!a.keys().equals(b.keys()) || a.proto() != b.proto()) {
            found(Kind.KEYS, a, a.text(), b.text());
            return;
        }
        if (tolerance.ending(a) || tolerance.ending(b)) {
            passing++;
            return;
        }
        boolean moves = Tolerance.moving(a, timeouts.get(0)) || Tolerance.moving(b, timeouts.get(1));
        if (moves) {
            moving++;
        } else if (a.src().level() != b.src().level()
                || a.dst().level() != b.dst().level()) {
            found(
                    Kind.LEVEL,
                    a,
                    a.src().level() + ":" + a.dst().level(),
                    b.src().level() + ":" + b.dst().level());
            return;
        }
        if (a.proto() == Listed.TCP && (scaled(a, a.src(), b.src()) || scaled(a, a.dst(), b.dst()))) {
            return;
        }
        if (a.proto() == Listed.TCP && !moves && (apart(a, a.src(), b.src()) || apart(a, a.dst(), b.dst()))) {
            return;
        }
        seconds(Kind.AGE, a, a.age, b.age);
        if (!moves) {
            seconds(Kind.EXPIRY, a, a.expire, b.expire);
        }
    }

    private boolean scaled(Listed state, Listed.Side a, Listed.Side b) {
        boolean differs = a.seqdiff() != b.seqdiff() || a.wscale() != b.wscale();
        if (differs) {
            found(
                    Kind.SCALE,
                    state,
                    "+" + Integer.toUnsignedLong(a.seqdiff()) + " wscale " + a.wscale(),
                    "+" + Integer.toUnsignedLong(b.seqdiff()) + " wscale " + b.wscale());
        }
        return differs;
    }

    private boolean apart(Listed state, Listed.Side a, Listed.Side b) {
        long apart = Math.max(Math.abs((long) (a.seqlo() - b.seqlo())), Math.abs((long) (a.seqhi() - b.seqhi())));
        if (apart > tolerance.sequence()) {
            found(Kind.SEQUENCE, state, window(a), window(b));
        }
        return apart > tolerance.sequence();
    }

    private static String window(Listed.Side side) {
        return "[" + Integer.toUnsignedLong(side.seqlo()) + " + " + Integer.toUnsignedLong(side.seqhi() - side.seqlo())
                + "]";
    }

    private void seconds(Kind kind, Listed state, int a, int b) {
        if (Math.abs((long) a - b) > tolerance.seconds()) {
            found(kind, state, a + " s", b + " s");
        }
    }

    private void found(Kind kind, Listed state, String a, String b) {
        counts.merge(kind, 1L, Long::sum);
        if (details.size() < MOST_DETAILS) {
            details.add(new Difference(kind, state.text(), a, b));
        }
    }

    // ---- when all is read ----

    /**
     * Judges what is on one side only. Not called if a side could not be read to its end.
     *
     * @param listener the side that only listened, and so does not know what is older; -1 if both show everything
     * @param seconds how long it listened
     */
    public synchronized void end(int listener, long seconds) {
        Map<String, Listed> onB = new HashMap<>();
        waiting.get(1).keySet().forEach(state -> onB.put(state.proto() + state.keys(), state));
        for (Listed state : waiting.get(0).keySet()) {
            Listed twin = onB.remove(state.proto() + state.keys());
            if (twin == null) {
                alone(Kind.ONLY_ON_A, state, listener == 1 && state.age >= seconds);
            } else {
                found(Kind.OTHER_NAME, state, state.text(), twin.text());
            }
        }
        onB.values().forEach(state -> alone(Kind.ONLY_ON_B, state, listener == 0 && state.age >= seconds));
        waiting.forEach(Map::clear);
    }

    private void alone(Kind kind, Listed state, boolean tooOld) {
        if (tolerance.ending(state) || tolerance.beginning(state)) {
            passing++;
        } else if (tooOld) {
            unseen++;
        } else {
            String what = state.age + " s old, expires in " + state.expire + " s";
            found(kind, state, kind == Kind.ONLY_ON_A ? what : "", kind == Kind.ONLY_ON_A ? "" : what);
        }
    }

    // ---- what came of it ----

    /** How many states a side has. */
    public synchronized long states(int side) {
        return states[side];
    }

    /** How many states of each creator a side has. */
    public synchronized Map<Integer, Long> creators(int side) {
        return Map.copyOf(creators.get(side));
    }

    /** States that both sides have. */
    public synchronized long compared() {
        return compared;
    }

    /** Those of them on which packets passed just now, so that neither levels, windows nor lifetimes are judged. */
    public synchronized long moving() {
        return moving;
    }

    /** States that begin or end within the tolerance and are not judged. */
    public synchronized long passing() {
        return passing;
    }

    /** States that are older than the other side's knowledge. */
    public synchronized long unseen() {
        return unseen;
    }

    /** How many states differ in what. */
    public synchronized Map<Kind, Long> counts() {
        return new EnumMap<>(counts);
    }

    /** The first differences; {@link #counts} counts all. */
    public synchronized List<Difference> details() {
        return List.copyOf(details);
    }
}
