package net.pfsync.suite.state;

import java.util.List;
import java.util.Set;
import net.pfsync.net.IpAddress;
import net.pfsync.net.IpPrefix;

/** What tells the suite's own states from everybody else's: their creators, and addresses that nobody has (RFC 5737, RFC 3849). */
public final class OwnStates {

    /** The creators of all states that the suite sends. */
    public static final Set<Integer> CREATORS = Set.of(0x7e570001, 0x7e570002, 0x7e570003, 0x7e570004, 0x7e570005);

    /** The networks of all addresses of these states. */
    public static final List<IpPrefix> NETWORKS = List.of(
            IpPrefix.parse("192.0.2.0/24"),
            IpPrefix.parse("198.51.100.0/24"),
            IpPrefix.parse("203.0.113.0/24"),
            IpPrefix.parse("2001:db8::/32"));

    /** The first 16 bits of the id of every state that the suite makes up. */
    private static final long ID = 0x7e57;

    private static final int ID_SHIFT = 48;

    private OwnStates() {}

    /**
     * Whether a state is one that only the suite makes, or names.
     *
     * @param id the state's id
     * @param creatorId its creator
     * @return false if it may be somebody's
     */
    public static boolean named(long id, int creatorId) {
        return CREATORS.contains(creatorId) || id >>> ID_SHIFT == ID;
    }

    /** The same of a state in a table. */
    public static boolean has(StateView state) {
        return named(state.id().id(), state.id().creatorId());
    }

    /**
     * Whether an address is one that only the suite's states have.
     *
     * @param address any
     * @return false if it may be somebody's
     */
    public static boolean has(IpAddress address) {
        return NETWORKS.stream().anyMatch(network -> network.contains(address.inet6(), address.hi(), address.lo()));
    }
}
