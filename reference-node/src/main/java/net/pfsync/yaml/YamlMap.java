package net.pfsync.yaml;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import net.pfsync.wire.NearMatch;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/** A map of a YAML file whose every mistake is reported with its place. */
public final class YamlMap {

    private final String file;
    private final Node node;
    private final Map<String, Node> values = new LinkedHashMap<>();

    private YamlMap(String file, MappingNode node) {
        this.file = file;
        this.node = node;
        for (NodeTuple tuple : node.getValue()) {
            Node key = tuple.getKeyNode();
            if (values.put(scalar(key), tuple.getValueNode()) != null) {
                throw at(key, "the key '" + scalar(key) + "' is there twice");
            }
        }
    }

    /**
     * The maps of a file that is a list of maps.
     *
     * @param file its name, for messages
     * @param text its content
     * @return the maps in order; none for an empty file
     */
    public static List<YamlMap> listIn(String file, String text) {
        return root(file, text).map(root -> maps(file, root)).orElse(List.of());
    }

    /**
     * The map that a file is.
     *
     * @param file its name, for messages
     * @param text its content
     * @return the map
     * @throws YamlException if it is none
     */
    public static YamlMap mapIn(String file, String text) {
        Node root = root(file, text).orElseThrow(() -> new YamlException(file + ":1:1: the file is empty"));
        return map(file, root);
    }

    private static YamlMap map(String file, Node node) {
        if (!(node instanceof MappingNode map)) {
            throw at(file, node, "a map is needed here, keys with values");
        }
        return new YamlMap(file, map);
    }

    private static Optional<Node> root(String file, String text) {
        LoadSettings settings = LoadSettings.builder().setLabel(file).build();
        try {
            return new Compose(settings).composeString(text);
        } catch (MarkedYamlEngineException e) {
            Mark mark = e.getProblemMark().or(e::getContextMark).orElse(null);
            throw new YamlException(place(file, mark) + " " + e.getProblem());
        }
    }

    private static List<YamlMap> maps(String file, Node list) {
        if (!(list instanceof SequenceNode sequence)) {
            throw at(file, list, "a list is needed here, each item beginning with '- '");
        }
        List<YamlMap> maps = new ArrayList<>();
        for (Node item : sequence.getValue()) {
            maps.add(map(file, item));
        }
        return maps;
    }

    /** Only these keys are known. */
    public void allow(Set<String> known) {
        for (Map.Entry<String, Node> entry : values.entrySet()) {
            if (!known.contains(entry.getKey())) {
                List<String> near = NearMatch.near(entry.getKey(), known);
                throw at(
                        entry.getValue(),
                        "unknown key '" + entry.getKey() + "'"
                                + (near.isEmpty() ? "" : ", near: " + String.join(", ", near)) + "; possible: "
                                + String.join(", ", new TreeSet<>(known)));
            }
        }
    }

    /** Whether a key is there. */
    public boolean has(String key) {
        return values.containsKey(key);
    }

    /** The keys in the order of the file. */
    public Set<String> keys() {
        return Collections.unmodifiableSet(values.keySet());
    }

    /** A text, which is not empty. */
    public String text(String key) {
        String text = scalar(value(key)).strip();
        if (text.isEmpty()) {
            throw at(key, "'" + key + "' is empty");
        }
        return text;
    }

    /** A text, or another one if the key is not there. */
    public String text(String key, String otherwise) {
        return has(key) ? text(key) : otherwise;
    }

    /**
     * A whole number, decimal or with {@code 0x} in front.
     *
     * @param key its key
     * @param lowest the lowest that is possible
     * @param highest the highest that is possible
     * @return the number
     */
    public long number(String key, long lowest, long highest) {
        try {
            long number = Long.decode(text(key));
            if (number >= lowest && number <= highest) {
                return number;
            }
        } catch (NumberFormatException e) {
            // Said below.
        }
        throw at(key, "'" + text(key) + "' is not a number from " + lowest + " to " + highest);
    }

    /** A whole number, or another one if the key is not there. */
    public long number(String key, long lowest, long highest, long otherwise) {
        return has(key) ? number(key, lowest, highest) : otherwise;
    }

    /** A number with a fraction, or another one if the key is not there. */
    public double decimal(String key, double lowest, double highest, double otherwise) {
        if (!has(key)) {
            return otherwise;
        }
        try {
            double number = Double.parseDouble(text(key));
            if (number >= lowest && number <= highest) {
                return number;
            }
        } catch (NumberFormatException e) {
            // Said below.
        }
        throw at(key, "'" + text(key) + "' is not a number from " + lowest + " to " + highest);
    }

    /** {@code true} or {@code false}, or another one if the key is not there. */
    public boolean flag(String key, boolean otherwise) {
        if (!has(key)) {
            return otherwise;
        }
        return switch (text(key)) {
            case "true" -> true;
            case "false" -> false;
            default -> throw at(key, "'" + text(key) + "' is not possible here; possible: true, false");
        };
    }

    /** One of the constants, written small and with hyphens. */
    public <E extends Enum<E>> E word(String key, Class<E> type) {
        return word(value(key), type);
    }

    private <E extends Enum<E>> E word(Node value, Class<E> type) {
        String text = scalar(value);
        for (E constant : type.getEnumConstants()) {
            if (spelled(constant).equalsIgnoreCase(text)) {
                return constant;
            }
        }
        List<String> possible =
                Arrays.stream(type.getEnumConstants()).map(YamlMap::spelled).toList();
        throw at(value, "'" + text + "' is not possible here; possible: " + String.join(", ", possible));
    }

    private static String spelled(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** A list of constants. */
    public <E extends Enum<E>> List<E> words(String key, Class<E> type) {
        return items(key).stream().map(item -> word(item, type)).toList();
    }

    /** A list of texts, or one text. */
    public List<String> texts(String key) {
        Node value = value(key);
        return value instanceof ScalarNode
                ? List.of(scalar(value))
                : items(key).stream().map(this::scalar).toList();
    }

    private List<Node> items(String key) {
        if (!(value(key) instanceof SequenceNode sequence)) {
            throw at(key, "'" + key + "' must be a list, for example [wire]");
        }
        return sequence.getValue();
    }

    /** A list of maps. */
    public List<YamlMap> maps(String key) {
        return maps(file, value(key));
    }

    /** A map. */
    public YamlMap map(String key) {
        return map(file, value(key));
    }

    private Node value(String key) {
        Node value = values.get(key);
        if (value == null) {
            throw at(node, "the key '" + key + "' is missing");
        }
        return value;
    }

    private String scalar(Node value) {
        if (value instanceof ScalarNode scalar) {
            return scalar.getValue();
        }
        throw at(value, "a single value is needed here");
    }

    /** A mistake in the value of a key. */
    public YamlException at(String key, String problem) {
        return at(value(key), problem);
    }

    private YamlException at(Node place, String problem) {
        return at(file, place, problem);
    }

    private static YamlException at(String file, Node place, String problem) {
        return new YamlException(place(file, place.getStartMark().orElse(null)) + " " + problem);
    }

    private static String place(String file, Mark mark) {
        return mark == null ? file + ":" : file + ":" + (mark.getLine() + 1) + ":" + (mark.getColumn() + 1) + ":";
    }
}
