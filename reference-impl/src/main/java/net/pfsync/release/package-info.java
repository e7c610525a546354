/**
 * Releases: a dialect, its numbers and its strategies, each in one readable place, and the quirks that make a persona.
 *
 * <p>Nothing comes in but a name; what goes out is the set of strategies that {@link net.pfsync.pf} and {@link
 * net.pfsync.sync} are built with, and neither of them knows this package. The two reference releases are the protocol
 * as intended; the personas deviate only where a recorded kernel did, and say which recording shows it.
 */
package net.pfsync.release;
