package net.pfsync.suite.catalogue;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import net.pfsync.wire.Dialect;
import net.pfsync.wire.NearMatch;
import net.pfsync.yaml.YamlException;
import net.pfsync.yaml.YamlMap;

/** Reads the files of the catalogue; every mistake is one line with file, line and column. */
final class CatalogueReader {

    private static final Pattern ID = Pattern.compile("PFSYNC-([A-Z]+)-[0-9]{2,3}");
    private static final Set<String> KEYS = new LinkedHashSet<>(
            List.of("id", "area", "level", "severity", "dialects", "sentence", "why", "source", "needs", "deviations"));
    private static final String ALL = "all";

    private CatalogueReader() {}

    /** The list of areas. */
    static List<Area> areas(String file, String text) {
        return each(file, text, Set.of("area", "title"), map -> new Area(map.text("area"), map.text("title")));
    }

    /** The requirements of one area. */
    static List<Entry> entries(String file, String text, Area area) {
        return each(file, text, KEYS, map -> entry(map, area));
    }

    /** Reads every map of a file. */
    private static <T> List<T> each(String file, String text, Set<String> keys, Function<YamlMap, T> read) {
        try {
            List<T> all = new ArrayList<>();
            for (YamlMap map : YamlMap.listIn(file, text)) {
                map.allow(keys);
                all.add(read.apply(map));
            }
            return all;
        } catch (YamlException e) {
            throw new CatalogueException(e.getMessage());
        }
    }

    private static Entry entry(YamlMap map, Area area) {
        String id = map.text("id");
        var matcher = ID.matcher(id);
        if (!matcher.matches()) {
            throw map.at("id", "'" + id + "' is not of the form PFSYNC-" + area.name() + "-01");
        }
        if (!matcher.group(1).equals(area.name()) || !map.text("area").equals(area.name())) {
            throw map.at("id", id + " does not belong into the file of area " + area.name());
        }
        return new Entry(
                id,
                area,
                map.word("level", Level.class),
                map.word("severity", Severity.class),
                dialects(map),
                sentence(map, "sentence"),
                sentence(map, "why"),
                sources(map),
                needs(map),
                deviations(map));
    }

    private static String sentence(YamlMap map, String key) {
        String text = map.text(key).replaceAll("\\s+", " ");
        if (!text.endsWith(".")) {
            throw map.at(key, "a sentence ends with a full stop");
        }
        return text;
    }

    private static Set<String> dialects(YamlMap map) {
        Set<String> names = new LinkedHashSet<>();
        for (String text : map.texts("dialects")) {
            if (text.equals(ALL) || text.startsWith(ALL + "-v")) {
                names.addAll(group(map, text));
            } else if (Dialect.names().contains(text)) {
                names.add(text);
            } else {
                List<String> near = NearMatch.near(text, Dialect.names());
                throw map.at(
                        "dialects",
                        "no such dialect: '" + text + "'"
                                + (near.isEmpty() ? "" : "; near: " + String.join(", ", near)) + "; possible: all,"
                                + " all-v5, all-v6, " + String.join(", ", Dialect.names()));
            }
        }
        if (names.isEmpty()) {
            throw map.at("dialects", "a requirement applies to at least one dialect");
        }
        return names;
    }

    private static List<String> group(YamlMap map, String text) {
        if (text.equals(ALL)) {
            return Dialect.names();
        }
        String version = text.substring((ALL + "-v").length());
        List<String> names = Dialect.names().stream()
                .filter(name -> version.equals(String.valueOf(Dialect.of(name).versionByte())))
                .toList();
        if (names.isEmpty()) {
            throw map.at("dialects", "no dialect has version " + version + "; possible: all, all-v5, all-v6");
        }
        return names;
    }

    private static List<Source> sources(YamlMap map) {
        List<Source> sources = new ArrayList<>();
        for (YamlMap source : map.maps("source")) {
            source.allow(Set.of("rank", "ref"));
            sources.add(new Source(source.word("rank", Rank.class), source.text("ref")));
        }
        if (sources.isEmpty()) {
            throw map.at("source", "a requirement has at least one source");
        }
        return sources;
    }

    private static Set<Need> needs(YamlMap map) {
        List<Need> needs = map.words("needs", Need.class);
        if (needs.isEmpty()) {
            throw map.at("needs", "every requirement needs at least [wire]");
        }
        return EnumSet.copyOf(needs);
    }

    private static List<Deviation> deviations(YamlMap map) {
        List<Deviation> deviations = new ArrayList<>();
        if (!map.has("deviations")) {
            return deviations;
        }
        for (YamlMap deviation : map.maps("deviations")) {
            deviation.allow(Set.of("release", "peer", "how", "seen"));
            String release = deviation.has("peer") ? deviation.text("release", "") : deviation.text("release");
            deviations.add(
                    new Deviation(release, deviation.text("peer", ""), deviation.text("how"), deviation.text("seen")));
        }
        return deviations;
    }

    /** The file of an area. */
    static String fileOf(Area area) {
        return area.name().toLowerCase(Locale.ROOT) + ".yaml";
    }

    /** The ledger: ids without a case, and why. */
    static List<Untested> ledger(String file, String text) {
        return each(
                file,
                text,
                Set.of("id", "reason"),
                map -> new Untested(map.text("id"), map.text("reason").replaceAll("\\s+", " ")));
    }
}
