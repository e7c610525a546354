package net.pfsync.wire;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Reads a {@code .layout} resource. One statement per line; {@code #} begins a comment line.
 *
 * <table>
 * <caption>Statements</caption>
 * <tr><td>{@code like NAME}</td><td>everything of that resource holds unless it is said otherwise here</td></tr>
 * <tr><td>{@code releases TEXT}, {@code version N} …</td><td>a property, see {@link Dialect}</td></tr>
 * <tr><td>{@code framing KEY VALUE}</td><td>a component of {@link Framing}</td></tr>
 * <tr><td>{@code action N KIND TEXT}</td><td>what a number means and tcpdump's name of it; {@code -} for a number without
 * a message, {@code KIND@NAME} for a message laid out as in another dialect</td></tr>
 * <tr><td>{@code struct NAME SIZE}</td><td>a structure that fields can have as their type</td></tr>
 * <tr><td>{@code message KIND… SIZE}</td><td>a message</td></tr>
 * <tr><td>{@code OFFSET NAME TYPE [opaque]}</td><td>a field of the structure or message above</td></tr>
 * </table>
 *
 * <p>Fields follow each other without a gap and end at the size; the parser checks it.
 */
final class DialectParser {
    private final String resource;
    private final DialectTable table = new DialectTable();
    private String[] open;
    private final List<Field> fields = new ArrayList<>();
    private int line;

    private DialectParser(String resource) {
        this.resource = resource;
    }

    /**
     * The table of a dialect.
     *
     * @throws IllegalStateException if the resource is not there or has a mistake, naming its line
     */
    static DialectTable load(String name) {
        String resource = name + ".layout";
        try (InputStream in = DialectParser.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IllegalStateException("no resource " + resource);
            }
            return parse(resource, new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The table that a text describes; {@code resource} is its name in messages. */
    static DialectTable parse(String resource, String text) {
        return new DialectParser(resource).parse(text.lines().toList());
    }

    private DialectTable parse(List<String> text) {
        try {
            for (String each : text) {
                line++;
                parseLine(each.strip());
            }
            close();
            return table;
        } catch (IllegalStateException | IllegalArgumentException | IndexOutOfBoundsException e) {
            throw new IllegalStateException(resource + " line " + line + ": " + e.getMessage(), e);
        }
    }

    private void parseLine(String text) {
        if (text.isEmpty() || text.startsWith("#")) {
            return;
        }
        if (Character.isDigit(text.charAt(0))) {
            field(text.split(" +"));
            return;
        }
        close();
        String[] words = text.split(" +");
        String rest = text.substring(words[0].length()).strip();
        switch (words[0]) {
            case "like" -> table.takeAllOf(load(rest));
            case "framing" ->
                table.framing(words[1], rest.substring(words[1].length()).strip());
            case "action" -> action(text.split(" +", 4));
            case "struct", "message" -> open = words;
            default -> table.property(words[0], rest);
        }
    }

    private void action(String[] words) {
        String[] kind = words[2].split("@", -1);
        table.action(
                Integer.parseInt(words[1]),
                new DialectTable.Numbered(kind[0], kind.length == 2 ? kind[1] : "", words[3]));
    }

    private void field(String[] words) {
        int offset = Integer.parseInt(words[0]);
        if (open == null || offset != end()) {
            throw new IllegalStateException("field " + words[1] + " at " + offset + " instead of " + end());
        }
        List<Field> structure = table.structure(words[2]);
        if (structure != null) {
            structure.forEach(member -> fields.add(member.inside(words[1], offset)));
            return;
        }
        Field.Type type = type(words[2]);
        Field.Order order = words.length == 4 ? Field.Order.OPAQUE : order(type);
        fields.add(new Field(words[1], offset, size(words[2], type), type, order));
    }

    /** Ends the structure or message whose fields were read last. */
    private void close() {
        if (open == null) {
            return;
        }
        int size = Integer.parseInt(open[open.length - 1]);
        if (end() != size) {
            throw new IllegalStateException(open[1] + " has " + end() + " bytes instead of " + size);
        }
        if (open[0].equals("struct")) {
            table.structure(open[1], List.copyOf(fields));
        } else {
            for (int i = 1; i < open.length - 1; i++) {
                table.message(open[i], new DialectTable.Written(size, List.copyOf(fields)));
            }
        }
        fields.clear();
        open = null;
    }

    private int end() {
        return fields.isEmpty()
                ? 0
                : fields.getLast().offset() + fields.getLast().size();
    }

    private static Field.Type type(String word) {
        return switch (word.replaceAll("\\[.*", "")) {
            case "char" -> Field.Type.CHARS;
            case "bytes" -> Field.Type.BYTES;
            default -> Field.Type.valueOf(word.toUpperCase(Locale.ROOT));
        };
    }

    private static int size(String word, Field.Type type) {
        return switch (type) {
            case U8 -> Byte.BYTES;
            case U16 -> Short.BYTES;
            case U32, I32 -> Integer.BYTES;
            case U64 -> Long.BYTES;
            case ADDR16 -> Addresses.IPV6_SIZE;
            case SOCKADDR -> FieldValue.SIN6_SIZE;
            case CHARS, BYTES -> Integer.parseInt(word.substring(word.indexOf('[') + 1, word.indexOf(']')));
        };
    }

    private static Field.Order order(Field.Type type) {
        return switch (type) {
            case U16, U32, U64, I32 -> Field.Order.NET;
            case ADDR16 -> Field.Order.NET_BYTES;
            case SOCKADDR -> Field.Order.SOCKADDR;
            case U8, CHARS, BYTES -> Field.Order.NONE;
        };
    }
}
