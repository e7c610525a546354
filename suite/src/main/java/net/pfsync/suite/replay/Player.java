package net.pfsync.suite.replay;

/** Something that can be put into the situation of a case. */
@FunctionalInterface
interface Player {

    /**
     * Plays one case from an empty machine.
     *
     * @param recorded what to do
     * @return what it did; a mistake of its own is a mishap of the outcome, not an exception
     */
    Outcome play(RecordedCase recorded);
}
