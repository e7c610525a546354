package net.pfsync.suite.catalogue;

/**
 * A release that is known not to meet a requirement.
 *
 * @param release its name
 * @param how what it does instead
 * @param seen where that was seen
 */
public record Deviation(String release, String how, String seen) {}
