package net.pfsync.suite.baseline;

import net.pfsync.suite.verdict.Verdict;

/**
 * A requirement that is known not to be met.
 *
 * @param id the requirement
 * @param verdict what it is known to come to, FAIL, DISAGREE or UNKNOWN
 * @param reason why
 * @param source where that is known from: a recorded case, a source, or a link
 */
public record Exclusion(String id, Verdict verdict, String reason, String source) {}
