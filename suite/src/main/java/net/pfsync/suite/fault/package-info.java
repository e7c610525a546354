/**
 * Ways of being wrong, laid one at a time on a reference firewall, to show that the suite notices each of them.
 *
 * <p>A fault is made in the frames that the firewall sends or receives, in the rules that its engine asks, in what its console does or
 * shows, or it is a quirk of a real system. It names the requirements whose cases must find it.
 */
package net.pfsync.suite.fault;
