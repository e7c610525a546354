package net.pfsync.suite.watch;

import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.function.ToLongFunction;
import net.pfsync.suite.lint.Verdict;
import net.pfsync.wire.Kind;

/** How much came in each second between two looks at what was heard so far. */
final class Rates {

    private static final double NANOS = 1e9;

    private final Map<Kind, Double> messages = new EnumMap<>(Kind.class);
    private final Map<String, Double> peers = new HashMap<>();
    private final double packets;
    private final double bytes;

    /**
     * Rates.
     *
     * @param before what had been heard at the first look, null for nothing
     * @param nanos between the two
     */
    Rates(Verdict before, Verdict now, long nanos) {
        double seconds = Math.max(1, nanos) / NANOS;
        now.messages()
                .forEach((kind, count) -> messages.put(
                        kind, (count - (before == null ? 0 : before.messages().getOrDefault(kind, 0L))) / seconds));
        now.peers()
                .forEach(peer ->
                        peers.put(peer.address(), (peer.packets() - packetsOf(before, peer.address())) / seconds));
        packets = (now.packets() - of(before, Verdict::packets)) / seconds;
        bytes = (now.bytes() - of(before, Verdict::bytes)) / seconds;
    }

    private static long of(Verdict before, ToLongFunction<Verdict> value) {
        return before == null ? 0 : value.applyAsLong(before);
    }

    private static long packetsOf(Verdict before, String address) {
        return before == null
                ? 0
                : before.peers().stream()
                        .filter(peer -> peer.address().equals(address))
                        .mapToLong(Verdict.Peer::packets)
                        .sum();
    }

    double messages(Kind kind) {
        return messages.getOrDefault(kind, 0.0);
    }

    double allMessages() {
        return messages.entrySet().stream()
                .filter(each -> each.getKey() != Kind.EOF)
                .mapToDouble(Map.Entry::getValue)
                .sum();
    }

    double packetsOf(String address) {
        return peers.getOrDefault(address, 0.0);
    }

    double packets() {
        return packets;
    }

    double bytes() {
        return bytes;
    }
}
