/**
 * What a case can come to: a verdict, and the failure that carries what was expected, what was observed, and where.
 *
 * <p>Cases, lab and probe throw, the runner catches and turns every end of a case into exactly one outcome. A failure is
 * the target's, an unknown verdict is the suite's or the lab's: the two are never mixed.
 */
package net.pfsync.suite.verdict;
