package net.pfsync.suite.target.embedded;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.util.Optional;
import net.pfsync.node.Firewall;
import net.pfsync.pf.Peer;
import net.pfsync.pf.State;
import net.pfsync.suite.state.Endpoint;
import net.pfsync.suite.state.Scrub;
import net.pfsync.suite.state.SecurityAssociation;
import net.pfsync.suite.state.StateId;
import net.pfsync.suite.state.StateKey;
import net.pfsync.suite.state.StatePeer;
import net.pfsync.suite.state.StateSpec;
import net.pfsync.suite.verdict.CannotTell;
import net.pfsync.wire.Dialect;

/** States and security associations that a case makes on a firewall itself. */
final class LocalStates {

    private static final int AF_INET = 2;

    private final Firewall firewall;
    private final Dialect dialect;

    LocalStates(Firewall firewall, Dialect dialect) {
        this.firewall = firewall;
        this.dialect = dialect;
    }

    StateId add(StateSpec spec) {
        State state = new State();
        int af = spec.inet6() ? dialect.inet6() : AF_INET;
        state.ifname = spec.ifname();
        state.wire = key(spec, spec.wireKey(), af);
        state.stack = spec.stackKey().equals(spec.wireKey()) ? state.wire : key(spec, spec.stackKey(), af);
        move(state.src, spec.src());
        move(state.dst, spec.dst());
        state.af = (byte) af;
        state.proto = (byte) spec.proto();
        state.direction = (byte) spec.direction();
        state.timeout = (byte) spec.timeout();
        state.stateFlags = (short) spec.flags();
        state.creation = (int) (firewall.uptimeSeconds() - spec.creation());
        state.expire = (int) firewall.uptimeSeconds();
        if (!firewall.addState(state)) {
            throw new CannotTell("the firewall did not take the local state " + spec);
        }
        // A packet would have made it: some releases keep states that were handed in out of bulk transfers.
        state.added = false;
        return new StateId(state.id, state.creatorId);
    }

    private static net.pfsync.pf.StateKey key(StateSpec spec, StateKey key, int af) {
        byte[] first = address(key.first());
        byte[] second = address(key.second());
        return new net.pfsync.pf.StateKey(
                spec.inet6(),
                af,
                spec.proto(),
                0,
                half(first, 0),
                half(first, Long.BYTES),
                half(second, 0),
                half(second, Long.BYTES),
                key.first().port(),
                key.second().port());
    }

    private static long half(byte[] address, int from) {
        byte[] room = new byte[2 * Long.BYTES];
        System.arraycopy(address, 0, room, 0, address.length);
        return ByteBuffer.wrap(room).getLong(from);
    }

    private static byte[] address(Endpoint endpoint) {
        return address(endpoint.address());
    }

    private static byte[] address(String text) {
        try {
            return InetAddress.getByName(text).getAddress();
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException("not an address: " + text, e);
        }
    }

    /** Brings one end of a state to where a packet brought it; null leaves it. */
    static void move(Peer peer, StatePeer to) {
        if (to == null) {
            return;
        }
        peer.state = (byte) to.state();
        peer.seqlo = to.seqlo();
        peer.seqhi = to.seqhi();
        peer.seqdiff = to.seqdiff();
        peer.maxWin = (short) to.maxWin();
        peer.mss = (short) to.mss();
        peer.wscale = (byte) to.wscale();
        Scrub scrub = to.scrub();
        if (scrub.valid()) {
            peer.scrub = new Peer.Scrub();
            peer.scrub.flags = (short) scrub.flags();
            peer.scrub.ttl = (byte) scrub.ttl();
            peer.scrub.tsMod = scrub.tsMod();
        }
    }

    void set(SecurityAssociation wanted) {
        byte[] destination = address(wanted.destination());
        int family = destination.length == 4 ? AF_INET : dialect.inet6();
        net.pfsync.sync.SecurityAssociation association =
                new net.pfsync.sync.SecurityAssociation(wanted.spi(), family, destination, wanted.proto());
        association.replay = wanted.replay();
        association.bytes = wanted.bytes();
        firewall.pfsync().securityAssociations().add(association);
    }

    void use(SecurityAssociation now, boolean outbound) {
        net.pfsync.sync.SecurityAssociation association = find(now.spi())
                .orElseThrow(() -> new CannotTell(String.format("no security association %08x to use", now.spi())));
        association.replay = now.replay();
        association.bytes = now.bytes();
        association.outbound = outbound;
        firewall.pfsync().changed(association);
    }

    Optional<SecurityAssociation> securityAssociation(int spi) {
        return find(spi)
                .map(found -> new SecurityAssociation(
                        found.spi, text(found.destination()), found.protocol, found.replay, found.bytes));
    }

    private Optional<net.pfsync.sync.SecurityAssociation> find(int spi) {
        return firewall.pfsync().securityAssociations().all().stream()
                .filter(association -> association.spi == spi)
                .findFirst();
    }

    private static String text(byte[] address) {
        try {
            return InetAddress.getByAddress(address).getHostAddress();
        } catch (UnknownHostException e) {
            throw new IllegalStateException(e);
        }
    }
}
