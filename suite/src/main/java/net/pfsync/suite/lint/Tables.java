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
        private final List<Told> told = new ArrayList<>(1);

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
            for (Told each : told) {
                if (each.sender.equals(sender)) {
                    return each;
                }
            }
            return null;
        }

        private void tell(String sender, WirePeer src, WirePeer dst, long number) {
            Told last = by(sender);
            if (last == null) {
                last = new Told(sender);
                told.add(last);
            }
            last.src = Side.of(src);
            last.dst = Side.of(dst);
            last.number = number;
        }
    }

    /** What a sender said last of a state. */
    static final class Told {
        private final String sender;
        private Side src;
        private Side dst;
        private long number;
        private boolean inserted;

        Told(String sender) {
            this.sender = sender;
        }

        Side src() {
            return src;
        }

        Side dst() {
            return dst;
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

    /** A peer of a state. */
    record Side(int state, int seqlo) {

        static Side of(WirePeer peer) {
            return new Side(peer.state(), peer.seqlo());
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

    Map<String, Integer> byCreator() {
        byCreator.clear();
        states.keySet()
                .forEach(name ->
                        byCreator.merge(java.util.HexFormat.of().toHexDigits(name.creatorId()), 1, Integer::sum));
        return byCreator;
    }

    /** Takes a message in. */
    void apply(Heard heard, StateName name, Message message) {
        switch (message) {
            case Delete delete -> remove(heard, name);
            case DeleteCompressed delete -> remove(heard, name);
            case StateMessage state -> whole(heard, name, state);
            case UpdateCompressed update -> changed(heard, name, update);
            case Clear clear -> clear(clear);
            default -> {}
        }
    }

    private Known known(Heard heard, StateName name) {
        Known known = states.get(name);
        if (known == null) {
            if (states.size() >= MOST) {
                notFollowed++;
                return null;
            }
            known = new Known();
            known.announcer = heard.sender();
            known.since = heard.nanos();
            states.put(name, known);
            deleted.remove(name);
        }
        return known;
    }

    private void whole(Heard heard, StateName name, StateMessage state) {
        Known known = known(heard, name);
        if (known == null) {
            return;
        }
        if (!known.full()) {
            full++;
            known.proto = state.proto();
            known.ifname = state.ifname();
        }
        known.tell(heard.sender(), state.src(), state.dst(), heard.number());
        known.by(heard.sender()).inserted |= state instanceof Insert;
    }

    private void changed(Heard heard, StateName name, UpdateCompressed update) {
        Known known = known(heard, name);
        if (known != null) {
            known.tell(heard.sender(), update.src(), update.dst(), heard.number());
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
