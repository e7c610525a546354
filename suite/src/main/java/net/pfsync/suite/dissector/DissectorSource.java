package net.pfsync.suite.dissector;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import net.pfsync.suite.capture.DialectFinder;
import net.pfsync.wire.Action;
import net.pfsync.wire.Dialect;
import net.pfsync.wire.Field;
import net.pfsync.wire.Framing;
import net.pfsync.wire.Layout;

/** Writes the dissector: the hand-written program with the tables of all dialects in their place. */
public final class DissectorSource {

    private static final String TABLES = "--@TABLES@\n";
    private static final int ACTIONS = 256;

    /** The dialects that are tried when none is chosen, the first of those that fit equally well. */
    private static final List<String> PREFERENCE = DialectFinder.preference();

    private final Map<String, FilterField> fields = new LinkedHashMap<>();
    private final Map<String, Integer> layouts = new LinkedHashMap<>();
    private final List<String> layoutTables = new ArrayList<>();

    /** A field of the dissector: the widest of all members that share its name. */
    private record FilterField(int index, String title, Field.Type type, boolean hex) {

        FilterField wider(Field.Type other) {
            boolean numbers = type.compareTo(Field.Type.U64) <= 0 && other.compareTo(Field.Type.U64) <= 0;
            return numbers && other.compareTo(type) > 0 ? new FilterField(index, title, other, hex) : this;
        }
    }

    private DissectorSource() {}

    /** The whole source, the same for the same tables. */
    public static String text() {
        return new DissectorSource().write();
    }

    private String write() {
        StringBuilder dialects = new StringBuilder("local dialects = {\n");
        for (String name : Dialect.names()) {
            dialect(dialects, Dialect.of(name));
        }
        dialects.append("}\n\n");
        dialects.append("-- Of dialects that fit equally well the first is taken.\nlocal preference = {");
        for (String name : PREFERENCE) {
            dialects.append(' ').append(Dialect.names().indexOf(name) + 1).append(',');
        }
        dialects.append(" }\n");
        StringBuilder tables = new StringBuilder("-- Name, title, type, hexadecimal.\nlocal fields = {\n");
        fields.forEach((name, field) -> tables.append(
                "    { \"%s\", \"%s\", %s, %s },\n".formatted(name, field.title(), lua(field.type()), field.hex())));
        tables.append(
                "}\n\n-- Size, offsets of what is often read, and all fields: index in fields, offset, size, type.\n");
        tables.append("local layouts = {\n");
        layoutTables.forEach(tables::append);
        tables.append("}\n\n").append(dialects);
        String program = program();
        int at = program.indexOf(TABLES);
        return program.substring(0, at) + tables + program.substring(at + TABLES.length());
    }

