package net.pfsync.wire;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The statements of a {@code .layout} resource, those it takes from another one included. */
final class DialectTable {
    private final Map<String, String> properties = new HashMap<>();
    private final Map<String, String> framing = new HashMap<>();
    private final Map<Integer, Numbered> actions = new HashMap<>();
    private final Map<String, List<Field>> structures = new HashMap<>();
    private final Map<String, Written> messages = new HashMap<>();
    private final Map<String, Layout> layouts = new HashMap<>();

    /** An action as written: its kind, where its layout comes from ("" for here), and its text. */
    record Numbered(String kind, String from, String text) {}

    /** A message as written: its size and fields. */
    record Written(int size, List<Field> fields) {}

    void property(String key, String value) {
        properties.put(key, value);
    }

    void framing(String key, String value) {
        framing.put(key, value);
    }

    void action(int number, Numbered action) {
        actions.put(number, action);
    }

    void structure(String name, List<Field> fields) {
        structures.put(name, fields);
    }

    void message(String message, Written written) {
        messages.put(message, written);
    }

    List<Field> structure(String name) {
        return structures.get(name);
    }

    void takeAllOf(DialectTable other) {
        properties.putAll(other.properties);
        framing.putAll(other.framing);
        actions.putAll(other.actions);
        structures.putAll(other.structures);
        messages.putAll(other.messages);
    }

    String text(String property) {
        String value = properties.get(property);
        if (value == null) {
            throw new IllegalStateException("no " + property);
        }
        return value;
    }

    int number(String property) {
        return Integer.parseInt(text(property));
    }

    boolean yes(String property) {
        return yes(property, text(property));
    }

    /** One object per message; a message that is not there has no fields. */
    Layout layout(String message) {
        return layouts.computeIfAbsent(message, name -> {
            Written written = messages.getOrDefault(name, new Written(0, List.of()));
            Kind kind = name.endsWith("HEADER") ? null : Kind.valueOf(name);
            return new Layout(name, kind, number("inet6"), written.size, written.fields);
        });
    }

    /** Never null. */
    Action action(int number) {
        Numbered written = actions.get(number);
        if (written == null) {
            return new Action(number, "?", null, null);
        }
        if (written.kind.equals("-")) {
            return new Action(number, written.text, null, null);
        }
        Kind kind = Kind.valueOf(written.kind);
        Layout layout = written.from.isEmpty()
                ? layout(written.kind)
                : Dialect.of(written.from).layout(kind);
        return new Action(number, written.text, kind, layout);
    }

    /** The actions whose messages are not taken from an older dialect. */
    List<Action> ownActions() {
        List<Action> own = new ArrayList<>();
        actions.forEach((number, written) -> {
            if (!written.kind.equals("-") && written.from.isEmpty()) {
                own.add(action(number));
            }
        });
        return own;
    }

    Framing framing() {
        String[] eof = framing.get("eof").split(" ", -1);
        boolean none = eof[0].equals("none");
        String longest = framing.get("longest-section");
        return new Framing(
                yes("subheaders", framing.get("subheaders")),
                yes("stride", framing.get("stride")),
                none ? -1 : Integer.parseInt(eof[0]),
                none ? null : Counter.parse(eof[1]),
                constant(Framing.Bound.class, framing.get("bound")),
                constant(Framing.Unsupported.class, framing.get("unsupported")),
                yes("refuses-empty-at-end", framing.get("refuses-empty-at-end")),
                longest.equals("unlimited") ? Integer.MAX_VALUE : Integer.parseInt(longest),
                yes("checks-bus", framing.get("checks-bus")));
    }

    private static <E extends Enum<E>> E constant(Class<E> type, String written) {
        return Enum.valueOf(type, written.toUpperCase(Locale.ROOT).replace('-', '_'));
    }

    private static boolean yes(String property, String value) {
        return switch (value) {
            case "yes" -> true;
            case "no" -> false;
            default -> throw new IllegalStateException(property + " is " + value + ", not yes or no");
        };
    }
}
