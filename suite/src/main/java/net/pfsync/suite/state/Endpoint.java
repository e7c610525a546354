package net.pfsync.suite.state;

/**
 * An address and a port.
 *
 * @param address IPv4 or IPv6 in text form
 * @param port 0 to 65535; for ICMP the query id on the initiator's side and the query type on the other
 */
public record Endpoint(String address, int port) {

    /** {@code 192.0.2.1:80}, {@code [2001:db8::1]:80}. */
    @Override
    public String toString() {
        return address.indexOf(':') < 0 ? address + ":" + port : "[" + address + "]:" + port;
    }
}
