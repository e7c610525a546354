package net.pfsync.suite.replay;

import java.util.List;
import net.pfsync.net.IpPrefix;
import net.pfsync.net.Ipv4Address;
import net.pfsync.net.MacAddress;

/**
 * A machine that was recorded, as far as its cases do not tell: its interfaces and who is on its LANs. Source: {@code
 * OBSERVED.md} of each kernel, "Set-up" and "What was run".
 *
 * @param ports its interfaces, the one that is usually on the sync LAN first
 * @param neighbours who is on the sync LAN: the injector, and the addresses that cases use for other peers
 * @param peer the sync interface of the second machine, where there was one
 * @param hosts who is on the other LANs
 */
record Machine(List<Port> ports, List<Integer> neighbours, Port peer, List<Host> hosts) {

    /** Machine A of 4.5 and 4.6, and B as far as cases have it; client and server answer like any host. */
    private static final Machine EM = new Machine(
            List.of(
                    new Port("em0", "52:54:00:05:0a:01", "10.7.0.1/24"),
                    new Port("em1", "52:54:00:05:0a:02", "10.7.1.11/24"),
                    new Port("em2", "52:54:00:05:0a:03", "10.7.2.11/24")),
            List.of(Ipv4Address.parse("10.7.0.9"), Ipv4Address.parse("10.7.0.2"), Ipv4Address.parse("10.7.0.77")),
            new Port("em0", "52:54:00:05:0b:01", "10.7.0.2/24"),
            List.of(new Host("client", "em1", false, "10.7.1.2/24"), new Host("server", "em2", false, "10.7.2.2/24")));

    /** Machine C of 7.6; its client and server were only there to be found. */
    private static final Machine VIO = new Machine(
            List.of(
                    new Port("vio0", "52:54:00:01:00:00", "10.0.0.1/24"),
                    new Port("vio1", "52:54:00:01:00:01", "10.1.0.1/24", "fd00:1::1/64"),
                    new Port("vio2", "52:54:00:01:00:02", "10.2.0.1/24", "fd00:2::1/64")),
            List.of(Ipv4Address.parse("10.0.0.9"), Ipv4Address.parse("10.0.0.2"), Ipv4Address.parse("10.0.0.8")),
            new Port("vio0", "52:54:00:02:00:00", "10.0.0.2/24"),
            List.of(
                    new Host("client", "vio1", true, "10.1.0.77/24", "fd00:1::77/64"),
                    new Host("server", "vio2", true, "10.2.0.77/24", "fd00:2::77/64")));

    /**
     * One interface.
     *
     * @param name such as {@code em0}
     * @param mac its Ethernet address
     * @param addresses such as {@code 192.0.2.1/24}, the first one of IPv4
     */
    record Port(String name, MacAddress mac, List<String> addresses) {
        Port(String name, String mac, String... addresses) {
            this(name, MacAddress.parse(mac), List.of(addresses));
        }

        /** Its address for pfsync, the first byte highest. */
        int ipv4() {
            return IpPrefix.parse(addresses.getFirst()).address().ipv4();
        }
    }

    /**
     * A host.
     *
     * @param name unique on the machine's LANs
     * @param port the machine's interface on its LAN
     * @param silent whether it answers nothing but who it is
     * @param addresses such as {@code 192.0.2.2/24}
     */
    record Host(String name, String port, boolean silent, List<String> addresses) {
        Host(String name, String port, boolean silent, String... addresses) {
            this(name, port, silent, List.of(addresses));
        }
    }

    /** The machine of a case: 7.6 ran on one with vio interfaces, the others on one with em. */
    static Machine of(RecordedCase recorded) {
        String syncdev = recorded.configuration().syncdev().orElse("");
        return syncdev.startsWith("vio") || recorded.kernel().equals("OpenBSD 7.6") ? VIO : EM;
    }

    /** The interface on the sync LAN: the one that the case names, else the first. */
    String syncPort(Configuration configuration) {
        return configuration
                .syncdev()
                .filter(name -> ports.stream().anyMatch(port -> port.name().equals(name)))
                .orElse(ports.getFirst().name());
    }
}
