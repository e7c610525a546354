package net.pfsync.suite.lint;

import java.util.LinkedHashMap;
import java.util.Map;

/** Who was heard, and when. */
final class Senders implements Rule {

    private static final int MOST = 64;

    private final Map<String, Seen> seen = new LinkedHashMap<>();

    /** When a sender was heard first and last, and how often. */
    static final class Seen {
        private final long first;
        private long last;
        private long packets;

        Seen(long nanos) {
            first = nanos;
        }

        long first() {
            return first;
        }

        long last() {
            return last;
        }

        long packets() {
            return packets;
        }
    }

    @Override
    public void packet(Heard heard) {
        Seen sender = seen.get(heard.sender());
        if (sender == null) {
            if (seen.size() >= MOST) {
                return;
            }
            sender = new Seen(heard.nanos());
            seen.put(heard.sender(), sender);
        }
        sender.last = heard.nanos();
        sender.packets++;
    }

    Map<String, Seen> all() {
        return seen;
    }

    /** Whether somebody else was heard before a moment. */
    boolean anotherBefore(String sender, long nanos) {
        return seen.entrySet().stream()
                .anyMatch(
                        each -> !each.getKey().equals(sender) && each.getValue().first() < nanos);
    }

    /** Whether somebody else was heard both before and after. */
    boolean anotherAround(String sender, long before, long after) {
        return seen.entrySet().stream()
                .anyMatch(each -> !each.getKey().equals(sender)
                        && each.getValue().first() < before
                        && each.getValue().last() > after);
    }

    boolean another(String sender) {
        return seen.keySet().stream().anyMatch(each -> !each.equals(sender));
    }
}
