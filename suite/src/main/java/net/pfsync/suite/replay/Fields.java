package net.pfsync.suite.replay;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The fields of one JSON object, with the path to it, so that a wrong one can be named.
 *
 * <p>A field that is {@code null} counts as absent. Every method throws {@link MalformedCaseException} if a field is
 * not what it should be.
 */
final class Fields {

    /** No case lasts longer; a time beyond it is a mistake. */
    private static final Duration LONGEST = Duration.ofDays(1);

    private static final Pattern HEX = Pattern.compile("([0-9a-f]{2})*");

    private final JsonNode object;
    private final String path;

    Fields(JsonNode object, String path) {
        this.object = object;
        this.path = path;
        if (!object.isObject()) {
            throw new MalformedCaseException(
                    path.isEmpty() ? "the line" : path, "should be a JSON object, is " + kind(object));
        }
    }

    JsonNode object() {
        return object;
    }

    String path(String name) {
        return path.isEmpty() ? name : path + "." + name;
    }

    boolean has(String name) {
        return object.hasNonNull(name);
    }

    boolean isNull(String name) {
        JsonNode node = object.get(name);
        return node != null && node.isNull();
    }

    MalformedCaseException wrong(String name, String problem) {
        return new MalformedCaseException(path(name), problem);
    }

    private JsonNode required(String name) {
        if (!has(name)) {
            throw wrong(name, "is missing");
        }
        return object.get(name);
    }

    String text(String name) {
        JsonNode node = required(name);
        if (!node.isTextual()) {
            throw wrong(name, "should be a string, is " + kind(node));
        }
        return node.textValue();
    }

    Optional<String> optionalText(String name) {
        return has(name) ? Optional.of(text(name)) : Optional.empty();
    }

    boolean flag(String name, boolean otherwise) {
        if (!has(name)) {
            return otherwise;
        }
        if (!object.get(name).isBoolean()) {
            throw wrong(name, "should be true or false, is " + kind(object.get(name)));
        }
        return object.get(name).booleanValue();
    }

    long integer(String name, long min, long max) {
        JsonNode node = required(name);
        if (!node.isIntegralNumber() || !node.canConvertToLong()) {
            throw wrong(name, "should be a whole number, is " + kind(node));
        }
        if (node.longValue() < min || node.longValue() > max) {
            throw wrong(name, "should be from " + min + " to " + max + ", is " + node.longValue());
        }
        return node.longValue();
    }

    /** A time in milliseconds, possibly with a fraction; negative ones only if {@code negative} says so. */
    Duration millis(String name, boolean negative) {
        return time(name, 1_000_000.0, negative);
    }

    Duration seconds(String name) {
        return time(name, 1_000_000_000.0, false);
    }

    private Duration time(String name, double nanosPerUnit, boolean negative) {
        JsonNode node = required(name);
        if (!node.isNumber()) {
            throw wrong(name, "should be a number, is " + kind(node));
        }
        double nanos = node.doubleValue() * nanosPerUnit;
        if (!(Math.abs(nanos) <= LONGEST.toNanos()) || (nanos < 0 && !negative)) {
            throw wrong(name, "is no time that a case can have: " + node);
        }
        return Duration.ofNanos(Math.round(nanos));
    }

    Optional<Duration> optionalMillis(String name, boolean negative) {
        return has(name) ? Optional.of(millis(name, negative)) : Optional.empty();
    }

    /** Hexadecimal digits in pairs, lower case, of at most so many bytes. */
    String hex(String name, int mostBytes) {
        String hex = text(name);
        if (hex.length() % 2 != 0) {
            throw wrong(name, "has an odd number of digits (" + hex.length() + ")");
        }
        if (hex.length() > 2 * mostBytes) {
            throw wrong(name, "has " + hex.length() / 2 + " bytes, at most " + mostBytes + " are possible");
        }
        if (!HEX.matcher(hex).matches()) {
            throw wrong(name, "should be hexadecimal digits in lower case only");
        }
        return hex;
    }

    /** An array, empty if absent. */
    List<JsonNode> array(String name) {
        List<JsonNode> elements = new ArrayList<>();
        if (has(name)) {
            if (!object.get(name).isArray()) {
                throw wrong(name, "should be an array, is " + kind(object.get(name)));
            }
            object.get(name).forEach(elements::add);
        }
        return elements;
    }

    /** An object that must be there. */
    Fields object(String name) {
        return new Fields(required(name), path(name));
    }

    /** An array of objects, empty if absent. */
    List<Fields> objects(String name) {
        List<Fields> objects = new ArrayList<>();
        for (JsonNode element : array(name)) {
            objects.add(new Fields(element, path(name) + "[" + objects.size() + "]"));
        }
        return objects;
    }

    /** An array of strings, empty if absent. */
    List<String> texts(String name) {
        List<String> texts = new ArrayList<>();
        for (JsonNode element : array(name)) {
            if (!element.isTextual()) {
                throw wrong(name + "[" + texts.size() + "]", "should be a string, is " + kind(element));
            }
            texts.add(element.textValue());
        }
        return texts;
    }

    private static String kind(JsonNode node) {
        return switch (node.getNodeType()) {
            case ARRAY -> "an array";
            case OBJECT -> "an object";
            case STRING -> "a string";
            case BOOLEAN -> "true or false";
            case NULL -> "null";
            default -> node.isValueNode() ? node.asText() : "something else";
        };
    }
}
