package net.pfsync.suite.state;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import net.pfsync.wire.StateMessage;
import net.pfsync.wire.WirePeer;

/** A state as a full message on the wire shows it. */
public final class WireView {

    private static final int AF_INET = 2;

    private WireView() {}

    /**
     * Reads a state from a message.
     *
     * @param message INS, UPD or DEL
     * @return the state in it
     */
    public static StateView of(StateMessage message) {
        return new StateView(
                new StateId(message.id(), message.creatorId()),
                message.ifname(),
                message.proto(),
                message.direction(),
                key(message, StateMessage.WIRE),
                key(message, StateMessage.STACK),
                peer(message.src()),
                peer(message.dst()),
                message.timeout(),
                message.creation(),
                message.expire(),
                message.rule(),
                message.stateFlags());
    }

    private static StateKey key(StateMessage message, int key) {
        return new StateKey(endpoint(message, key, 0), endpoint(message, key, 1));
    }

    private static Endpoint endpoint(StateMessage message, int key, int side) {
        byte[] bytes = ByteBuffer.allocate(2 * Long.BYTES)
                .putLong(message.addrHi(key, side))
                .putLong(message.addrLo(key, side))
                .array();
        return new Endpoint(text(message.af() == AF_INET ? Arrays.copyOf(bytes, 4) : bytes), message.port(key, side));
    }

    private static String text(byte[] address) {
        try {
            return InetAddress.getByAddress(address).getHostAddress();
        } catch (UnknownHostException e) {
            throw new IllegalStateException("an address of " + address.length + " bytes", e);
        }
    }

    private static StatePeer peer(WirePeer peer) {
        Scrub scrub = peer.scrubbed() ? Scrub.of(peer.pfssFlags(), peer.pfssTtl(), peer.pfssTsMod()) : Scrub.NONE;
        return new StatePeer(
                peer.state(),
                peer.seqlo(),
                peer.seqhi(),
                peer.seqdiff(),
                peer.maxWin(),
                peer.mss(),
                peer.wscale(),
                scrub);
    }
}
