/**
 * What has to be right before anything is sent to the firewalls of a lab: one small class for each check, which says what it saw and what would help.
 *
 * <p>A lab file comes in, what the sync LAN carries by itself, and what the consoles print; nothing is sent and nothing is changed. What goes wrong
 * in the field, and so is looked for, is in FAILURES.md and USERS.md (issues, mailing lists, manuals of vendors).
 */
package net.pfsync.suite.preflight;
