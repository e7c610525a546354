/**
 * Firewalls on a real LAN: the lab file that names them, their consoles, and the probe's place beside them.
 *
 * <p>A lab file comes in, an arena goes out. What consoles print is read as the recorded outputs and {@code TEXT-FORMATS.md} have it; what they do
 * not show is not compared, and what cannot be done to a firewall from its console is no capability of the arena.
 */
package net.pfsync.suite.target.real;
