/**
 * Bytes to messages and back, for every dialect of pfsync, and the tree of a frame that becomes JSON.
 *
 * <p>What comes in is bytes or message records; decoding is total, so any bytes give either messages or a named
 * problem with its offset, and encoding what was decoded gives the same bytes. The layouts are the tables of {@code
 * fixtures/layouts.json}, whose facts are in {@code WIRE.md} of the specification; this package needs nothing but the
 * JDK and can be used alone.
 */
package net.pfsync.wire;
