/**
 * The console of a firewall: the commands of an OpenBSD system that an administrator and a test need, and what they print.
 *
 * <p>A line comes in, text and an exit code go out; nothing here reads a terminal or a socket. Words, columns and errors are those of the tools
 * recorded on OpenBSD 7.6 ({@code fixtures/observed/openbsd-7.6/outputs}), whatever release the firewall plays, and described in
 * {@code TEXT-FORMATS.md}. A command runs on the firewall's own thread.
 */
package net.pfsync.node.console;
