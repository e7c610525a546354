/**
 * What makes a method a case: the annotation that names its requirement, and the JUnit extension behind it.
 *
 * <p>For each case the extension decides whether it applies, sets up a fresh lab, checks after the body what must hold after
 * every case, and turns the end into one verdict. The catalogue and the arena come in from the run.
 */
package net.pfsync.suite.requirement;
