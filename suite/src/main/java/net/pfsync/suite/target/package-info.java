/**
 * Adapters that make a real or embedded firewall look like a target of the lab.
 *
 * <p>Each adapter implements the lab's interfaces for one kind of firewall: embedded, reached through a console, seen
 * on the wire only, or operated by a person. No case knows an adapter; what a kind of firewall can show is asked
 * through the lab, and the commands and output formats come from {@code TEXT-FORMATS.md} and the recorded outputs.
 */
package net.pfsync.suite.target;
