package net.pfsync.suite.scenario;

import java.util.List;
import net.pfsync.net.MacAddress;

/**
 * Where a kernel was recorded: two firewalls on the same three LANs, and a host on each of the two that are not for
 * pfsync. Source: {@code OBSERVED.md} of each kernel, and the captures.
 *
 * @param ports the interfaces of each firewall, the sync interface first
 * @param addresses per firewall and interface
 * @param macs per firewall, the Ethernet address of its first interface; the others follow
 * @param client the host behind the second interface
 * @param server the host behind the third interface
 * @param injector who speaks on the sync LAN besides the firewalls
 */
record Site(
        List<String> ports,
        List<List<List<String>>> addresses,
        List<String> macs,
        Station client,
        Station server,
        String injector) {

    /** Machines A and B of 4.5 and 4.6. */
    static final Site EM = new Site(
            List.of("em0", "em1", "em2"),
            List.of(
                    List.of(List.of("10.7.0.1/24"), List.of("10.7.1.11/24"), List.of("10.7.2.11/24")),
                    List.of(List.of("10.7.0.2/24"), List.of("10.7.1.12/24"), List.of("10.7.2.12/24"))),
            List.of("52:54:00:05:0a:01", "52:54:00:05:0b:01"),
            new Station("c6:48:30:ec:80:cc", List.of("10.7.1.2/24")),
            new Station("72:b9:26:0d:09:cf", List.of("10.7.2.2/24")),
            "10.7.0.9");

    /** Machines A and B of 7.6. */
    static final Site VIO = new Site(
            List.of("vio0", "vio1", "vio2"),
            List.of(
                    List.of(
                            List.of("10.0.0.1/24"),
                            List.of("10.1.0.1/24", "fd00:1::1/64"),
                            List.of("10.2.0.1/24", "fd00:2::1/64")),
                    List.of(
                            List.of("10.0.0.2/24"),
                            List.of("10.1.0.2/24", "fd00:1::2/64"),
                            List.of("10.2.0.2/24", "fd00:2::2/64"))),
            List.of("52:54:00:01:00:00", "52:54:00:02:00:00"),
            new Station("02:00:00:00:01:10", List.of("10.1.0.10/24", "fd00:1::10/64")),
            new Station("02:00:00:00:02:10", List.of("10.2.0.10/24", "fd00:2::10/64")),
            "10.0.0.9");

    /** A host by its addresses. */
    record Station(MacAddress mac, List<String> addresses) {
        Station(String mac, List<String> addresses) {
            this(MacAddress.parse(mac), addresses);
        }
    }

    /** The Ethernet address of an interface. */
    MacAddress mac(int firewall, int port) {
        return new MacAddress(MacAddress.parse(macs.get(firewall)).value() + port);
    }
}
