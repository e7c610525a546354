/**
 * Verdicts become reports: the terminal's lines, Allure with its HTML, JUnit XML, {@code conformance.json} and a
 * summary of one page.
 *
 * <p>Verdicts with their evidence come in, in the order in which cases end; an interrupted run still leaves the report
 * of what it had. The formats are those of the tools that read them, and the names in {@code conformance.json} are
 * part of this suite's interface.
 */
package net.pfsync.suite.report;
