package net.pfsync.machine;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import net.pfsync.net.FaultyLink.Faults;
import net.pfsync.net.IpAddress;
import net.pfsync.net.IpPrefix;
import net.pfsync.net.MacAddress;
import net.pfsync.pf.Ruleset;
import net.pfsync.release.Release;

/**
 * What a node is to be; {@link NodeFile} reads it.
 *
 * @param hostname its name
 * @param release what it runs
 * @param hostId pf's host id, not 0
 * @param rules pf's rules
 * @param rulesFile the file with them, which its console knows as {@code /etc/pf.conf}; null without one
 * @param stateLimit pf's limit "states"
 * @param forwarding whether it forwards packets
 * @param interfaces its interfaces, in order
 * @param routes gateways by network
 * @param pfsync how pfsync0 is set up; null if it is not created
 * @param door the door to its console; null if there is none
 * @param seed of its random numbers; null to take another one each time
 */
public record NodeConfig(
        String hostname,
        Release release,
        int hostId,
        Ruleset rules,
        Path rulesFile,
        int stateLimit,
        boolean forwarding,
        List<Port> interfaces,
        Map<IpPrefix, IpAddress> routes,
        PfsyncSetup pfsync,
        Door door,
        Long seed) {

    /**
     * An interface.
     *
     * @param name as the firewall calls it
     * @param device the kernel's interface behind it
     * @param addresses with the lengths of their networks
     * @param mac its Ethernet address; null for one that is made of the device's
     * @param mtu in bytes; 0 for the device's
     * @param faults what befalls its frames
     */
    public record Port(String name, String device, List<IpPrefix> addresses, MacAddress mac, int mtu, Faults faults) {}

    /**
     * pfsync0.
     *
     * @param syncdev the interface; empty for none
     * @param syncpeer the peer's IPv4 address, the first byte highest; 0 for the group
     * @param maxupd 0 to 255
     * @param defer whether first packets are held back
     * @param mtu in bytes; 0 for what the interface has
     * @param up whether it is brought up
     */
    public record PfsyncSetup(String syncdev, int syncpeer, int maxupd, boolean defer, int mtu, boolean up) {}

    /**
     * The SSH door.
     *
     * @param address where it listens
     * @param port 1 to 65535, or 0 for any free one
     * @param hostKey the file of its own key; made if it is not there
     * @param authorizedKeys the file with the keys of those who may come in
     */
    public record Door(String address, int port, Path hostKey, Path authorizedKeys) {}
}
