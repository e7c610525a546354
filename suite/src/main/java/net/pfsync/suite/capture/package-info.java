/**
 * Capture files, frame by frame, and the pfsync packets in them.
 *
 * <p>What comes in are the bytes of pcap and pcapng files, which may be cut, corrupt or hostile; what goes out are frames
 * with their times, and which dialect each sender speaks. Memory does not grow with the file. Written here and not
 * borrowed, because the known library for Java (Pcap4J) reads files through libpcap, and a capture must be readable where
 * nothing native is installed. Source: draft-ietf-opsawg-pcap, draft-ietf-opsawg-pcapng, and the list of link types of
 * tcpdump.org.
 */
package net.pfsync.suite.capture;
