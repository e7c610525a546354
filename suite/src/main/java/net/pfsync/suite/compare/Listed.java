package net.pfsync.suite.compare;

import net.pfsync.suite.state.StateId;
import net.pfsync.suite.state.StatePeer;
import net.pfsync.suite.state.StateSpec;
import net.pfsync.suite.state.StateView;

/** A state as a side shows it, in little room; equal to the state of the same name on the other side. */
final class Listed {

    static final int TCP = 6;

    private final long id;
    private final int creatorId;
    private final byte proto;
    /** Interface, direction and keys. */
    private final String keys;

    private final Side src;
    private final Side dst;
    final int age;
    final int expire;

    /**
     * One of its two peers, as far as listings show it.
     *
     * @param level TCP's or pf's state
     * @param seqdiff how far sequence numbers are moved
     * @param wscale the window scale, without flags
     */
    record Side(int level, int seqlo, int seqhi, int seqdiff, int wscale) {
        private static Side of(StatePeer peer) {
            return new Side(peer.state(), peer.seqlo(), peer.seqhi(), peer.seqdiff(), peer.wscale());
        }
    }

    Listed(StateView view) {
        id = view.id().id();
        creatorId = view.id().creatorId();
        proto = (byte) view.proto();
        String direction = view.direction() == StateSpec.OUT ? " out " : " in ";
        String stack = view.stackKey().equals(view.wireKey()) ? "" : " (" + view.stackKey() + ")";
        keys = view.ifname() + direction + view.wireKey() + stack;
        src = Side.of(view.src());
        dst = Side.of(view.dst());
        age = (int) view.creation();
        expire = (int) view.expire();
    }

    int proto() {
        return proto & 0xff;
    }

    String keys() {
        return keys;
    }

    Side src() {
        return src;
    }

    Side dst() {
        return dst;
    }

    int creatorId() {
        return creatorId;
    }

    /** Its name and what it is, for people. */
    String text() {
        return new StateId(id, creatorId) + " proto " + proto() + " " + keys;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Listed listed && id == listed.id && creatorId == listed.creatorId;
    }

    @Override
    public int hashCode() {
        return Long.hashCode(id * 31 + creatorId);
    }
}
