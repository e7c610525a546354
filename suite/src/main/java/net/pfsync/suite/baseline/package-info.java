/**
 * What is known to be wrong with a release, and what a run has to say that is new.
 *
 * <p>A file of exclusions, each with its reason and where that is known from, and the verdicts of a run come in. What comes out are the changes: failures
 * that nobody expects, and passes that nobody expects.
 */
package net.pfsync.suite.baseline;
