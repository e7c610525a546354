package net.pfsync.pf;

/** Ordered rules. */
public final class Ruleset {

    /** No rule: everything passes, no state is kept. */
    public static final Ruleset EMPTY = new Ruleset();

    private static final byte[] NO_CHECKSUM = new byte[16];

    private Ruleset() {}

    /**
     * Reads a ruleset.
     *
     * @param text in the syntax of pf.conf
     * @return the rules in order
     * @throws RulesetException at the first thing that is not understood
     */
    public static Ruleset parse(String text) throws RulesetException {
        if (text.isBlank()) {
            return EMPTY;
        }
        throw new RulesetException(1, 1, "rules are not understood yet");
    }

    /**
     * How many rules there are.
     *
     * @return 0 or more
     */
    public int size() {
        return 0;
    }

    /**
     * What two equal rulesets have in common.
     *
     * @return 16 bytes; not to be changed; all zero without rules
     */
    public byte[] checksum() {
        return NO_CHECKSUM;
    }
}
