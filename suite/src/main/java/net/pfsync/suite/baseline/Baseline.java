package net.pfsync.suite.baseline;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import net.pfsync.suite.catalogue.Catalogue;
import net.pfsync.suite.catalogue.Entry;
import net.pfsync.suite.verdict.Verdict;
import net.pfsync.yaml.YamlException;
import net.pfsync.yaml.YamlMap;

/** What a release is known to do otherwise, requirement by requirement. */
public final class Baseline {

    private static final String ROOT = "/fixtures/baselines/";
    private static final String REASON = "reason";
    private static final String SOURCE = "source";
    private static final String LINK = "link";
    private static final String VERDICT = "verdict";
    private static final Set<String> KEYS = Set.of("id", VERDICT, REASON, SOURCE, LINK);

    private final Map<String, Exclusion> exclusions = new LinkedHashMap<>();

    private Baseline(String file, String text, Catalogue catalogue) {
        for (YamlMap map : YamlMap.listIn(file, text)) {
            map.allow(KEYS);
            Exclusion exclusion = exclusion(map, catalogue);
            if (exclusions.put(exclusion.id(), exclusion) != null) {
                throw map.at("id", exclusion.id() + " is there twice");
            }
        }
    }

    private static Exclusion exclusion(YamlMap map, Catalogue catalogue) {
        String id = map.text("id");
        if (catalogue.find(id).isEmpty()) {
            throw map.at("id", id + " is not in the catalogue; near: " + String.join(", ", catalogue.nearest(id)));
        }
        Verdict verdict = map.has(VERDICT) ? map.word(VERDICT, Verdict.class) : Verdict.FAIL;
        if (!verdict.againstTarget() && verdict != Verdict.UNKNOWN) {
            throw map.at(VERDICT, "only fail, disagree and unknown are excluded");
        }
        String reason = map.text(REASON).replaceAll("\\s+", " ");
        return new Exclusion(id, verdict, reason, map.text(map.has(LINK) ? LINK : SOURCE));
    }

    /**
     * Reads a baseline.
     *
     * @param file its name, for messages
     * @param text its content
     * @param catalogue what there is to exclude
     * @return the baseline
     * @throws YamlException if there is a mistake in it: one line with file, line and column
     */
    public static Baseline read(String file, String text, Catalogue catalogue) {
        return new Baseline(file, text, catalogue);
    }

    /**
     * The suite's own baseline of a release.
     *
     * @param release its name
     * @param catalogue what there is to exclude
     * @return the baseline, empty if the suite has none
     */
    public static Optional<Baseline> of(String release, Catalogue catalogue) {
        String name = release + ".yaml";
        try (InputStream in = Baseline.class.getResourceAsStream(ROOT + name)) {
            return in == null
                    ? Optional.empty()
                    : Optional.of(read(
                            "fixtures/baselines/" + name,
                            new String(in.readAllBytes(), StandardCharsets.UTF_8),
                            catalogue));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What is known, in the order of the file. */
    public List<Exclusion> exclusions() {
        return List.copyOf(exclusions.values());
    }

    /**
     * What a run has to say that is not known. A requirement that was not run, or skipped, is no change.
     *
     * @param verdicts what the requirements came to
     * @return the changes, in the order of the verdicts
     */
    public List<Change> changes(Map<Entry, Verdict> verdicts) {
        List<Change> changes = new ArrayList<>();
        verdicts.forEach((entry, now) -> {
            Exclusion known = exclusions.get(entry.id());
            Verdict expected = known == null ? Verdict.PASS : known.verdict();
            if (now != expected && now != Verdict.SKIPPED) {
                changes.add(new Change(entry.id(), now, known));
            }
        });
        return changes;
    }
}
