package net.pfsync.suite.catalogue;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import net.pfsync.wire.Dialect;

/**
 * A requirement, as the catalogue has it.
 *
 * @param id permanent, {@code PFSYNC-<AREA>-<NN>}
 * @param area the part of the protocol
 * @param level how strongly it demands
 * @param severity what it costs not to meet it
 * @param dialects the names of the dialects that it applies to
 * @param sentence what is demanded, one sentence
 * @param why why it matters, one sentence
 * @param sources who says so, the best first
 * @param needs what it takes to check it
 * @param deviations who is known to do otherwise
 */
public record Entry(
        String id,
        Area area,
        Level level,
        Severity severity,
        Set<String> dialects,
        String sentence,
        String why,
        List<Source> sources,
        Set<Need> needs,
        List<Deviation> deviations) {

    /** Whether it demands anything of a dialect. */
    public boolean appliesTo(Dialect dialect) {
        return dialects.contains(dialect.name());
    }

    /**
     * What is known about a release beside itself.
     *
     * @param release its name
     * @return how it deviates, empty if it is not known to
     */
    public Optional<Deviation> deviation(String release) {
        return deviation(release, release);
    }

    /**
     * What is known about two releases.
     *
     * @param release the name of what the firewall under test runs
     * @param peer the name of what the second firewall runs
     * @return how they deviate, empty if they are not known to
     */
    public Optional<Deviation> deviation(String release, String peer) {
        return deviations.stream()
                .filter(deviation -> deviation.shows(release, peer))
                .findFirst();
    }
}
