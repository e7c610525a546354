/**
 * The packet filter: states and their table, rules, and the tracking of TCP, UDP, ICMP and everything else.
 *
 * <p>Packets come in as bytes that {@link net.pfsync.pf.Packet} looks at, states come in from pfsync as values of {@link
 * net.pfsync.wire}; the table is the one mutable thing and belongs to the firewall's own thread, and neither clocks nor
 * links are known here. The facts come from the numbered statements about state tracking of the specification, and where
 * a recorded kernel differs, from the recording.
 */
package net.pfsync.pf;
