package net.pfsync.suite.catalogue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
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
     * @throws CatalogueException if it is anything else
     */
    public static List<YamlMap> listIn(String file, String text) {
        LoadSettings settings = LoadSettings.builder().setLabel(file).build();
        try {
            return new Compose(settings)
                    .composeString(text)
                    .map(root -> maps(file, root))
                    .orElse(List.of());
        } catch (MarkedYamlEngineException e) {
            Mark mark = e.getProblemMark().or(e::getContextMark).orElse(null);
            throw new CatalogueException(place(file, mark) + " " + e.getProblem());
        }
    }

    private static List<YamlMap> maps(String file, Node list) {
        if (!(list instanceof SequenceNode sequence)) {
            throw at(file, list, "a list is needed here, each item beginning with '- '");
        }
        List<YamlMap> maps = new ArrayList<>();
        for (Node item : sequence.getValue()) {
            if (!(item instanceof MappingNode map)) {
                throw at(file, item, "a map is needed here, keys with values");
            }
            maps.add(new YamlMap(file, map));
        }
        return maps;
    }

    /**
     * Only these keys are known.
     *
     * @throws CatalogueException if there is another
     */
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

    /**
     * A text.
     *
     * @throws CatalogueException if it is not there, or empty
     */
    public String text(String key) {
        String text = scalar(value(key)).strip();
        if (text.isEmpty()) {
            throw at(key, "'" + key + "' is empty");
        }
        return text;
    }

    /**
     * One of the constants of a type, in small letters.
     *
     * @throws CatalogueException if it is not there, or no such constant
     */
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

    <E extends Enum<E>> List<E> words(String key, Class<E> type) {
        return items(key).stream().map(item -> word(item, type)).toList();
    }

    /** A list of texts, or one text. */
    List<String> texts(String key) {
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

    List<YamlMap> maps(String key) {
        return maps(file, value(key));
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

    /** What is wrong with the value of a key, with its place. */
    public CatalogueException at(String key, String problem) {
        return at(value(key), problem);
    }

    private CatalogueException at(Node place, String problem) {
        return at(file, place, problem);
    }

    private static CatalogueException at(String file, Node place, String problem) {
        return new CatalogueException(place(file, place.getStartMark().orElse(null)) + " " + problem);
    }

    private static String place(String file, Mark mark) {
        return mark == null ? file + ":" : file + ":" + (mark.getLine() + 1) + ":" + (mark.getColumn() + 1) + ":";
    }
}
