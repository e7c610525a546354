package net.pfsync.net;

/**
 * Looks at every IP packet that passes an interface of a stack: at what comes in before anybody else looks at it, and at what goes out, also the
 * stack's own packets, after its route is known. ARP is not shown to it.
 */
@FunctionalInterface
public interface Filter {

    /** Lets everything pass. */
    Filter NONE = (direction, ifname, frame) -> true;

    /**
     * Looks at one packet.
     *
     * @param direction which way it goes
     * @param ifname the interface that it came from or goes to
     * @param frame an Ethernet frame whose packet starts at {@link Ethernet#HEADER}; its IP header is sound and says how long the packet is. It
     *     belongs to the stack, and the packet may be changed in place
     * @return false if the packet goes no further: it was dropped, or the filter keeps the frame and will hand it back later
     */
    boolean pass(Direction direction, String ifname, byte[] frame);
}
