/**
 * The states that a case speaks about: their names, how to describe one that is sent, and how one looks that was seen.
 *
 * <p>A description comes from a case, a view from a console or from a full update on the wire; both are immutable. Fields
 * carry pf's names and the values of {@code spec/WIRE.md} sections 5 to 8.
 */
package net.pfsync.suite.state;
