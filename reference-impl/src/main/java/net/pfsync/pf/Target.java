package net.pfsync.pf;

/**
 * What a rule translates to.
 *
 * @param address one address
 * @param ports which ports to choose from; null for the default, which is what the packet has for {@code rdr-to} and a free high one for {@code
 *     nat-to}
 * @param staticPort whether {@code nat-to} leaves the port as it is
 */
record Target(AddressRange address, PortRange ports, boolean staticPort) {

    @Override
    public String toString() {
        return address + (ports == null ? "" : ports.target()) + (staticPort ? " static-port" : "");
    }
}
