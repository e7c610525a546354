package net.pfsync.pf;

/**
 * One rule of a ruleset.
 *
 * @param number its place, the first is 0; what states and pfsync carry
 * @param action what it does with packets that match
 * @param log whether it asks for a log, which nobody keeps here
 * @param quick whether no later rule is looked at
 * @param criteria which packets match
 * @param keeping whether and how it keeps state
 * @param allowOpts whether packets with IP options pass
 * @param reassembleTcp whether TCP is normalized statefully
 * @param natTo what the source is translated to, or null
 * @param rdrTo what the destination is translated to, or null
 */
record Rule(
        int number,
        Action action,
        boolean log,
        boolean quick,
        Criteria criteria,
        Keeping keeping,
        boolean allowOpts,
        boolean reassembleTcp,
        Target natTo,
        Target rdrTo) {

    /** What a rule does. */
    enum Action {
        /** Lets pass. */
        PASS,
        /** Drops. */
        BLOCK,
        /** Translates, and leaves the decision to others. */
        MATCH
    }

    /** The rule of packets that no rule is about: they pass without state. */
    static final Rule DEFAULT = new Rule(
            State.NONE,
            Action.PASS,
            false,
            false,
            new Criteria(
                    0,
                    "",
                    false,
                    0,
                    Criteria.ANY,
                    AddressRange.ANY,
                    PortRange.ANY,
                    AddressRange.ANY,
                    PortRange.ANY,
                    0,
                    0,
                    Criteria.ANY,
                    Criteria.ANY),
            Keeping.NOTHING,
            false,
            false,
            null,
            null);

    /** As {@code pfctl -s rules} prints it. */
    @Override
    public String toString() {
        return RulePrinter.print(this);
    }
}
