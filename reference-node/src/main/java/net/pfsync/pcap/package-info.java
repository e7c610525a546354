/**
 * Real interfaces: frames of the kernel's network through libpcap, as a {@link net.pfsync.net.Link}.
 *
 * <p>It lives in a module of its own, with the rest of what a firewall on real wires needs libraries for, so that {@code pfsync-reference} (codec,
 * engine and the firewall in the JVM) stays usable with nothing but the JDK, and the compiler holds that. What comes in from the kernel is hostile:
 * frames are handed on as they are, and what is lost on the way is counted.
 */
package net.pfsync.pcap;
