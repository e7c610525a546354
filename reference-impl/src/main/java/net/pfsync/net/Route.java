package net.pfsync.net;

/**
 * Where packets to a network go.
 *
 * @param network the network
 * @param via the interface
 * @param gateway the neighbour who takes them further; null if every destination is a neighbour itself
 */
public record Route(IpPrefix network, NetworkInterface via, IpAddress gateway) {

    long nextHi(long destinationHi) {
        return gateway == null ? destinationHi : gateway.hi();
    }

    long nextLo(long destinationLo) {
        return gateway == null ? destinationLo : gateway.lo();
    }
}
