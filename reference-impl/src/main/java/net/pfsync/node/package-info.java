/**
 * A firewall assembled from the other packages, with the console that its administrator would see.
 *
 * <p>Packets come in from a link, commands from the console, time from a scheduler; one firewall is one thread with
 * one event loop and no locks inside. The console's words and tables follow the recorded outputs of {@code pfctl},
 * {@code ifconfig} and {@code netstat}, described in {@code TEXT-FORMATS.md} of the specification.
 */
package net.pfsync.node;
