package net.pfsync.pf;

/** Rewriting the segments of a connection whose ends see other sequence numbers than the other end uses. */
final class Modulation {

    private static final int BLOCK = 8;

    private Modulation() {}

    /**
     * Puts in the sequence number that the receiver knows, and the acknowledgements that it understands.
     *
     * @param ack the acknowledgement number in the receiver's own sequence space
     */
    static void rewrite(Packet packet, Peer sender, Peer receiver, int ack) {
        packet.setSeq(packet.seq() + sender.seqdiff);
        packet.setAck(ack);
        TcpOptions options = packet.options();
        for (int block = 0; block < options.sackBlocks() && receiver.seqdiff != 0; block++) {
            int at = options.sackAt() + block * BLOCK;
            packet.put32(at, packet.option32(at) - receiver.seqdiff);
            packet.put32(at + 4, packet.option32(at + 4) - receiver.seqdiff);
        }
    }
}
