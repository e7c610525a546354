package net.pfsync.release;

/** Releases that nobody runs: the intended protocol with something changed. */
public final class Variants {

    private Variants() {}

    /**
     * A reference release with quirks laid on it.
     *
     * @param base its name, or {@code v5draft} for version 5 in the layout of OpenBSD 4.5
     * @param quirks in which it deviates
     */
    public static Release with(String base, Quirk... quirks) {
        return new Release(
                base + " with quirks", "a reference release with faults", defaults(base), draft(base), quirks);
    }

    private static Draft draft(String base) {
        Draft draft = base.equals("reference-v6") ? Draft.v6() : Draft.v5();
        if (base.equals("v5draft")) {
            draft.dialect = base;
        }
        return draft;
    }

    private static Release.Defaults defaults(String base) {
        return base.equals("reference-v6") ? Release.Defaults.of2025() : Release.Defaults.of2009();
    }
}
