package net.pfsync.suite.lint;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import net.pfsync.wire.Clear;
import net.pfsync.wire.Delete;
import net.pfsync.wire.DeleteCompressed;
import net.pfsync.wire.Insert;
import net.pfsync.wire.Message;
import net.pfsync.wire.StateMessage;
import net.pfsync.wire.UpdateCompressed;
import net.pfsync.wire.WirePeer;

/**
 * The states that the firewalls share, as far as the capture tells of them. What is told by one is taken as known to all:
 * a receiver that refused it cannot be seen to.
 */
final class Tables {

    /** States beyond this number are not followed. */
    static final int MOST = 1_000_000;

    private static final int REMEMBERED = 65_536;

    private final Map<StateName, Known> states = new HashMap<>();
    private final Map<String, Integer> byCreator = new HashMap<>();
    private long full;
    private long notFollowed;
    private boolean cleared;

    /** The names that were deleted last, with who did. */
    private final LinkedHashMap<StateName, List<String>> deleted = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<StateName, List<String>> eldest) {
            return size() > REMEMBERED;
        }
    };

    /** A state that was told of. */
    static final class Known {
        /** Its IP protocol, -1 as long as only its name was heard. */
        private int proto = -1;

        private String ifname = "";
        private String announcer = "";
        private long since;

        /** The first who spoke of it; the others hang behind. */
        private Told told;

        private String echoBy = "";
        private int echoPeers;
        private long echoNanos;
        private int echoes;

        boolean full() {
            return proto >= 0;
        }

        int proto() {
            return proto;
        }

        /** Who said INS or UPD_C of it first. */
        String announcer() {
            return announcer;
        }

        /** When it was heard of first. */
        long since() {
            return since;
        }

        /** What a sender said of it last; null if nothing. */
        Told by(String sender) {
            for (Told each = told; each != null; each = each.next) {
                if (each.sender.equals(sender)) {
                    return each;
                }
            }
            return null;
        }

        private boolean toldWhole() {
            Told each = told;
            while (each != null && !each.whole) {
                each = each.next;
            }
            return each != null;
        }

        /** What was said of it by whom, one behind the other. */
        Told told() {
            return told;
        }

        /** Whether somebody else spoke of it since a moment. */
        boolean spokenBySomebodyElse(String sender, long since) {
            for (Told each = told; each != null; each = each.next) {
                if (!each.sender.equals(sender) && each.nanos >= since) {
                    return true;
                }
            }
            return false;
        }

        /**
         * How often in a row two senders said the same of it in turns.
         *
         * @param peers hash of both peers
         * @param since how long ago the last time may be
         */
        int echo(String sender, int peers, long nanos, long since) {
            boolean again = echoPeers == peers && echoNanos >= since && !echoBy.equals(sender);
            echoes = again ? echoes + 1 : 0;
            echoBy = sender;
            echoPeers = peers;
            echoNanos = nanos;
            return echoes;
        }

        private void tell(Heard heard, WirePeer src, WirePeer dst) {
            Told last = by(heard.sender());
            if (last == null) {
                last = new Told(heard.sender(), told);
                told = last;
            }
            last.srcState = src.state();
            last.srcSeqlo = src.seqlo();
            last.dstState = dst.state();
            last.dstSeqlo = dst.seqlo();
            last.number = heard.number();
            last.nanos = heard.nanos();
        }
    }

    /** What a sender said last of a state. */
    static final class Told {
        private final String sender;
        private final Told next;
        private int srcState;
        private int srcSeqlo;
        private int dstState;
        private int dstSeqlo;
        private long number;
        private long nanos;
        private boolean inserted;
        private boolean whole;
        private boolean changed;

        Told(String sender, Told next) {
            this.sender = sender;
            this.next = next;
        }

        int srcState() {
            return srcState;
        }

        int srcSeqlo() {
            return srcSeqlo;
        }

        int dstState() {
            return dstState;
        }

        int dstSeqlo() {
            return dstSeqlo;
        }

        /** What the next sender said, null behind the last. */
        Told next() {
            return next;
        }

        String sender() {
            return sender;
        }

        long nanos() {
            return nanos;
        }

        /** Whether its last word was UPD_C. */
        boolean changed() {
            return changed;
        }

        /** Whether it said so by INS. */
        boolean inserted() {
            return inserted;
        }

        /** In which frame. */
        long number() {
            return number;
        }
    }

    /** Null if it was not told of, or is gone. */
    Known get(StateName name) {
        return states.get(name);
    }

    /** Who deleted a state that was not told of since, empty if nobody. */
    List<String> deletedBy(StateName name) {
        return deleted.getOrDefault(name, List.of());
    }

    /** Whether names of states that were removed had to be forgotten, or states were cleared by the table. */
    boolean forgot() {
        return cleared || deleted.size() >= REMEMBERED;
    }

    Map<StateName, Known> states() {
        return states;
    }

    int size() {
        return states.size();
    }

    /** How many of the states were told whole. */
    long full() {
        return full;
    }

    /** How many states were too many. */
    long notFollowed() {
        return notFollowed;
    }

    /** What a sender knows of the states. */
    Verdict.Table of(String sender) {
        long own = 0;
        long told = 0;
        long unsure = 0;
        for (Known known : states.values()) {
            if (known.by(sender) != null) {
                own++;
            } else if (known.toldWhole()) {
                told++;
            } else {
                unsure++;
            }
        }
        return new Verdict.Table(own, told, unsure);
    }

    Map<String, Integer> byCreator() {
        byCreator.clear();
        states.keySet()
                .forEach(name ->
                        byCreator.merge(java.util.HexFormat.of().toHexDigits(name.creatorId()), 1, Integer::sum));
        return byCreator;
    }

    /**
     * Takes a message in.
     *
     * @param known what {@link #get} says of its name
     */
    void apply(Heard heard, StateName name, Known known, Message message) {
        switch (message) {
            case Delete delete -> remove(heard, name);
            case DeleteCompressed delete -> remove(heard, name);
            case StateMessage state -> whole(heard, name, known, state);
            case UpdateCompressed update -> changed(heard, name, known, update);
            case Clear clear -> clear(clear);
            default -> {}
        }
    }

    private Known begin(Heard heard, StateName name) {
        if (states.size() >= MOST) {
            notFollowed++;
            return null;
        }
        Known known = new Known();
        known.announcer = heard.sender();
        known.since = heard.nanos();
        states.put(name, known);
        deleted.remove(name);
        return known;
    }

    private void whole(Heard heard, StateName name, Known before, StateMessage state) {
        Known known = before == null ? begin(heard, name) : before;
        if (known == null) {
            return;
        }
        if (!known.full()) {
            full++;
            known.proto = state.proto();
            known.ifname = state.ifname();
        }
        known.tell(heard, state.src(), state.dst());
        Told told = known.by(heard.sender());
        told.inserted |= state instanceof Insert;
        told.whole = true;
        told.changed = false;
    }

    private void changed(Heard heard, StateName name, Known before, UpdateCompressed update) {
        Known known = before == null ? begin(heard, name) : before;
        if (known != null) {
            known.tell(heard, update.src(), update.dst());
            known.by(heard.sender()).changed = true;
        }
    }

    private void remove(Heard heard, StateName name) {
        Known known = states.remove(name);
        if (known != null && known.full()) {
            full--;
        }
        List<String> by = deleted.computeIfAbsent(name, absent -> new ArrayList<>(1));
        if (!by.contains(heard.sender())) {
            by.add(heard.sender());
        }
    }

    private void clear(Clear clear) {
        cleared = true;
        String ifname = clear.ifname();
        states.entrySet().removeIf(each -> {
            boolean gone = each.getKey().creatorId() == clear.creatorId()
                    && (ifname.isEmpty() || ifname.equals(each.getValue().ifname));
            if (gone && each.getValue().full()) {
                full--;
            }
            return gone;
        });
    }
}
