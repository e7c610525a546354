package net.pfsync.net.host;

import net.pfsync.net.IpAddress;

/**
 * A UDP datagram as its receiver sees it.
 *
 * @param source from whom
 * @param sourcePort from which port
 * @param destination to which of the receiver's addresses
 * @param destinationPort to which port
 * @param payload what it says
 */
@SuppressWarnings("ArrayRecordComponent") // nobody compares datagrams
public record Datagram(IpAddress source, int sourcePort, IpAddress destination, int destinationPort, byte[] payload) {}
