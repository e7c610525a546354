package net.pfsync.release;

/** Version 6 as OpenBSD intends it since 7.4, with every known defect repaired. */
final class ReferenceV6 {

    private ReferenceV6() {}

    static Release release() {
        return release(Draft.v6());
    }

    /** The same without the pauses of a bulk transfer. */
    static Release unpaced() {
        Draft draft = Draft.v6();
        draft.paceNanos = 0;
        return release(draft);
    }

    private static Release release(Draft draft) {
        return new Release(
                "reference-v6",
                "pfsync version 6 as intended, in the layout of OpenBSD 7.4 and later",
                Release.Defaults.of2025(),
                draft);
    }
}
