package net.pfsync.suite.replay;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * One state as a kernel exported it, or as ours did: every field by its path, such as {@code src.seqlo} or {@code
 * wire.addr[0]}, with its value as text.
 *
 * @param fields by path, in alphabetical order
 * @param hex the exported structure, from which a state can be made; not compared, as it holds the same fields; empty
 *     if not recorded
 */
record RecordedState(SortedMap<String, String> fields, String hex) {

    private static final int MOST_BYTES = 4096;

    private static final String ID = "[0-9a-f]{16}";
    private static final String CREATOR = "[0-9a-f]{8}";

    RecordedState {
        fields = Collections.unmodifiableSortedMap(new TreeMap<>(fields));
    }

    static RecordedState read(Fields from) {
        if (!from.text("id").matches(ID)) {
            throw from.wrong("id", "should be 16 hexadecimal digits, is " + from.text("id"));
        }
        if (!from.text("creatorid").matches(CREATOR)) {
            throw from.wrong("creatorid", "should be 8 hexadecimal digits, is " + from.text("creatorid"));
        }
        SortedMap<String, String> fields = new TreeMap<>();
        for (Map.Entry<String, JsonNode> field : from.object().properties()) {
            if (!field.getKey().equals("hex")) {
                flatten(from, field.getKey(), field.getValue(), fields);
            }
        }
        return new RecordedState(fields, from.has("hex") ? from.hex("hex", MOST_BYTES) : "");
    }

    private static void flatten(Fields from, String path, JsonNode value, Map<String, String> into) {
        if (value.isObject()) {
            value.properties().forEach(field -> flatten(from, path + "." + field.getKey(), field.getValue(), into));
        } else if (value.isArray()) {
            for (int i = 0; i < value.size(); i++) {
                flatten(from, path + "[" + i + "]", value.get(i), into);
            }
        } else if (value.isTextual() || value.isIntegralNumber()) {
            into.put(path, value.asText());
        } else {
            throw from.wrong(path, "should be a string or a whole number, is " + value);
        }
    }

    /** The state's id, 16 hexadecimal digits. */
    String id() {
        return fields.get("id");
    }

    /** The creator's host id, 8 hexadecimal digits. */
    String creatorId() {
        return fields.get("creatorid");
    }

    /** Id and creator id as people write them, {@code 0000000000001111/deadbeef}. */
    String name() {
        return id() + "/" + creatorId();
    }

    /**
     * A numeric field.
     *
     * @param path its path
     * @param otherwise what it is if absent
     * @throws MalformedCaseException if it is no number
     */
    long number(String path, long otherwise) {
        String value = fields.get(path);
        try {
            return value == null ? otherwise : Long.parseLong(value);
        } catch (NumberFormatException e) {
            throw new MalformedCaseException(name() + " " + path, "should be a whole number, is " + value);
        }
    }
}
