package net.pfsync.suite.lab;

import net.pfsync.suite.state.Endpoint;

/** How a packet is laid out once it has a tag, by which it is known again at the other end. */
interface Draft {

    /**
     * Lays the packet out.
     *
     * @param from source address and port
     * @param to destination address and port
     * @param tag 16 bits, not 0, no firewall changes them
     * @return the packet in its Ethernet frame
     */
    byte[] layOut(Endpoint from, Endpoint to, int tag);

    /** What it is, without addresses. */
    String text();
}
