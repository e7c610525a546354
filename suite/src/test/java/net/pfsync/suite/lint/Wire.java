package net.pfsync.suite.lint;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import net.pfsync.suite.capture.CapturedFrame;
import net.pfsync.suite.capture.DialectFinder;
import net.pfsync.suite.capture.LinkType;
import net.pfsync.suite.capture.SyncPacket;
import net.pfsync.suite.capture.SyncPackets;
import net.pfsync.wire.Dialect;
import net.pfsync.wire.FrameBuilder;
import net.pfsync.wire.Kind;
import net.pfsync.wire.Message;
import net.pfsync.wire.MessageBuilder;

/** A capture that a test makes up: who says what, and when. */
final class Wire {

    static final String A = "10.0.0.1";
    static final String B = "10.0.0.2";

    private static final long EPOCH = 1_700_000_000_000_000_000L;

    private final Dialect dialect;
    private final List<CapturedFrame> frames = new ArrayList<>();

    Wire(String dialect) {
        this.dialect = Dialect.of(dialect);
    }

    /** A message, by default about TCP state {@code id} of creator 1. */
    MessageBuilder message(Kind kind, long id) {
        MessageBuilder message = MessageBuilder.of(dialect, kind).set("creatorid", 1);
        if (kind != Kind.CLR && kind != Kind.BUS) {
            message.set("id", id);
        }
        if (kind == Kind.INS || kind == Kind.UPD) {
            message.set("ifname", "all")
                    .set("af", 2)
                    .set("proto", 6)
                    .set("direction", 1)
                    .set("timeout", 2);
            if (dialect.layout(kind).offset("key[0].af") >= 0) {
                message.set("key[0].af", 2).set("key[1].af", 2);
            }
        }
        if (kind == Kind.INS || kind == Kind.UPD || kind == Kind.UPD_C) {
            message.set("src.state", 4)
                    .set("dst.state", 4)
                    .set("src.seqlo", 1000)
                    .set("dst.seqlo", 2000);
        }
        return message;
    }

    /** BUS with a status. */
    Message bulk(int status, int creator) {
        return message(Kind.BUS, 0)
                .set("status", status)
                .set("creatorid", creator)
                .build();
    }

    /** A frame with these messages. */
    FrameBuilder frame(String sender, Message... messages) {
        return FrameBuilder.of(dialect).source(sender).add(messages);
    }

    Wire say(double seconds, String sender, Message... messages) {
        return send(seconds, frame(sender, messages));
    }

    Wire send(double seconds, FrameBuilder frame) {
        byte[] bytes = frame.build();
        long nanos = EPOCH + Math.round(seconds * 1e9);
        frames.add(new CapturedFrame(frames.size() + 1, nanos, LinkType.RAW, bytes, bytes.length));
        return this;
    }

    Verdict judge() {
        try {
            Iterator<CapturedFrame> each = frames.iterator();
            SyncPackets packets = new SyncPackets(
                    () -> each.hasNext() ? each.next() : null, new DialectFinder(), SyncPackets.OF_A_FILE);
            Judge judge = new Judge(1500);
            for (SyncPacket packet = packets.next(); packet != null; packet = packets.next()) {
                judge.packet(packet, packets.dialect(packet));
            }
            return judge.verdict();
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    /** What is found, as {@code CHECK sender}. */
    List<String> found() {
        return judge().findings().stream()
                .map(finding -> finding.check() + " " + finding.sender())
                .toList();
    }
}
