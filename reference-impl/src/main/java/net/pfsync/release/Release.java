package net.pfsync.release;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;
import net.pfsync.pf.Timeouts;
import net.pfsync.pf.TrackingRule;
import net.pfsync.sync.Rules;
import net.pfsync.wire.Dialect;

/**
 * What a firewall runs: a dialect, the numbers of the system, and the quirks in which it deviates from the protocol as intended.
 *
 * <p>{@code reference-v5} and {@code reference-v6} have no quirks. The others are personas of real systems, as far as those were recorded.
 */
public final class Release {

    private static final String FAULTY = "a reference release with faults";

    private final String name;
    private final String description;
    private final Defaults defaults;
    private final List<Quirk> quirks;
    private final Rules rules;
    private final TrackingRule tracking;

    /**
     * The numbers of a system that has not been configured.
     *
     * @param stateLimit pf's limit "states"
     * @param timeouts seconds by index
     */
    public record Defaults(int stateLimit, List<Integer> timeouts) {

        private static final int[] SINCE_2018 = {
            120, 30, 86400, 900, 45, 90, 60, 30, 60, 20, 10, 60, 30, 60, 60, 10, 60000, 120000, 0, 30
        };
        private static final int[] UNTIL_2018 = {
            120, 30, 86400, 900, 45, 90, 60, 30, 60, 20, 10, 60, 30, 60, 30, 10, 6000, 12000, 0, 30
        };

        static Defaults of2009() {
            return new Defaults(10_000, Arrays.stream(UNTIL_2018).boxed().toList());
        }

        static Defaults of2025() {
            return new Defaults(100_000, Arrays.stream(SINCE_2018).boxed().toList());
        }

        /**
         * The timeouts as pf takes them.
         *
         * @return a new object
         */
        public Timeouts pfTimeouts() {
            return new Timeouts(timeouts.stream().mapToInt(Integer::intValue).toArray());
        }
    }

    Release(String name, String description, Defaults defaults, Draft intended, Quirk... quirks) {
        this.name = name;
        this.description = description;
        this.defaults = defaults;
        this.quirks = List.of(quirks);
        this.quirks.forEach(quirk -> quirk.layOn(intended));
        this.rules = intended.rules();
        this.tracking = intended.tracking;
    }

    /**
     * Every release, the references first.
     *
     * @return five releases
     */
    public static List<Release> all() {
        return List.of(
                ReferenceV5.release(),
                ReferenceV6.release(),
                OpenBsd45.release(),
                OpenBsd46.release(),
                OpenBsd76.release());
    }

    /**
     * Finds a release.
     *
     * @param name such as {@code openbsd-7.6}
     * @return the release
     * @throws IllegalArgumentException if there is none of that name; the message lists those that there are
     */
    public static Release of(String name) {
        List<String> names = new ArrayList<>();
        for (Release release : all()) {
            if (release.name.equals(name)) {
                return release;
            }
            names.add(release.name);
        }
        throw new IllegalArgumentException("unknown release " + name + "; known are " + String.join(", ", names));
    }

    /**
     * A release that nobody runs: a reference release with faults, by which a suite shows that it notices them.
     *
     * @param base {@code reference-v5}, {@code reference-v6}, or {@code v5draft} for version 5 in the layout of OpenBSD 4.5
     * @param quirks in which it deviates
     * @return the release, under the name of its base
     * @throws IllegalArgumentException if there is no such base
     */
    public static Release faulty(String base, Quirk... quirks) {
        return switch (base) {
            case "reference-v5" -> new Release(base, FAULTY, Defaults.of2009(), Draft.v5(), quirks);
            case "reference-v6" -> new Release(base, FAULTY, Defaults.of2025(), Draft.v6(), quirks);
            case "v5draft" -> {
                Draft draft = Draft.v5();
                draft.dialect = base;
                yield new Release(base, FAULTY, Defaults.of2009(), draft, quirks);
            }
            default -> throw new IllegalArgumentException("no reference release is called " + base);
        };
    }

    /**
     * The same release with something else in its rules; for faults that no real system has.
     *
     * @param change takes the rules and gives others
     * @return a release of the same name
     */
    public Release altered(UnaryOperator<Rules> change) {
        return new Release(this, change.apply(rules));
    }

    private Release(Release base, Rules altered) {
        name = base.name;
        description = FAULTY;
        defaults = base.defaults;
        quirks = base.quirks;
        tracking = base.tracking;
        rules = altered;
    }

    /**
     * A reference release without the pauses between the frames of a bulk transfer, to measure how fast the rest is.
     *
     * @param version 5 or 6
     * @return {@code reference-v5} or {@code reference-v6}, unpaced
     */
    public static Release unpaced(int version) {
        return version == 5 ? ReferenceV5.unpaced() : ReferenceV6.unpaced();
    }

    /**
     * The name by which it is chosen.
     *
     * @return such as {@code openbsd-7.6}
     */
    public String name() {
        return name;
    }

    /**
     * What it is.
     *
     * @return one sentence
     */
    public String description() {
        return description;
    }

    /**
     * What its frames look like.
     *
     * @return never null
     */
    public Dialect dialect() {
        return rules.dialect();
    }

    /**
     * The numbers of its system.
     *
     * @return never null
     */
    public Defaults defaults() {
        return defaults;
    }

    /**
     * In what it deviates.
     *
     * @return empty for the reference releases
     */
    public List<Quirk> quirks() {
        return quirks;
    }

    /**
     * How it behaves.
     *
     * @return what pfsync is built with
     */
    public Rules rules() {
        return rules;
    }

    @Override
    public String toString() {
        return name;
    }

    /**
     * How it tracks packets.
     *
     * @return what its packet filter is built with
     */
    public TrackingRule tracking() {
        return tracking;
    }
}
