/**
 * Runs cases: finds them, selects, starts them one after the other, and collects how they ended.
 *
 * <p>JUnit's platform is a library here: the cases are in this product, not in a build. A run that is interrupted stops before
 * the next case and keeps what it has.
 */
package net.pfsync.suite.run;
