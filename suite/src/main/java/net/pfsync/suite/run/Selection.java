package net.pfsync.suite.run;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import net.pfsync.suite.catalogue.Area;
import net.pfsync.suite.catalogue.Catalogue;
import net.pfsync.suite.catalogue.Entry;
import net.pfsync.suite.run.CaseFinder.FoundCase;
import net.pfsync.wire.NearMatch;

/**
 * Which cases run.
 *
 * @param ids only those of these requirements; empty for all
 * @param areas only those of these areas; empty for all
 */
public record Selection(List<String> ids, List<String> areas) {

    /** Everything. */
    public static final Selection ALL = new Selection(List.of(), List.of());

    /** Nothing was selected, or something that does not exist. */
    public static final class NothingSelected extends Exception {

        private static final long serialVersionUID = 1L;

        NothingSelected(String message) {
            super(message);
        }
    }

    /**
     * The selected cases.
     *
     * @param catalogue the requirements
     * @param all all cases
     * @return the selected ones in the order of the catalogue
     * @throws NothingSelected if an id or area does not exist or nothing is left; the message says what is possible
     */
    public List<FoundCase> of(Catalogue catalogue, List<FoundCase> all) throws NothingSelected {
        Set<String> wanted = new LinkedHashSet<>();
        for (String id : ids) {
            wanted.add(existing(catalogue, id));
        }
        for (String area : areas) {
            requireArea(catalogue, area);
        }
        List<FoundCase> selected = new ArrayList<>();
        for (Entry entry : catalogue.entries()) {
            boolean chosen = (wanted.isEmpty() || wanted.contains(entry.id()))
                    && (areas.isEmpty() || areas.contains(entry.area().name()));
            if (chosen) {
                all.stream().filter(one -> one.id().equals(entry.id())).forEach(selected::add);
            }
        }
        if (selected.isEmpty()) {
            throw new NothingSelected("no case was selected");
        }
        return selected;
    }

    private static String existing(Catalogue catalogue, String id) throws NothingSelected {
        if (catalogue.find(id).isEmpty()) {
            throw new NothingSelected("no such case: '" + id + "'; near: " + String.join(", ", catalogue.nearest(id))
                    + "; 'list' shows all");
        }
        if (catalogue.untested(id).isPresent()) {
            throw new NothingSelected(
                    "nothing checks " + id + ": " + catalogue.untested(id).get().reason());
        }
        return id;
    }

    private static void requireArea(Catalogue catalogue, String area) throws NothingSelected {
        List<String> names = catalogue.areas().stream().map(Area::name).toList();
        if (!names.contains(area)) {
            List<String> near = NearMatch.near(area, names);
            throw new NothingSelected("no such area: '" + area + "'"
                    + (near.isEmpty() ? "" : "; near: " + String.join(", ", near)) + "; possible: "
                    + String.join(", ", names));
        }
    }
}
