package net.pfsync.suite.replay;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Ids that a kernel chose for its own states, and what our firewall chose instead.
 *
 * <p>A case may inject a reaction to a reply that holds such an id, or kill a state by it. The recorded bytes then hold
 * the kernel's id and must be given ours. Which one that is follows from the replies before: where a case masks the id
 * of a message because it was made from the clock, our reply has our id at the same place.
 */
final class ChosenIds {

    private static final String CLOCK = "clock";
    private static final int ID_DIGITS = 16;

    private final RecordedCase recorded;
    private final List<Reply> ours;

    /**
     * Prepares.
     *
     * @param recorded the case
     * @param ours our replies since its start; may still grow
     */
    ChosenIds(RecordedCase recorded, List<Reply> ours) {
        this.recorded = recorded;
        this.ours = ours;
    }

    /** The packet with our ids in place of the kernel's. */
    Packet translate(Packet packet) {
        String hex = packet.hex();
        for (Map.Entry<String, String> each : known().entrySet()) {
            hex = replace(hex, each.getKey(), each.getValue());
        }
        return new Packet(hex, packet.interfaceName(), packet.ethernetDestination(), packet.trailer());
    }

    /** Our id in place of the kernel's. */
    long translate(long id) {
        String digits = "%016x".formatted(id);
        return Long.parseUnsignedLong(known().getOrDefault(digits, digits), 16);
    }

    private Map<String, String> known() {
        Map<String, String> known = new HashMap<>();
        for (int i = 0; i < Math.min(ours.size(), recorded.replies().size()); i++) {
            Reply theirs = recorded.replies().get(i);
            for (Mask mask : theirs.masks()) {
                int from = 2 * mask.offset();
                int to = from + 2 * mask.length();
                if (mask.reason().equals(CLOCK)
                        && to - from == ID_DIGITS
                        && to <= ours.get(i).hex().length()) {
                    known.put(
                            theirs.hex().substring(from, to), ours.get(i).hex().substring(from, to));
                }
            }
        }
        return known;
    }

    /** Replaces whole bytes only. */
    private static String replace(String hex, String old, String now) {
        StringBuilder replaced = new StringBuilder(hex);
        for (int at = hex.indexOf(old); at >= 0; at = hex.indexOf(old, at + 1)) {
            if (at % 2 == 0) {
                replaced.replace(at, at + old.length(), now);
            }
        }
        return replaced.toString();
    }
}
