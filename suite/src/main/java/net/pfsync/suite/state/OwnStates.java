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

    /** The first id that the suite makes up; the others follow, and have the same first 16 bits. */
    public static final long FIRST_ID = 0x7e57_0000_0000_0001L;

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
        return CREATORS.contains(creatorId) || madeUp(id);
    }

    /**
     * Whether a state's id is one that the suite makes up, whoever its creator is.
     *
     * @param id the state's id
     * @return false if it is anybody else's; a firewall that counts its own may come by one of these, too
     */
    public static boolean madeUp(long id) {
        return id >>> ID_SHIFT == FIRST_ID >>> ID_SHIFT;
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
