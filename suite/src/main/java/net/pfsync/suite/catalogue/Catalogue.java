package net.pfsync.suite.catalogue;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import net.pfsync.wire.NearMatch;

/** All requirements, in the order of their areas and ids, and the ledger of those that nothing checks. */
public final class Catalogue {

    private static final String ROOT = "/requirements/";
    private static final String AREAS = "areas.yaml";
    private static final String LEDGER = "untested.yaml";
    private static final int SHOWN = 5;

    private final List<Area> areas;
    private final Map<String, Entry> entries = new LinkedHashMap<>();
    private final Map<String, Untested> ledger = new LinkedHashMap<>();

    private Catalogue(Files files) {
        areas = CatalogueReader.areas(AREAS, files.text(AREAS));
        for (Area area : areas) {
            String file = CatalogueReader.fileOf(area);
            for (Entry entry : CatalogueReader.entries(file, files.text(file), area)) {
                if (entries.put(entry.id(), entry) != null) {
                    throw new CatalogueException(file + ": " + entry.id() + " is there twice");
                }
            }
        }
        for (Untested untested : CatalogueReader.ledger(LEDGER, files.text(LEDGER))) {
            if (!entries.containsKey(untested.id())) {
                throw new CatalogueException(LEDGER + ": " + untested.id() + " is not in the catalogue; near: "
                        + String.join(", ", nearest(untested.id())));
            }
            ledger.put(untested.id(), untested);
        }
    }

    /** Where the files of a catalogue come from. */
    @FunctionalInterface
    public interface Files {

        /**
         * A file's content.
         *
         * @param name the file's name without its directory
         * @return its text
         */
        String text(String name);
    }

    /** The suite's own catalogue. */
    public static Catalogue load() {
        return of(Catalogue::resource);
    }

    /**
     * A catalogue from anywhere.
     *
     * @param files {@code areas.yaml}, one file per area, and {@code untested.yaml}
     * @return the catalogue
     * @throws CatalogueException if there is a mistake in one of them
     */
    public static Catalogue of(Files files) {
        return new Catalogue(files);
    }

    private static String resource(String name) {
        try (InputStream in = Catalogue.class.getResourceAsStream(ROOT + name)) {
            if (in == null) {
                throw new CatalogueException(name + ": there is no such file in the catalogue");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The areas in the order of the catalogue. */
    public List<Area> areas() {
        return areas;
    }

    /** All requirements in the order of the catalogue. */
    public List<Entry> entries() {
        return new ArrayList<>(entries.values());
    }

    /**
     * A requirement.
     *
     * @param id its id
     * @return empty if there is none of that id
     */
    public Optional<Entry> find(String id) {
        return Optional.ofNullable(entries.get(id));
    }

    /** The requirements that no case checks, and why. */
    public List<Untested> untested() {
        return new ArrayList<>(ledger.values());
    }

    /** Why nothing checks a requirement; empty if something does. */
    public Optional<Untested> untested(String id) {
        return Optional.ofNullable(ledger.get(id));
    }

    /**
     * Ids that may have been meant.
     *
     * @param text what is not an id of the catalogue
     * @return the nearest ids, at least one unless the catalogue is empty
     */
    public List<String> nearest(String text) {
        String meant = text.toUpperCase(Locale.ROOT);
        List<String> containing = entries.keySet().stream()
                .filter(id -> id.contains(meant))
                .limit(SHOWN)
                .toList();
        if (!containing.isEmpty()) {
            return containing;
        }
        return entries.values().stream()
                .sorted(Comparator.comparingInt(entry -> distance(meant, entry)))
                .limit(SHOWN)
                .map(Entry::id)
                .toList();
    }

    /** To the id, or to its area alone. */
    private static int distance(String text, Entry entry) {
        return Math.min(
                NearMatch.distance(text, entry.id()),
                NearMatch.distance(text, entry.area().name()));
    }
}
