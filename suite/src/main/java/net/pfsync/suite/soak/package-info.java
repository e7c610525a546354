/**
 * A week in the life of two firewalls, on virtual time: mixed traffic, failures, and quiet moments at which both must know the same.
 *
 * <p>A seed and a duration come in; a line for each hour and the differences that were found come out. What may differ at a quiet moment, and why,
 * is said in {@link net.pfsync.suite.soak.Comparison}.
 */
package net.pfsync.suite.soak;
