package net.pfsync.suite.lab;

import java.util.List;
import java.util.stream.IntStream;
import net.pfsync.suite.state.Endpoint;
import net.pfsync.suite.state.StateId;
import net.pfsync.suite.state.StateSpec;

/**
 * Valid states that no firewall has yet: fresh names, the suite's creator, addresses of the ranges for documentation.
 *
 * <p>Initiators are in 192.0.2.0/24 or 2001:db8:1::/48, responders in 198.51.100.0/24 or 2001:db8:2::/48. No two share a key.
 */
public final class States {

    private static final int FIRST_PORT = 1024;
    private static final int PORTS = 60_000;
    private static final int HTTPS = 443;
    private static final int DNS = 53;
    private static final int ECHO = 8;

    private final int creatorId;
    private final long firstId;
    private int made;

    /**
     * A supply of states.
     *
     * @param creatorId the creator of all of them
     * @param firstId the id of the first; the others follow
     */
    States(int creatorId, long firstId) {
        this.creatorId = creatorId;
        this.firstId = firstId;
    }

    /** A name that no state has. */
    StateId freshId() {
        return new StateId(firstId + made++, creatorId);
    }

    /** An established, outgoing TCP connection: source at 1000000, destination at 2000000, floating. */
    public StateSpec tcp() {
        StateId id = freshId();
        return StateSpec.tcp(id, initiator("192.0.2."), responder("198.51.100.", HTTPS));
    }

    /** The same over IPv6. */
    public StateSpec tcp6() {
        StateId id = freshId();
        return StateSpec.tcp(id, initiator("2001:db8:1::"), responder("2001:db8:2::", HTTPS));
    }

    /** An outgoing UDP exchange with packets in both directions. */
    public StateSpec udp() {
        StateId id = freshId();
        return StateSpec.udp(id, initiator("192.0.2."), responder("198.51.100.", DNS));
    }

    /** The same over IPv6. */
    public StateSpec udp6() {
        StateId id = freshId();
        return StateSpec.udp(id, initiator("2001:db8:1::"), responder("2001:db8:2::", DNS));
    }

    /** An outgoing ICMP echo. */
    public StateSpec icmp() {
        StateId id = freshId();
        return StateSpec.icmp(id, initiator("192.0.2."), responder("198.51.100.", ECHO));
    }

    /**
     * Many TCP connections.
     *
     * @param count how many
     * @return as many different states
     */
    public List<StateSpec> tcp(int count) {
        return IntStream.range(0, count).mapToObj(i -> tcp()).toList();
    }

    private Endpoint initiator(String network) {
        return new Endpoint(network + (1 + made / PORTS % 200), FIRST_PORT + made % PORTS);
    }

    private Endpoint responder(String network, int port) {
        return new Endpoint(network + (1 + made % 200), port);
    }
}
