package net.pfsync.suite.catalogue;

/** How much a source of a requirement counts, the best first. */
public enum Rank {
    /** Recorded on a real kernel. */
    RECORDED,
    /** The text or the code of the thesis. */
    THESIS,
    /** Read in a later source. */
    LATER,
    /** A manual page. */
    MANUAL
}
