package net.pfsync.suite.catalogue;

/** How strongly a requirement demands. */
public enum Level {
    /** The protocol does not work without it. */
    MUST,
    /** There may be a reason to do otherwise. */
    SHOULD,
    /** A choice; the case checks that what is chosen is done right. */
    MAY
}