    private static String program() {
        try (InputStream in = DissectorSource.class.getResourceAsStream("pfsync.lua")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void dialect(StringBuilder text, Dialect dialect) {
        Framing framing = dialect.framing();
        text.append("    { name = \"").append(dialect.name()).append("\", version = ");
        text.append(dialect.versionByte()).append(", inet6 = ").append(dialect.inet6());
        text.append(", timeouts = ").append(dialect.timeoutMax());
        text.append(", max_action = ").append(dialect.maxAction());
        text.append(",\n      preferred = ").append(PREFERENCE.contains(dialect.name()));
        text.append(", checks_key_families = ").append(dialect.checksKeyFamilies());
        text.append(", subheaders = ").append(framing.subheaders());
        text.append(", stride = ").append(framing.stride());
        text.append(",\n      eof = ").append(framing.eofTrailer());
        text.append(", bound = \"").append(framing.bound());
        text.append("\", unsupported = \"").append(framing.unsupported());
        text.append("\", refuses_empty_at_end = ").append(framing.refusesEmptyAtEnd());
        text.append(",\n      longest = ");
        text.append(framing.longestSection() == Integer.MAX_VALUE ? "math.huge" : "" + framing.longestSection());
        text.append(", checks_bus = ").append(framing.checksBus());
        text.append(", header = ").append(layout(dialect.header()));
        if (framing.subheaders()) {
            text.append(", subheader = ").append(layout(dialect.subheader()));
        }
        text.append(",\n      actions = {\n");
        for (int number = 0; number < Math.min(ACTIONS, dialect.maxAction()); number++) {
            action(text, dialect.action(number));
        }
        text.append("      } },\n");
    }

    private void action(StringBuilder text, Action action) {
        text.append("        [").append(action.number()).append("] = { text = \"");
        text.append(action.text()).append('"');
        if (action.kind() != null) {
            text.append(", kind = \"")
                    .append(action.kind())
                    .append("\", layout = ")
                    .append(layout(action.layout()));
        }
        text.append(" },\n");
    }

    /** The number of a layout's table; layouts that are equal share one. */
    private int layout(Layout layout) {
        String table = table(layout);
        return layouts.computeIfAbsent(table, absent -> {
            layoutTables.add("    " + absent);
            return layoutTables.size();
        });
    }

    private String table(Layout layout) {
        StringBuilder text =
                new StringBuilder("{ size = ").append(layout.size()).append(", at = {");
        offsets(layout).forEach((name, at) -> {
            if (at >= 0) {
                text.append(' ').append(name).append(" = ").append(at).append(',');
            }
        });
        text.append(" }, fields = {\n");
        for (Field field : layout.fields()) {
            text.append("        ").append(field(layout, field)).append('\n');
        }
        return text.append("    } },\n").toString();
    }

    private static Map<String, Integer> offsets(Layout layout) {
        Map<String, Integer> offsets = new TreeMap<>();
        if (layout.kind() == null) {
            return offsets;
        }
        offsets.put("id", layout.id);
        offsets.put("creatorid", layout.creatorid);
        offsets.put("src", layout.src);
        offsets.put("dst", layout.dst);
        offsets.put("timeout", layout.timeout);
        offsets.put("direction", layout.direction);
        offsets.put("proto", layout.proto);
        offsets.put("af", layout.af);
        offsets.put("keyaf0", layout.keyAf0);
        offsets.put("keyaf1", layout.keyAf1);
        offsets.put("rt", layout.rt);
        offsets.put("rt_af", layout.rtAf);
        offsets.put("status", layout.status);
        offsets.put("state_flags", layout.stateFlags);
        offsets.put("state_flags_size", layout.stateFlagsSize == 0 ? -1 : layout.stateFlagsSize);
        return offsets;
    }

    private String field(Layout layout, Field field) {
        StringBuilder text = new StringBuilder("{ ").append(index(layout, field));
        text.append(", ").append(field.offset()).append(", ").append(field.size());
        text.append(", ").append(lua(type(field)));
        if (field.padding()) {
            text.append(", padding = ").append(field.name().indexOf('.') < 0);
        }
        if (field.name().startsWith("key[")) {
            text.append(", key = ").append(field.name().charAt(4));
        }
        String[] path = field.name().split("\\.", -1);
        if (path.length > 1) {
            text.append(", group = \"").append(path[0]).append("\", group_size = ");
            text.append(groupSize(layout, path[0]));
            if (path[1].equals("state")) {
                text.append(", tcp_state = true");
            }
        }
        return text.append(" },").toString();
    }

    private static int groupSize(Layout layout, String group) {
        return layout.fields().stream()
                .filter(field -> field.name().startsWith(group + "."))
                .mapToInt(Field::size)
                .sum();
    }

    private int index(Layout layout, Field field) {
        Field.Type type = type(field);
        FilterField known = fields.computeIfAbsent(
                FilterName.of(layout, field),
                name -> new FilterField(
                        fields.size() + 1,
                        name.substring("pfsync.".length()).replace('_', ' '),
                        type,
                        field.order() == Field.Order.OPAQUE));
        fields.put(FilterName.of(layout, field), known.wider(type));
        return known.index();
    }

    private static Field.Type type(Field field) {
        return field.padding() ? Field.Type.BYTES : field.type();
    }

    private static String lua(Field.Type type) {
        return type == Field.Type.ADDR16 ? "ADDR" : type.name().toUpperCase(Locale.ROOT);
    }
}
