package net.pfsync.pf;

/**
 * A rule, and how often it was of use since it was loaded: what {@code pfctl -s rules -v} shows.
 *
 * @param rule as {@code pfctl -s rules} prints it
 * @param evaluations how often it was compared with a packet; kernels leave out rules that cannot match, and so count less
 * @param packets that it or its states decided about
 * @param bytes in these packets
 * @param states that it has now
 * @param creations how many states it has made
 */
public record RuleUse(String rule, long evaluations, long packets, long bytes, long states, long creations) {}
