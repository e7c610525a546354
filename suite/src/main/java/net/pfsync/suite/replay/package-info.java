/**
 * Recorded kernel cases, played again: a release is put into the situation of a case, gets the same bytes at the same
 * times, and what it did is compared with what the kernel did.
 *
 * <p>Files of recorded cases come in (one JSON object per line, described in {@code fixtures/observed/README.md}); what
 * differs comes out, case by case. A file may come from anywhere: whatever is wrong with it is one line with file, line
 * number and reason. Nothing is left out of a comparison but what the case itself names as nondeterministic.
 */
package net.pfsync.suite.replay;
