package net.pfsync.suite.soak;

import java.util.ArrayList;
import java.util.List;
import net.pfsync.node.Firewall;
import net.pfsync.pf.Peer;
import net.pfsync.pf.State;

/**
 * What two firewalls know, side by side, at a moment at which neither has anything to say.
 *
 * <p>Every state must be in both tables with the same keys, the same interface, the same two peers and the same timeout. Left out, because the
 * protocol does not promise it:
 * <ul>
 *   <li>A state that dies within {@value #SLACK} s on either side: each firewall removes it when its own purge run comes by.
 *   <li>Packet and byte counters and the age: only INS and UPD carry them.
 *   <li>The time of death by more than {@value #SLACK} s, if a frame was lost or a bulk transfer took place since the state was last active: UPD_C
 *       carries no lifetime, and the receiver counts from when it came. Otherwise it comes within a second.
 *   <li>The id, if firewalls could not hear each other: a connection that went through both has a state of each, and the other's is refused
 *       because the key is taken.
 * </ul>
 */
final class Comparison {

    private static final int SLACK = 3;

    private final Firewall a;
    private final Firewall b;
    private final boolean disturbed;
    private final int since;
    private final List<String> differences = new ArrayList<>();
    private int compared;
    private int twins;

    /**
     * Compares.
     *
     * @param disturbed whether frames were lost or firewalls were away since the last comparison
     * @param since how long ago that comparison was, seconds
     */
    Comparison(Firewall a, Firewall b, boolean disturbed, int since) {
        this.a = a;
        this.b = b;
        this.disturbed = disturbed;
        this.since = since;
        for (State state : a.states()) {
            compare(state);
        }
        for (State state : b.states()) {
            if (a.states().find(state.id, state.creatorId) == null && !dying(b, state)) {
                missing("A", a, state);
            }
        }
    }

    /** What differs, a line each. */
    List<String> differences() {
        return differences;
    }

    /** How many states were compared. */
    int compared() {
        return compared;
    }

    /** How many connections have states of different names on both sides. */
    int twins() {
        return twins;
    }

    private void compare(State ours) {
        State theirs = b.states().find(ours.id, ours.creatorId);
        if (dying(a, ours) || (theirs != null && dying(b, theirs))) {
            return;
        }
        if (theirs == null) {
            missing("B", b, ours);
            return;
        }
        compared++;
        same(ours, "keys", ours.wire + "/" + ours.stack, theirs.wire + "/" + theirs.stack, sameKeys(ours, theirs));
        same(ours, "interface", ours.ifname, theirs.ifname, ours.ifname.equals(theirs.ifname));
        same(ours, "timeout", ours.timeout, theirs.timeout, ours.timeout == theirs.timeout);
        peers(ours, "src", ours.src, theirs.src);
        peers(ours, "dst", ours.dst, theirs.dst);
        int left = remaining(a, ours);
        int leftThere = remaining(b, theirs);
        boolean told = !disturbed && a.uptimeSeconds() - ours.expire < since;
        same(ours, "remaining", left, leftThere, !told || Math.abs(left - leftThere) <= SLACK);
    }

    private void missing(String where, Firewall firewall, State state) {
        if (disturbed && firewall.states().find(state.wire, state.ifname, state.direction) != null) {
            twins++;
        } else {
            differences.add(text(state) + ": missing on " + where);
        }
    }

    private static boolean sameKeys(State ours, State theirs) {
        return ours.wire.equals(theirs.wire) && ours.stack.equals(theirs.stack) && ours.direction == theirs.direction;
    }

    private void peers(State state, String which, Peer ours, Peer theirs) {
        same(state, which + ".state", ours.state, theirs.state, ours.state == theirs.state);
        same(state, which + ".seqlo", ours.seqlo, theirs.seqlo, ours.seqlo == theirs.seqlo);
        same(state, which + ".seqhi", ours.seqhi, theirs.seqhi, ours.seqhi == theirs.seqhi);
        same(state, which + ".seqdiff", ours.seqdiff, theirs.seqdiff, ours.seqdiff == theirs.seqdiff);
        same(state, which + ".max_win", ours.maxWin, theirs.maxWin, ours.maxWin == theirs.maxWin);
        same(state, which + ".wscale", ours.wscale, theirs.wscale, ours.wscale == theirs.wscale);
    }

    private void same(State state, String what, Object ours, Object theirs, boolean equal) {
        if (!equal) {
            differences.add(text(state) + ": " + what + " " + ours + " on A, " + theirs + " on B");
        }
    }

    private static boolean dying(Firewall firewall, State state) {
        return remaining(firewall, state) <= SLACK;
    }

    private static int remaining(Firewall firewall, State state) {
        return (int) firewall.pfsync().export(state).expire();
    }

    private static String text(State state) {
        return String.format(
                "%016x/%08x proto %d %s",
                state.id, state.creatorId, state.proto & 0xff, state.direction == State.IN ? "in" : "out");
    }
}
