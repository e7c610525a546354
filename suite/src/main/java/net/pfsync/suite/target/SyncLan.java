package net.pfsync.suite.target;

import java.util.List;

/** The LAN that the firewalls synchronise over, and the probe's place on it. */
public interface SyncLan {

    /** The probe's address, IPv4 as text. */
    String probeAddress();

    /**
     * Puts a packet on the wire, to the group's Ethernet address if the destination is multicast, else to the target's.
     *
     * @param packet from the first byte of the IP header on; any bytes
     */
    void send(byte[] packet);

    /**
     * Puts a packet on the wire that no other firewall shall answer, where that can be had.
     *
     * @param packet from the first byte of the IP header on
     */
    default void sendToTarget(byte[] packet) {
        send(packet);
    }

    /**
     * Puts a packet on the other network of the firewall under test, to its Ethernet address there.
     *
     * @param packet from the first byte of the IP header on; any bytes
     */
    void sendElsewhere(byte[] packet);

    /** Every frame of the LAN so far, in order; grows while time passes. */
    List<Captured> frames();

    /**
     * Takes a firewall's cable out.
     *
     * @param firewall {@code a} or {@code b}
     */
    void cut(String firewall);

    /**
     * Puts a firewall's cable back.
     *
     * @param firewall {@code a} or {@code b}
     */
    void heal(String firewall);
}
