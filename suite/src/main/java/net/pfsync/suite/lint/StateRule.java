package net.pfsync.suite.lint;

import java.util.HashMap;
import java.util.Map;
import net.pfsync.wire.Delete;
import net.pfsync.wire.DeleteCompressed;
import net.pfsync.wire.Insert;
import net.pfsync.wire.Message;
import net.pfsync.wire.StateMessage;
import net.pfsync.wire.Update;
import net.pfsync.wire.UpdateCompressed;
import net.pfsync.wire.WirePeer;

/** What a firewall says of one state after the other: going backwards, twice, or what it should keep to itself. */
final class StateRule implements Rule {

    private static final long SECOND = 1_000_000_000L;
    private static final int PFSYNC = 240;
    private static final int TCP = 6;
    private static final int HIGHEST_TCP_STATE = 10;
    private static final int PURGE_TIMEOUT = 20;

    /** So many times in a row the same thing is said back. */
    private static final int ECHOES = 8;

    /** At once: what is collected for a second and sent by both may well be the same. */
    private static final long AT_ONCE = SECOND / 10;

    /** So many deletions within a second, if they are half of the states. */
    private static final int STORM = 1000;

    private final Findings findings;
    private final Tables tables;

    private long deletionsSince = Long.MIN_VALUE;
    private long deletions;
    private final Map<String, String> stormy = new HashMap<>();

    StateRule(Findings findings, Tables tables) {
        this.findings = findings;
        this.tables = tables;
    }

    @Override
    public void message(Heard heard, StateName name, Tables.Known known, Message message) {
        switch (message) {
            case Insert insert -> {
                kept(heard, name, insert);
                insertedTwice(heard, name, known);
            }
            case Update update -> {
                kept(heard, name, update);
                backwards(heard, name, known, update.src(), update.dst());
            }
            case UpdateCompressed update -> {
                backwards(heard, name, known, update.src(), update.dst());
                echo(heard, name, known, update);
            }
            case Delete delete -> deleted(heard, name, known);
            case DeleteCompressed delete -> deleted(heard, name, known);
            default -> {}
        }
    }

    private void kept(Heard heard, StateName name, StateMessage state) {
        boolean removed = state.timeout() >= PURGE_TIMEOUT;
        if ((state.stateFlags() & StateMessage.FLAG_NOSYNC) != 0 && !removed) {
            findings.add(
                    Check.NOSYNC_SENT,
                    heard.sender(),
                    "",
                    "sends state " + name + ", which is marked not to be synchronised",
                    heard.number());
        }
        if (state.proto() == PFSYNC) {
            findings.add(
                    Check.PFSYNC_STATE_SENT,
                    heard.sender(),
                    "",
                    "sends state " + name + " of pfsync's own packets",
                    heard.number());
        }
    }

    /** Whether that is all that is wrong with a message that receivers refuse: 7.6 sends states that were just removed. */
    boolean removed(Heard heard, Message message) {
        if (message instanceof Update update
                && update.timeout() >= PURGE_TIMEOUT
                && (update.stateFlags() & StateMessage.FLAG_NOSYNC) != 0) {
            findings.add(
                    Check.REMOVED_SENT,
                    heard.sender(),
                    "",
                    "sends state " + StateName.of(message) + " although it was removed (timeout " + update.timeout()
                            + ", marked not to be synchronised)",
                    heard.number());
            return true;
        }
        return false;
    }

    private void insertedTwice(Heard heard, StateName name, Tables.Known known) {
        if (known != null
                && known.by(heard.sender()) != null
                && known.by(heard.sender()).inserted()) {
            findings.add(
                    Check.INSERTED_TWICE,
                    heard.sender(),
                    "",
                    "announces state " + name + " by INS although it announced it before (frame "
                            + known.by(heard.sender()).number() + ")",
                    heard.number());
        }
    }

    private void deleted(Heard heard, StateName name, Tables.Known known) {
        if (known == null && tables.deletedBy(name).contains(heard.sender())) {
            findings.add(
                    Check.DELETED_TWICE,
                    heard.sender(),
                    "",
                    "announces the removal of state " + name + " twice",
                    heard.number());
        }
        if (heard.nanos() - deletionsSince > SECOND) {
            deletionsSince = heard.nanos();
            deletions = 0;
        }
        deletions++;
        if (deletions >= STORM && deletions > tables.size() && stormy.put(heard.sender(), "") == null) {
            findings.add(
                    Check.EXPIRY_STORM, heard, "removes most of the states at once: " + deletions + " within a second");
        }
    }

    /** A peer's state and sequence number never go back, unless a stale update was taken. */
    private void backwards(Heard heard, StateName name, Tables.Known known, WirePeer src, WirePeer dst) {
        Tables.Told last = known == null ? null : known.by(heard.sender());
        if (last == null || known.proto() != TCP) {
            return;
        }
        String side = back(last.srcState(), last.srcSeqlo(), src)
                ? "source"
                : back(last.dstState(), last.dstSeqlo(), dst) ? "destination" : "";
        if (!side.isEmpty()) {
            findings.add(
                    Check.STATE_BACKWARDS,
                    heard.sender(),
                    side,
                    "goes back in the " + side + " peer of state " + name + ", which it had told further on in frame "
                            + last.number(),
                    last.number(),
                    heard.number());
        }
    }

    private static boolean back(int stateBefore, int seqloBefore, WirePeer now) {
        if (stateBefore > HIGHEST_TCP_STATE || now.state() > HIGHEST_TCP_STATE) {
            return false;
        }
        return now.state() < stateBefore || (now.state() == stateBefore && now.seqlo() - seqloBefore < 0);
    }

    private void echo(Heard heard, StateName name, Tables.Known known, UpdateCompressed update) {
        if (known == null) {
            return;
        }
        int peers = 31 * update.src().hashCode() + update.dst().hashCode();
        if (known.echo(heard.sender(), peers, heard.nanos(), heard.nanos() - AT_ONCE) == ECHOES) {
            findings.add(
                    Check.PING_PONG,
                    heard.sender(),
                    "",
                    "says of state " + name + " the same as another one just did, " + ECHOES + " times in turns",
                    heard.number());
        }
    }
}
