/**
 * The catalogue of requirements: what is demanded of whom, who says so, and who is known to do otherwise.
 *
 * <p>The YAML files of {@code requirements/} come in, each entry one sentence with a permanent id, its level, the
 * dialects it applies to, its source and the releases known to deviate. A requirement says what the protocol intends:
 * it is drawn from the specification, and a release that does otherwise is a recorded deviation, never a weaker
 * requirement.
 */
package net.pfsync.suite.catalogue;
