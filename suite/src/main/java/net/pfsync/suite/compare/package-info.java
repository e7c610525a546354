/**
 * Two firewalls side by side, without touching either: their state tables, and what their consoles tell of them.
 *
 * <p>Listings come in, from consoles, files or the wire, a state at a time; what differs beyond the {@link
 * net.pfsync.suite.compare.Tolerance} goes out. Only states that the other side has not shown yet are kept, and those in a
 * compact form, so that tables of a million states need no more memory than one of them.
 */
package net.pfsync.suite.compare;
