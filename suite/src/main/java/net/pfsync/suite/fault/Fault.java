package net.pfsync.suite.fault;

import java.util.List;
import net.pfsync.release.Release;
import net.pfsync.suite.run.CaseFinder.FoundCase;
import net.pfsync.suite.target.embedded.EmbeddedArena;
import net.pfsync.suite.target.embedded.Sabotage;

/**
 * One way of being wrong, which the suite must notice.
 *
 * @param name what it is called, in capitals
 * @param sentence what a firewall with it does
 * @param base the reference release that it is laid on, or {@code v5draft} for version 5 in the layout of OpenBSD 4.5
 * @param peers the release that the other firewalls run; the base itself where that does not matter
 * @param sabotage what it changes
 * @param noticedBy the requirements whose cases must find it, at least one
 */
public record Fault(
        String name, String sentence, String base, String peers, Sabotage sabotage, List<String> noticedBy) {

    /** Takes the list as it is now. */
    public Fault {
        noticedBy = List.copyOf(noticedBy);
        if (noticedBy.isEmpty()) {
            throw new IllegalArgumentException(name + " names no requirement");
        }
    }

    /** A fault that shows among firewalls of one release. */
    public Fault(String name, String sentence, String base, Sabotage sabotage, List<String> noticedBy) {
        this(name, sentence, base, base, sabotage, noticedBy);
    }

    /** The release that it is laid on, and beside which others. */
    public String laidOn() {
        return peers.equals(base) ? base : base + " with " + peers;
    }

    /**
     * A lab whose firewall under test has it.
     *
     * @return a new arena
     */
    public EmbeddedArena arena() {
        Release intended = Release.faulty(base);
        return new EmbeddedArena(intended, peers.equals(base) ? intended : Release.of(peers), sabotage);
    }

    /**
     * The cases that must find it.
     *
     * @param all those that there are
     * @return those of the requirements that it names
     */
    public List<FoundCase> cases(List<FoundCase> all) {
        return all.stream().filter(found -> noticedBy.contains(found.id())).toList();
    }

    @Override
    public String toString() {
        return name + " (" + laidOn() + ")";
    }
}
