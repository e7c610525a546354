package net.pfsync.suite.state;

import java.net.InetAddress;
import java.net.UnknownHostException;

/**
 * An address and a port.
 *
 * @param address IPv4 or IPv6 in text form
 * @param port 0 to 65535; for ICMP the query id on the initiator's side and the query type on the other
 */
public record Endpoint(String address, int port) {

    /** IPv6 addresses are kept in one form, so that equal addresses are equal texts. */
    public Endpoint {
        if (address.indexOf(':') >= 0) {
            address = canonical(address);
        }
    }

    private static String canonical(String inet6) {
        try {
            return InetAddress.getByName(inet6).getHostAddress();
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException("not an address: " + inet6, e);
        }
    }

    /** {@code 192.0.2.1:80}, {@code [2001:db8::1]:80}. */
    @Override
    public String toString() {
        return address.indexOf(':') < 0 ? address + ":" + port : "[" + address + "]:" + port;
    }
}
