package net.pfsync.suite.compare;

/**
 * A state on which two sides disagree.
 *
 * @param kind in what
 * @param state its name, protocol, interface and keys
 * @param a what the one side has, empty if nothing
 * @param b what the other side has
 */
public record Difference(Kind kind, String state, String a, String b) {

    /** In what two sides may disagree. */
    public enum Kind {
        /** The state is known to a alone. */
        ONLY_ON_A("only on a", "lost when a fails: was it told? look at the counters of b"),
        /** The state is known to b alone. */
        ONLY_ON_B("only on b", "lost when b fails: was it told? look at the counters of a"),
        /** Both know the connection, under different names. */
        OTHER_NAME("of another name", "each made a state of its own, and cannot update the other's"),
        /** Interface, direction, protocol, addresses or ports. */
        KEYS("with other keys", "packets that match the one do not match the other"),
        /** State of a side: ESTABLISHED, MULTIPLE … */
        LEVEL("in another state", "one side missed the end or the beginning of the connection"),
        /** Sequence numbers further apart than pf tolerates. */
        SEQUENCE("with other sequence numbers", "packets would be dropped after a failover"),
        /** Modulation or window scale. */
        SCALE("with other modulation or scale", "packets would be dropped after a failover"),
        /** How old it is. */
        AGE("of another age", "the one side made it anew"),
        /** How long it lives. */
        EXPIRY("with another lifetime", "an idle connection ends sooner on one side");

        private final String text;
        private final String meaning;

        Kind(String text, String meaning) {
            this.text = text;
            this.meaning = meaning;
        }

        /** Behind "N states". */
        public String text() {
            return text;
        }

        /** What it means for connections. */
        public String meaning() {
            return meaning;
        }
    }
}
