/**
 * A report is judged again: its cases are repeated with its release and its seed, and compared with what it has.
 *
 * <p>Cases ask the firewall and wait for its answers, so stored frames alone cannot be put before a case that has changed. On virtual time the same seed gives the same
 * frames, and therefore repeating is exact; of a lab on real time it is not, and its reports are refused.
 */
package net.pfsync.suite.judge;
