package net.pfsync.net.host;

import net.pfsync.net.IpAddress;

/**
 * An answer to a ping.
 *
 * @param source who answered
 * @param id the identifier of the request
 * @param sequence its sequence number
 * @param body what came back
 */
@SuppressWarnings("ArrayRecordComponent") // nobody compares replies
public record EchoReply(IpAddress source, int id, int sequence, byte[] body) {}
