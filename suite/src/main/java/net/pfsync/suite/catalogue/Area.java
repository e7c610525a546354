package net.pfsync.suite.catalogue;

/**
 * A part of the protocol, and the file of its requirements.
 *
 * @param name the middle part of its requirements' ids, in capitals
 * @param title in words
 */
public record Area(String name, String title) {}
