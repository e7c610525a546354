/**
 * The machines of {@code vagrant/} as far as they can be tried without booting one: the Vagrantfile by Vagrant and by its Ruby tests, the
 * provisioning against doubles of OpenBSD's commands, {@code ci/vagrant-lab} against doubles of Vagrant's. What the programs write is read back
 * by the parsers of the house. Source of the commands and files: OpenBSD's manuals hostname.if(5), netstart(8), pfctl(8), carp(4), pfsync(4).
 */
@NullMarked
package net.pfsync.suite.vagrant;

import org.jspecify.annotations.NullMarked;
