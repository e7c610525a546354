package net.pfsync.release;

/** Releases that nobody runs: the intended protocol with something changed. */
public final class Variants {

    private Variants() {}

    /** The reference release of a version, with quirks laid on it. */
    public static Release with(String reference, Quirk... quirks) {
        return new Release(
                reference + " with quirks",
                "a reference release with faults",
                defaults(reference),
                draft(reference),
                quirks);
    }

    /** The reference release of a version, whose bulk transfers do not pause between frames. */
    public static Release unpaced(String reference) {
        Draft draft = draft(reference);
        draft.paceNanos = 0;
        draft.tickNanos = 0;
        return new Release(reference + " unpaced", "a reference release in a hurry", defaults(reference), draft);
    }

    private static Draft draft(String reference) {
        return reference.equals("reference-v5") ? Draft.v5() : Draft.v6();
    }

    private static Release.Defaults defaults(String reference) {
        return Release.of(reference).defaults();
    }
}
