/**
 * The experiments of the thesis on virtual time: hosts send each other files through one firewall and through two, and what it cost is written down.
 *
 * <p>How the firewalls stand, how much is sent and how fast come in; a table comes out. Everything that is random has a seed. Source: thesis,
 * "Functional Results".
 */
package net.pfsync.suite.experiment;
