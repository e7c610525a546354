/**
 * The interface of another machine, through a pair of streams such as an SSH channel has: {@link net.pfsync.relay.RelayLink} here, {@link
 * net.pfsync.relay.Relay} there.
 *
 * <p>Both sides take the other for hostile: what comes in is bounded in length and number, and anything that is not a message ends the connection.
 * Frames that find no room are counted and never wait in memory.
 *
 * <pre>
 *   greeting      the line "PFSYNC-RELAY 1", from the relay; up to 4096 bytes before it are somebody's banner and skipped
 *   message       length of what follows, 4 bytes in network order, 1 to 65600 | type | content
 *     'F'         a frame, both ways
 *     'S'         the relay's state: up, 1 byte | Ethernet address, 6 | MTU, 4 | seven counters of {@link net.pfsync.pcap.LinkStatistics}, 8 each
 *     'E'         why the relay cannot work, UTF-8; the last message
 * </pre>
 */
package net.pfsync.relay;
