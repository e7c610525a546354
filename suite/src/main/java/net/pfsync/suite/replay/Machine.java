package net.pfsync.suite.replay;

import java.util.List;
import net.pfsync.net.Ipv4Address;
import net.pfsync.net.MacAddress;

/**
 * A machine that was recorded, as far as its cases do not tell: its interfaces and who is on its sync LAN. Source:
 * {@code OBSERVED.md} of each kernel, "Set-up" and "What was run".
 *
 * @param ports its interfaces, the one that is usually on the sync LAN first
 * @param neighbours who is on the sync LAN: the injector, and the addresses that cases use for other peers
 * @param rules its ruleset as far as it matters for packets of the sync LAN, in the syntax of pf.conf
 */
record Machine(List<Port> ports, List<Integer> neighbours, String rules) {

    /** Machine A of 4.5 and 4.6. */
    private static final Machine EM = new Machine(
            List.of(
                    new Port("em0", "52:54:00:05:0a:01", "10.7.0.1"),
                    new Port("em1", "52:54:00:05:0a:02", "10.7.1.11"),
                    new Port("em2", "52:54:00:05:0a:03", "10.7.2.11")),
            List.of(Ipv4Address.parse("10.7.0.9"), Ipv4Address.parse("10.7.0.2"), Ipv4Address.parse("10.7.0.77")),
            "");

    /** Machine C of 7.6. */
    private static final Machine VIO = new Machine(
            List.of(
                    new Port("vio0", "52:54:00:01:00:00", "10.0.0.1"),
                    new Port("vio1", "52:54:00:01:00:01", "10.1.0.1"),
                    new Port("vio2", "52:54:00:01:00:02", "10.2.0.1")),
            List.of(Ipv4Address.parse("10.0.0.9"), Ipv4Address.parse("10.0.0.2"), Ipv4Address.parse("10.0.0.8")),
            """
            set skip on { lo vio0 }
            pass quick inet6 proto icmp6 no state
            pass all keep state
            """);

    /**
     * One interface.
     *
     * @param name such as {@code em0}
     * @param mac its Ethernet address
     * @param ipv4 its IPv4 address, the first byte highest
     */
    record Port(String name, MacAddress mac, int ipv4) {
        Port(String name, String mac, String ipv4) {
            this(name, MacAddress.parse(mac), Ipv4Address.parse(ipv4));
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
