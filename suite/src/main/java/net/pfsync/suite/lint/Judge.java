package net.pfsync.suite.lint;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import net.pfsync.suite.capture.SyncPacket;
import net.pfsync.wire.Dialect;
import net.pfsync.wire.Kind;
import net.pfsync.wire.Message;
import net.pfsync.wire.RangeCheck;
import net.pfsync.wire.SectionCursor;

/** Reads packets one after the other and says at the end what is wrong with them. */
public final class Judge {

    private static final int TTL = 255;

    private final Findings findings = new Findings();
    private final Tables tables = new Tables();
    private final Senders senders = new Senders();
    private final Timeline timeline = new Timeline();
    private final FrameRule frames;
    private final StateRule states = new StateRule(findings, tables);
    private final BulkRule bulk = new BulkRule(findings, senders, tables);
    private final ConductRule conduct = new ConductRule();
    private final List<Rule> rules;
    private final Map<String, SectionCursor> cursors = new HashMap<>();
    private final Map<String, String> dialects = new HashMap<>();
    private final List<Kind> kinds = new ArrayList<>();
    private final Map<Kind, Long> messages = new EnumMap<>(Kind.class);

    private long packets;
    private long bytes;
    private long cut;
    private long unknown;
    private long last = Long.MIN_VALUE;

    /**
     * A judge.
     *
     * @param mtu of pfsync0, the IP header included
     */
    public Judge(int mtu) {
        frames = new FrameRule(findings, mtu);
        rules = List.of(
                frames,
                new OrderRule(findings),
                new LeftoverRule(findings),
                new PairRule(findings),
                new RequestRule(findings, senders, timeline),
                bulk,
                states,
                new HearingRule(findings),
                conduct);
    }

    /**
     * The next packet.
     *
     * @param dialect of its sender; null if its version is none that is known
     */
    public void packet(SyncPacket packet, Dialect dialect) {
        packets++;
        bytes += packet.bytes().length;
        // Two interfaces of one machine may disagree by a little; time never goes back.
        last = Math.max(last, packet.frame().nanos());
        timeline.packet(last, packet.end());
        if (!packet.whole()) {
            cut++;
            return;
        }
        if (dialect == null) {
            unknown++;
            findings.add(
                    Check.FRAME_MALFORMED,
                    packet.sender(),
                    "version",
                    "sends version " + packet.version() + ", which nobody knows",
                    packet.frame().number());
            return;
        }
        Heard heard = new Heard(packet, dialect, packet.sender(), last);
        senders.packet(heard);
        rules.forEach(rule -> rule.packet(heard));
        dialects.put(heard.sender(), dialect.name());
        boolean fragment = packet.ip() != null && packet.ip().fragment();
        if (!fragment) {
            if (packet.ip() != null && packet.ip().ttl() != TTL) {
                frames.wrong(heard);
            } else {
                sections(heard);
            }
        }
        timeline.states(tables.size());
    }

    private void sections(Heard heard) {
        SectionCursor cursor =
                cursors.computeIfAbsent(heard.dialect().name(), name -> new SectionCursor(heard.dialect()));
        kinds.clear();
        boolean fault = false;
        cursor.start(
                heard.packet().bytes(), heard.packet().payload(), heard.packet().end());
        while (cursor.next()) {
            Kind kind = cursor.action().kind();
            kinds.add(kind);
            // The count of EOF means nothing.
            int count = kind == Kind.EOF ? Math.min(1, cursor.count()) : cursor.count();
            messages.merge(kind, (long) count, Long::sum);
            timeline.messages(kind, count);
            if (!cursor.present()) {
                fault = true;
                continue;
            }
            for (int i = 0; i < count; i++) {
                fault |= !message(heard, cursor.message(i));
            }
        }
        rules.forEach(rule -> rule.sections(heard, kinds));
        if (fault || cursor.problem() != null) {
            frames.wrong(heard);
        }
    }

    /** False if a receiver refuses it and nothing more is known of why. */
    private boolean message(Heard heard, Message message) {
        if (RangeCheck.wrong(heard.dialect(), message) != null) {
            return states.removed(heard, message);
        }
        StateName name = StateName.of(message);
        Tables.Known known = name == null ? null : tables.get(name);
        for (Rule rule : rules) {
            rule.message(heard, name, known, message);
        }
        tables.apply(heard, name, known, message);
        return true;
    }

    /** What was found, when the capture is over. */
    public Verdict verdict() {
        rules.forEach(rule -> rule.end(last));
        return soFar();
    }

    /** What was found, while it goes on. */
    public Verdict soFar() {
        return new Verdict(
                findings.list(),
                packets,
                bytes,
                cut,
                unknown,
                messages,
                peers(),
                new Verdict.Reconstruction(tables.size(), tables.full(), tables.notFollowed(), tables.byCreator()),
                bulk.transfers(),
                timeline);
    }

    private List<Verdict.Peer> peers() {
        List<Verdict.Peer> peers = new ArrayList<>();
        senders.all()
                .forEach((address, seen) -> peers.add(new Verdict.Peer(
                        address,
                        dialects.get(address),
                        seen.packets(),
                        seen.first(),
                        seen.last(),
                        conduct.of(address),
                        tables.of(address))));
        return peers;
    }
}
