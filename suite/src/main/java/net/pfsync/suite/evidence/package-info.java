/**
 * What a case leaves behind: the exchange as a capture and as a ladder, tables before and after, counters, console
 * log, seed.
 *
 * <p>Frames and snapshots come in while a case runs, files come out when it ends, also when it failed or was
 * interrupted. The capture is an ordinary pcap file, so that the evidence can be judged without this suite.
 */
package net.pfsync.suite.evidence;
