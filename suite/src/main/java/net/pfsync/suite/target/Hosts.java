package net.pfsync.suite.target;

import net.pfsync.net.host.VirtualHost;

/**
 * The two hosts between which the firewalls forward: each is on the LAN of that name with all firewalls, and alone there otherwise. Neither has a
 * route yet.
 *
 * @param inside the host on the inside LAN
 * @param outside the host on the outside LAN
 */
public record Hosts(VirtualHost inside, VirtualHost outside) {}
