/**
 * Frames, messages and states as tcpdump prints them: the thesis's for versions 3 to 5, OpenBSD's later one for version
 * 6, FreeBSD's for its dialects.
 *
 * <p>What comes in is bytes, whole or cut; what comes out is appended to a {@link java.lang.StringBuilder}, never with a
 * control character of the frame in it. Source: TEXT-FORMATS.md, the diff of print-pfsync.c in the thesis, and the
 * outputs of tcpdump recorded on OpenBSD 7.6, which are met byte for byte. Names are never looked up.
 */
package net.pfsync.wire.text;
