package net.pfsync.release;

/** Version 5 as the thesis intends it, on the layout of OpenBSD 4.6, with every known defect repaired. */
final class ReferenceV5 {

    private ReferenceV5() {}

    static Release release() {
        return release(Draft.v5());
    }

    /** The same without the pauses of a bulk transfer. */
    static Release unpaced() {
        Draft draft = Draft.v5();
        draft.tickNanos = 0;
        return release(draft);
    }

    private static Release release(Draft draft) {
        return new Release(
                "reference-v5",
                "pfsync version 5 as intended, in the layout of OpenBSD 4.6",
                Release.Defaults.of2009(),
                draft);
    }
}
