package net.pfsync.wire;

/**
 * What a receiver finds wrong with a frame.
 *
 * @param counter what it counts; null if it counts nothing. From a {@link SectionCursor} null means that a real
 *     receiver of the dialect reads beyond the packet and stops; from a {@link FrameDecoder} it may also mean that the
 *     packet never reaches pfsync
 * @param offset where, in bytes from the first byte of the IP packet
 * @param text what, in words
 */
public record Problem(Counter counter, int offset, String text) {}
