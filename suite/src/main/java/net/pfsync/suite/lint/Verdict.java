package net.pfsync.suite.lint;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import net.pfsync.wire.Kind;

/**
 * What a capture shows.
 *
 * @param findings the worst first
 * @param packets of pfsync
 * @param bytes of these packets
 * @param cut packets that were not captured whole; they are not judged
 * @param unknown packets of a version that nobody knows
 * @param messages by what they are
 * @param peers who was heard, in the order of their first packets
 * @param tables the states as far as they were told
 * @param transfers bulk transfers
 * @param timeline what went over the wire when
 */
public record Verdict(
        List<Finding> findings,
        long packets,
        long bytes,
        long cut,
        long unknown,
        Map<Kind, Long> messages,
        List<Peer> peers,
        Reconstruction tables,
        List<Transfer> transfers,
        Timeline timeline) {

    /**
     * Who was heard.
     *
     * @param dialect what it speaks
     * @param first when it was heard first, in nanoseconds since 1970
     * @param last when it was heard last
     * @param conduct what it did as a whole
     * @param table the states that it knows, as far as can be told
     */
    public record Peer(
            String address, String dialect, long packets, long first, long last, Conduct conduct, Table table) {}

    /**
     * What a firewall did as a whole.
     *
     * @param messages that it sent
     * @param staleAnswers whole updates behind somebody else's compressed ones
     * @param demoted nanoseconds between its requests for all states and what ended them: a guess
     * @param demotedStill whether it still asks
     */
    public record Conduct(long messages, long staleAnswers, long demoted, boolean demotedStill) {}

    /**
     * The states that a firewall knows, as far as can be told.
     *
     * @param own of which it spoke itself
     * @param told of which it never spoke, but another one told them whole; it may have refused them
     * @param unsure of which it never spoke, and only changes were heard
     */
    public record Table(long own, long told, long unsure) {}

    /**
     * The state tables at the end, as far as the capture tells.
     *
     * @param states that were told of and not removed
     * @param whole those of them that were told with addresses and ports
     * @param notFollowed what came when there were too many
     * @param byCreator how many states each creator has
     */
    public record Reconstruction(long states, long whole, long notFollowed, Map<String, Integer> byCreator) {

        public Reconstruction {
            byCreator = new TreeMap<>(byCreator);
        }
    }

    public Verdict {
        findings = List.copyOf(findings);
        peers = List.copyOf(peers);
        transfers = List.copyOf(transfers);
        messages = new TreeMap<>(messages);
    }

    /** All messages but EOF, which tells nothing. */
    public long told() {
        return messages.values().stream().mapToLong(Long::longValue).sum() - messages.getOrDefault(Kind.EOF, 0L);
    }
}
