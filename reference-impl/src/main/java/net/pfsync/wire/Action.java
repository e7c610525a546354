package net.pfsync.wire;

/**
 * An action number of a dialect.
 *
 * @param number 0 to 255
 * @param text tcpdump's name, {@code ?} if the number is not assigned
 * @param kind what its messages are; null if the number has no message in this dialect
 * @param layout how they are laid out; null if {@code kind} is
 */
public record Action(int number, String text, Kind kind, Layout layout) {}
