package net.pfsync.suite.dump;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import net.pfsync.suite.capture.SyncPacket;
import net.pfsync.wire.Dialect;
import net.pfsync.wire.FrameDecoder;
import net.pfsync.wire.FrameTree;

/**
 * A packet as an object of JSON on one line: its number in the capture, its time, and what {@code decode} prints of it.
 */
public final class JsonPrinter implements Printer {

    private static final long NANOS_PER_SECOND = 1_000_000_000L;

    private final ObjectMapper mapper = new ObjectMapper();

    @Override
    public void append(StringBuilder text, SyncPacket packet, Dialect dialect) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("number", packet.frame().number());
        tree.put("time", time(packet.frame().nanos()).toString());
        tree.put("link", packet.frame().link().toString());
        tree.put("captured", packet.frame().bytes().length);
        tree.put("length", packet.frame().length());
        if (dialect == null) {
            tree.put("version", packet.version());
        } else if (packet.ip() != null) {
            tree.putAll(FrameTree.of(FrameDecoder.decode(dialect, packet.bytes())));
        } else {
            tree.putAll(FrameTree.of(FrameDecoder.decode(dialect, BareFrame.wrapped(packet.bytes()))));
            tree.remove("ip");
        }
        try {
            text.append(mapper.writeValueAsString(tree)).append('\n');
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("maps, lists, texts and numbers always become JSON", e);
        }
    }

    private static Instant time(long nanos) {
        return Instant.ofEpochSecond(Math.floorDiv(nanos, NANOS_PER_SECOND), Math.floorMod(nanos, NANOS_PER_SECOND));
    }
}
