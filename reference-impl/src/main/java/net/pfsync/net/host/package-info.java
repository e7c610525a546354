/**
 * Stations for labs: small hosts with addresses, routes, echo, UDP, TCP and a log of their packets.
 *
 * <p>They live on the same event loop as the firewalls between them and are as honest as real hosts: they ask for their neighbours, answer for closed
 * ports, and may send any bytes that they are told to. The facts come from the RFCs named at each class.
 */
package net.pfsync.net.host;
