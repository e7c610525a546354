/**
 * The packet filter's side: states and their table, TCP, UDP and ICMP tracking, timeouts and rules.
 *
 * <p>Packets come in as headers that were already parsed, states come in from pfsync as values of {@link
 * net.pfsync.wire}; the table is the one mutable thing and belongs to the firewall's own thread. The facts come from
 * the numbered statements about state tracking of the specification, and where a recorded kernel differs, from the
 * recording.
 */
package net.pfsync.pf;
