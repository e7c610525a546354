/**
 * The conformance cases, one class per subject, one method per requirement.
 *
 * <p>A case gets a lab and speaks only to it, to the probe and to the catalogue, so that the same case runs against a
 * firewall in memory and against one in a rack. It sends, expects, and asks both observers, the wire and the console;
 * every negative case has a positive control, and the sentence that it checks stands in the catalogue with its source.
 */
package net.pfsync.suite.cases;
