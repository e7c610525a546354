package net.pfsync.suite.catalogue;

/**
 * A requirement that no case checks.
 *
 * @param id the requirement
 * @param reason why nothing checks it
 */
public record Untested(String id, String reason) {}
