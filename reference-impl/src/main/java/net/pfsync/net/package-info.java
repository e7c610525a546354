/**
 * IPv4, Ethernet and ARP as far as pfsync needs them, and the links that frames travel on.
 *
 * <p>Frames come in and go out through a one-page link interface; behind it is a LAN in memory or a capture of a real
 * interface. The facts come from the RFCs named at each header; nothing here knows what pfsync is, and time is an event loop that is handed in.
 */
package net.pfsync.net;
