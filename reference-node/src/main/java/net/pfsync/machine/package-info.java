/**
 * A reference firewall as a program of its own: its configuration file, its interfaces, its console behind an SSH door.
 *
 * <p>A file comes in; from then on frames of real interfaces and lines of administrators. The firewall has one thread, which no other touches: the
 * door hands it commands and waits for their answers, captures hand it frames. Files and wires are hostile; what administrators may do is
 * decided by their keys alone.
 */
package net.pfsync.machine;
