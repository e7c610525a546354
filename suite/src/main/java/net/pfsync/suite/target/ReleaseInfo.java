package net.pfsync.suite.target;

import net.pfsync.wire.Dialect;

/**
 * What a target is, or should be.
 *
 * @param name the release's name, for example {@code openbsd-7.6}
 * @param dialect the wire layout that it speaks
 * @param description one sentence
 */
public record ReleaseInfo(String name, Dialect dialect, String description) {}
