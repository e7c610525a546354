/**
 * Judges a capture without touching anything: what can be said of frames, bulk transfers, requests and states by listening
 * alone. What comes in are packets of {@code suite.capture}; what goes out are findings with their requirement, frames and
 * remedy, the tables as far as the capture shows them, and a timeline. A rule that cannot be sure is silent.
 */
package net.pfsync.suite.lint;
