/**
 * The lab: the firewalls under test, the LANs between them, and the probe, as a case sees them.
 *
 * <p>What may come in is a lab file or the name of the embedded arena; what goes out is a {@code Lab} that a case can
 * ask for a probe, a target and fresh names of states. The keys of a lab file are documented beside the examples in
 * {@code fixtures/labs}, and every problem in it is reported with its line and column.
 */
package net.pfsync.suite.lab;
