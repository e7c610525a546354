/**
 * The probe: a station on the sync LAN that sends crafted frames, expects answers, and reads states back over the
 * wire.
 *
 * <p>Frames come from a model in which every field can be wrong on purpose; expectations are messages of {@link
 * net.pfsync.wire} with deadlines that follow the lab's time factor. That a frame was ignored is proven by a sentinel,
 * an update request for a known state and its answer, never by waiting.
 */
package net.pfsync.suite.probe;
