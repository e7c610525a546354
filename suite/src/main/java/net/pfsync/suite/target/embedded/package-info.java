/**
 * The embedded arena: reference firewalls in this JVM, on virtual LANs and virtual time.
 *
 * <p>Every case gets firewalls of its own, so nothing has to be cleaned up and a seed repeats a case exactly. What the
 * firewalls show is what their system's tools would show; nothing of their inside is used.
 */
package net.pfsync.suite.target.embedded;
