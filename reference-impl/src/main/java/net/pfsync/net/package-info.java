/**
 * Ethernet, ARP, IPv4 and IPv6 with what belongs to them, as far as a firewall and the hosts of its labs need it, and the links that frames travel on.
 *
 * <p>Frames come in and go out through a one-page link interface; behind it is a LAN in memory or a capture of a real
 * interface. The facts come from the RFCs named at each class; nothing here knows what pfsync or pf is: a filter looks at the packets that pass an interface, and time is an
 * event loop that is handed in.
 */
package net.pfsync.net;
