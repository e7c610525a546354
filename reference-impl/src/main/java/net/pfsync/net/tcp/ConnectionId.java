package net.pfsync.net.tcp;

import net.pfsync.net.IpAddress;

/** By which a host tells its connections apart. */
record ConnectionId(IpAddress local, int localPort, IpAddress remote, int remotePort) {}
