/**
 * What passes a sync LAN at this moment, on one page of a terminal: who is there, how much of what is said, and what {@code lint} finds.
 *
 * <p>Packets of {@code suite.capture} come in, lines of text go out; who draws them, and when, is the command's business.
 */
package net.pfsync.suite.watch;
