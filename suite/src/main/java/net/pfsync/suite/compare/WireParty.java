package net.pfsync.suite.compare;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import net.pfsync.suite.capture.SyncPacket;
import net.pfsync.suite.state.StateId;
import net.pfsync.suite.state.StatePeer;
import net.pfsync.suite.state.StateView;
import net.pfsync.suite.state.WireView;
import net.pfsync.suite.target.real.StateListing;
import net.pfsync.wire.Clear;
import net.pfsync.wire.Delete;
import net.pfsync.wire.DeleteCompressed;
import net.pfsync.wire.Dialect;
import net.pfsync.wire.FrameDecoder;
import net.pfsync.wire.Identified;
import net.pfsync.wire.Message;
import net.pfsync.wire.StateMessage;
import net.pfsync.wire.UpdateCompressed;
import net.pfsync.wire.WirePeer;

/**
 * The states that whoever listens on the wire knows: those that were told whole. One of which only an update was heard has no keys and is left out,
 * and what was made before listening began and never told of cannot be known.
 */
public final class WireParty implements Party {

    private static final int MOST = 1_000_000;
    private static final long NANOS = 1_000_000_000L;

    private final String name;
    private final Map<StateId, Told> states = new HashMap<>();
    private long first = Long.MIN_VALUE;
    private long last;
    private long packets;

    private record Told(StateView view, long nanos, long expireAt) {}

    /** Nothing was heard yet. */
    public WireParty(String name) {
        this.name = name;
    }

    /**
     * A packet was heard.
     *
     * @param dialect of its sender; null if its version is none that is known
     */
    public void packet(SyncPacket packet, Dialect dialect) {
        packets++;
        last = Math.max(last, packet.frame().nanos());
        first = first == Long.MIN_VALUE ? last : first;
        if (dialect == null || !packet.whole()) {
            return;
        }
        for (Message message : FrameDecoder.decode(dialect, packet.wrapped()).messages()) {
            take(message);
        }
    }

    private void take(Message message) {
        switch (message) {
            case Delete delete -> states.remove(new StateId(delete.id(), delete.creatorId()));
            case StateMessage state -> whole(WireView.of(state));
            case UpdateCompressed update -> changed(update);
            case DeleteCompressed delete -> states.remove(name(delete));
            case Clear clear ->
                states.values()
                        .removeIf(told -> told.view().id().creatorId() == clear.creatorId()
                                && (clear.ifname().isEmpty()
                                        || clear.ifname().equals(told.view().ifname())));
            default -> {}
        }
    }

    private static StateId name(Identified message) {
        return new StateId(message.id(), message.creatorId());
    }

    private void whole(StateView view) {
        if (states.size() < MOST || states.containsKey(view.id())) {
            states.put(view.id(), new Told(view, last, last + view.expire() * NANOS));
        }
    }

    private void changed(UpdateCompressed update) {
        StateId id = new StateId(update.id(), update.creatorId());
        Told told = states.get(id);
        if (told != null) {
            StateView before = told.view();
            StateView now = new StateView(
                    id,
                    before.ifname(),
                    before.proto(),
                    before.direction(),
                    before.wireKey(),
                    before.stackKey(),
                    merged(before.src(), update.src()),
                    merged(before.dst(), update.dst()),
                    before.timeout(),
                    before.creation() + (last - told.nanos()) / NANOS,
                    before.expire(),
                    before.rule(),
                    before.flags());
            states.put(id, new Told(now, last, Math.max(told.expireAt(), last + before.expire() * NANOS)));
        }
    }

    /** Never back: a stale update is not taken by firewalls either. */
    private static StatePeer merged(StatePeer before, WirePeer told) {
        boolean older =
                told.state() < before.state() || (told.state() == before.state() && told.seqlo() - before.seqlo() < 0);
        return older
                ? before
                : before.withState(told.state()).withSeqlo(told.seqlo()).withSeqhi(told.seqhi());
    }

    /** How many were heard. */
    public long packets() {
        return packets;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public long listened() {
        return first == Long.MIN_VALUE ? 0 : (last - first) / NANOS;
    }

    @Override
    public void states(Consumer<StateView> taker) {
        states.values().forEach(told -> taker.accept(aged(told)));
    }

    private StateView aged(Told told) {
        StateView view = told.view();
        return StateListing.shown(new StateView(
                view.id(),
                view.ifname(),
                view.proto(),
                view.direction(),
                view.wireKey(),
                view.stackKey(),
                view.src(),
                view.dst(),
                view.timeout(),
                view.creation() + (last - told.nanos()) / NANOS,
                Math.max(0, (told.expireAt() - last) / NANOS),
                view.rule(),
                view.flags()));
    }
}
