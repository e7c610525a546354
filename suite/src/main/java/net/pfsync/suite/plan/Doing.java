package net.pfsync.suite.plan;

import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import net.pfsync.net.IpAddress;
import net.pfsync.suite.evidence.Summary;
import net.pfsync.wire.BulkStatus;
import net.pfsync.wire.Clear;
import net.pfsync.wire.EndOfFrame;
import net.pfsync.wire.Frame;
import net.pfsync.wire.Identified;
import net.pfsync.wire.Message;
import net.pfsync.wire.StateMessage;
import net.pfsync.wire.TdbUpdate;
import net.pfsync.wire.Unknown;
import net.pfsync.wire.UpdateCompressed;

/** What the cases of one requirement do. */
final class Doing {

    private final Map<String, Integer> messages = new TreeMap<>();
    private final Set<String> creators = new TreeSet<>();
    private final Set<String> addresses = new TreeSet<>();
    private final Map<String, Integer> commands = new TreeMap<>();
    private final Set<String> reasons = new TreeSet<>();
    private int frames;
    private int broken;
    private Duration time = Duration.ZERO;

    void sends(Frame frame) {
        frames++;
        broken += frame.problem() == null ? 0 : 1;
        for (Message message : frame.messages()) {
            String kind = message.kind() == null ? "unknown" : message.kind().toString();
            messages.merge(kind, 1, Integer::sum);
            about(message);
        }
    }

    private void about(Message message) {
        switch (message) {
            case StateMessage state -> {
                creator(state.creatorId());
                addresses(state);
            }
            case UpdateCompressed update -> creator(update.creatorId());
            case Identified named ->
                creator(named.id() == 0 && named.creatorId() == 0 ? "all" : hex(named.creatorId()));
            case Clear clear -> creator(clear.creatorId());
            case BulkStatus bulk -> creator(bulk.creatorId());
            case TdbUpdate tdb -> addresses.add(Summary.of(tdb));
            case EndOfFrame end -> {}
            case Unknown unknown -> {}
        }
    }

    private static String hex(int creator) {
        return String.format("%08x", creator);
    }

    private void creator(int creator) {
        creator(hex(creator));
    }

    private void creator(String creator) {
        creators.add(creator);
    }

    private void addresses(StateMessage state) {
        for (int key = 0; key < 2; key++) {
            for (int side = 0; side < 2; side++) {
                long hi = state.addrHi(key, side);
                long lo = state.addrLo(key, side);
                if (hi != 0 || lo != 0) {
                    addresses.add(new IpAddress(lo != 0 || (int) hi != 0, hi, lo).toString());
                }
            }
        }
    }

    void types(String firewall, String command) {
        commands.merge(firewall + "# " + command, 1, Integer::sum);
    }

    void isLeftOut(String reason) {
        reasons.add(reason);
    }

    void takes(Duration more) {
        time = time.plus(more);
    }

    void add(Doing other) {
        other.messages.forEach((kind, count) -> messages.merge(kind, count, Integer::sum));
        other.commands.forEach((command, count) -> commands.merge(command, count, Integer::sum));
        creators.addAll(other.creators);
        addresses.addAll(other.addresses);
        frames += other.frames;
        broken += other.broken;
        time = time.plus(other.time);
    }

    boolean nothing() {
        return frames == 0 && commands.isEmpty();
    }

    int frames() {
        return frames;
    }

    /** Frames that are wrong on purpose. */
    int broken() {
        return broken;
    }

    Map<String, Integer> messages() {
        return messages;
    }

    Set<String> creators() {
        return creators;
    }

    Set<String> addresses() {
        return addresses;
    }

    Map<String, Integer> commands() {
        return commands;
    }

    Set<String> reasons() {
        return reasons;
    }

    Duration time() {
        return time;
    }
}
