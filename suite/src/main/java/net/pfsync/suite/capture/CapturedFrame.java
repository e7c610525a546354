package net.pfsync.suite.capture;

/**
 * One frame of a capture.
 *
 * @param number 1 for the first of the file
 * @param nanos when, since 1970
 * @param link what its first bytes are
 * @param bytes as many as were captured
 * @param length how many there were on the wire
 */
@SuppressWarnings("ArrayRecordComponent") // a window, never compared
public record CapturedFrame(long number, long nanos, LinkType link, byte[] bytes, int length) {}
