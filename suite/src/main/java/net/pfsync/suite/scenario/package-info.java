/**
 * Recorded scenarios, played again: what went over the LANs of real firewalls for seconds or minutes is driven through
 * ours on virtual time, and the pfsync frames of both are laid side by side.
 *
 * <p>Captures come in ({@code fixtures/observed}, described by the README of each folder); a table in Markdown comes
 * out. Traffic is what the recorded hosts sent at the times at which they sent it, where it was captured, and otherwise
 * what the notes to the capture and the states in it say.
 */
package net.pfsync.suite.scenario;
