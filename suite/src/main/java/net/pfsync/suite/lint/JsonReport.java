package net.pfsync.suite.lint;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A verdict for programs. */
public final class JsonReport {

    private static final double NANOS = 1e9;

    private JsonReport() {}

    /**
     * The report, an object.
     *
     * @param name what was judged
     */
    public static String of(String name, Verdict verdict) {
        Map<String, Object> root = new LinkedHashMap<>();
        root.put("capture", name);
        root.put("packets", verdict.packets());
        root.put("bytes", verdict.bytes());
        root.put("not_whole", verdict.cut());
        root.put("unknown_version", verdict.unknown());
        root.put("messages", verdict.messages());
        root.put(
                "findings", verdict.findings().stream().map(JsonReport::finding).toList());
        root.put("peers", verdict.peers().stream().map(JsonReport::peer).toList());
        root.put(
                "bulk_transfers",
                verdict.transfers().stream().map(JsonReport::transfer).toList());
        root.put("tables", verdict.tables());
        root.put("timeline", timeline(verdict.timeline()));
        try {
            return new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT).writeValueAsString(root);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("maps, lists, texts and numbers always become JSON", e);
        }
    }

    private static Map<String, Object> finding(Finding finding) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("id", finding.check().id());
        map.put("check", finding.check());
        map.put("severity", finding.check().severity());
        map.put("sender", finding.sender());
        map.put("sentence", finding.sentence());
        map.put("count", finding.count());
        map.put("frames", finding.frames());
        map.put("remedy", finding.check().remedy());
        return map;
    }

    private static Map<String, Object> peer(Verdict.Peer peer) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("address", peer.address());
        map.put("dialect", peer.dialect());
        map.put("packets", peer.packets());
        map.put("first", time(peer.first()));
        map.put("last", time(peer.last()));
        map.put("messages", peer.conduct().messages());
        map.put("stale_answers", peer.conduct().staleAnswers());
        map.put("demoted_seconds", peer.conduct().demoted() / NANOS);
        map.put("demoted_still", peer.conduct().demotedStill());
        map.put("states_own", peer.table().own());
        map.put("states_told", peer.table().told());
        map.put("states_unsure", peer.table().unsure());
        return map;
    }

    private static Map<String, Object> transfer(Transfer transfer) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("requester", transfer.requester());
        map.put("answerer", transfer.answerer());
        map.put("frame", transfer.number());
        map.put("started", time(transfer.started()));
        map.put("seconds", transfer.ended() == 0 ? null : (transfer.ended() - transfer.started()) / NANOS);
        map.put("states", transfer.states());
        return map;
    }

    private static Map<String, Object> timeline(Timeline timeline) {
        List<Object> spans = new ArrayList<>();
        for (Timeline.Span span : timeline.spans()) {
            Map<String, Object> map = new LinkedHashMap<>();
            map.put("frames", span.frames());
            map.put("bytes", span.bytes());
            map.put("messages", span.messages());
            map.put("states", span.states());
            map.put("answers", span.answers());
            map.put("mean_latency_seconds", span.meanLatency() / NANOS);
            map.put("longest_latency_seconds", span.longestLatency() / NANOS);
            spans.add(map);
        }
        return Map.of("seconds_per_span", timeline.width() / NANOS, "spans", spans);
    }

    private static String time(long nanos) {
        return Instant.ofEpochSecond(0, nanos).toString();
    }
}
