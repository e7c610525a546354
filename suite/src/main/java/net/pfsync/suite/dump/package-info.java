/**
 * What {@code dump} prints of a packet: tcpdump's text with times and link headers, or a line of JSON, and which packets it
 * prints. What comes in are packets of {@code suite.capture}; the text of a frame is {@code net.pfsync.wire.text}'s.
 */
package net.pfsync.suite.dump;
