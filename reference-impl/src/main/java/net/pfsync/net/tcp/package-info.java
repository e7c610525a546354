/**
 * TCP for the hosts of labs: enough to carry megabytes through firewalls as real hosts do, and to suffer as they do when firewalls fail.
 *
 * <p>Handshake, window scaling, cumulative acknowledgement of every segment, retransmission by timer and by duplicate acknowledgements, congestion
 * control, orderly and abortive close; no selective acknowledgement, urgent data or timestamps. Sources: RFC 9293, RFC 7323, RFC 6298, RFC 5681, RFC
 * 6582, RFC 5961. Everything runs on the event loop's thread.
 */
package net.pfsync.net.tcp;
