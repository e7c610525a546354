package net.pfsync.suite.catalogue;

/**
 * Who says so.
 *
 * @param rank how much it counts
 * @param ref where, for example {@code openbsd-7.6 s6-upd-known-seq-forward} or {@code BEHAVIOUR 9.4}
 */
public record Source(Rank rank, String ref) {}
