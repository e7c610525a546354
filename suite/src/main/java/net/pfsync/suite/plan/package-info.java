/**
 * What a run would send and type, said before anything is touched.
 *
 * <p>Nobody writes that list: the cases are run against firewalls in memory by the adapters and the steps of the real lab, and what leaves the probe
 * and what is typed is counted by requirement.
 */
package net.pfsync.suite.plan;
