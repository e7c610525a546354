package net.pfsync.net;

/** Takes packets that are for this machine. */
@FunctionalInterface
public interface PacketReceiver {

    /**
     * Takes a packet.
     *
     * @param from the interface that it came from
     * @param frame the packet in its frame, see {@link Ip}; the receiver's from here on
     * @return false if it is of no use here
     */
    boolean receive(NetworkInterface from, byte[] frame);
}
