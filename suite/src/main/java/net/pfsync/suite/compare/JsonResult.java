package net.pfsync.suite.compare;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A result for programs: an object on one line, so that results of a repeated comparison stand one behind the other. */
public final class JsonResult {

    private JsonResult() {}

    /**
     * The object.
     *
     * @param when the comparison was made
     */
    public static String of(Result result, Tolerance tolerance, Instant when) {
        StateComparison states = result.states();
        Map<String, Object> root = new LinkedHashMap<>();
        root.put("time", when.toString());
        root.put("a", side(result, 0));
        root.put("b", side(result, 1));
        root.put("equal", !result.differs());
        root.put("incomplete", result.incomplete());
        root.put("tolerance_seconds", tolerance.seconds());
        root.put("tolerance_sequence", tolerance.sequence());
        root.put("states_on_both", states.compared());
        root.put("not_judged_moving", states.moving());
        root.put("not_judged_begin_or_end", states.passing());
        root.put("not_judged_older_than_capture", states.unseen());
        root.put("differences", states.counts());
        root.put("settings", result.rows());
        root.put("details", states.details());
        try {
            return new ObjectMapper().writeValueAsString(root);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("maps, lists, texts and numbers always become JSON", e);
        }
    }

    private static Map<String, Object> side(Result result, int side) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("name", result.names().get(side));
        map.put("states", result.states().states(side));
        List<Map<String, Object>> creators = new ArrayList<>();
        result.states()
                .creators(side)
                .forEach((creator, count) ->
                        creators.add(Map.of("creatorid", String.format("%08x", creator), "states", count)));
        map.put("creators", creators);
        map.put("counters", result.facts().get(side).counters());
        return map;
    }
}
