package net.pfsync.suite.preflight;

/** One thing that has to be right before anything is sent. */
interface Check {

    /** What it is about, a word that {@code --accept} takes. */
    String name();

    /**
     * Looks.
     *
     * @param site the lab as far as it can be seen without sending
     * @return what came of it
     */
    Finding look(Site site);
}
