package net.pfsync.pf;

/**
 * One connection as pf keeps it: the one mutable thing of a firewall, owned by the firewall's own thread.
 *
 * <p>Its name is {@link #id} and {@link #creatorId} together, 96 bits that every firewall of the cluster uses. Times are whole seconds of
 * uptime, as in the kernels. A state is in a {@link StateTable} from insertion until it is unlinked, and stays in the table's list until
 * a purge run frees it.
 */
public final class State {

    /** Direction of a state made by an incoming packet. */
    public static final int IN = 1;
    /** Direction of a state made by an outgoing packet. */
    public static final int OUT = 2;

    /** No rule, anchor or NAT rule. */
    public static final int NONE = -1;

    /** The state id, unique per creator; in wire order, so its hexadecimal form is what tools print. */
    public long id;
    /** Host id of the firewall that made the state. */
    public int creatorId;
    /** The interface that the state is bound to, or {@code all}. */
    public String ifname = "all";
    /** The key that packets on the wire side have. */
    public StateKey wire;
    /** The key that packets on the stack side have; the same object as {@link #wire} without translation. */
    public StateKey stack;
    /** The end that opened the connection. */
    public final Peer src = new Peer();
    /** The other end. */
    public final Peer dst = new Peer();
    /** Address family as the release numbers it: 2, and 24 or 28. */
    public byte af;
    /** IP protocol. */
    public byte proto;
    /** {@link #IN} or {@link #OUT}; a received state may hold anything that its release let through. */
    public byte direction;
    /** Index of the timeout in force, see {@link Timeouts}. */
    public byte timeout;
    /** Flags, see {@link StateFlags}. */
    public short stateFlags;
    /** Log flags of the rule. */
    public byte log;
    /** When the state was made; may lie before the firewall came up. */
    public int creation;
    /** When the state was last active; it dies at this time plus its timeout. Whole seconds of uptime. */
    public int expire;
    /** Number of the rule in the main ruleset, or {@link #NONE}. */
    public int rule = NONE;
    /** Number of the anchor, or {@link #NONE}. */
    public int anchor = NONE;
    /** Number of the translation rule, or {@link #NONE}. */
    public int natRule = NONE;
    /** What only few states have; null if all of it is at its default. States made here share one object, which is never changed. */
    public Extra extra;
    /** Packets in the direction of the initiator. */
    public int packets0;
    /** Packets in the other direction. */
    public int packets1;
    /** Bytes in the direction of the initiator. */
    public long bytes0;
    /** Bytes in the other direction. */
    public long bytes1;

    /** pfsync: the queue that the state is on, a number of {@code sync.Queue}. */
    public byte queue;
    /** pfsync: further updates since the state was put on its queue, 0 to 255. */
    public short updates;
    /** pfsync: when the last message about this state came from a peer, seconds of uptime; {@link #NEVER} if none did. */
    public int pfsyncTime = NEVER;
    /** pfsync: whether the state was added by the system call, and not made by a packet. */
    public boolean added;
    /** pfsync: neighbour on the queue. */
    public State nextQueued;
    /** pfsync: neighbour on the queue. */
    public State previousQueued;

    /** The table's: neighbours in the list of all states. */
    State next;

    State previous;
    /** The table's: next state with the same wire key, and with the same stack key. */
    State nextOnWire;

    State nextOnStack;
    /** The table's: whether the state is in it. */
    boolean linked;

    /** A time before every other. */
    public static final int NEVER = Integer.MIN_VALUE;

    /**
     * Whether the state can still be found in its table.
     *
     * @return false before insertion and once it was unlinked
     */
    public boolean linked() {
        return linked;
    }

    /**
     * Whether its packets have other addresses or ports on the wire than in the firewall.
     *
     * @return false if both keys are one object
     */
    @SuppressWarnings("ReferenceEquality") // equal keys are one object, see StateTable
    public boolean translated() {
        return wire != stack;
    }

    /**
     * The next state in the order in which they were inserted.
     *
     * @return null after the last
     */
    public State next() {
        return next;
    }

    /**
     * Whether a flag is set.
     *
     * @param flag one of {@link StateFlags}
     * @return true if it is
     */
    public boolean has(int flag) {
        return (stateFlags & flag) != 0;
    }

    /**
     * Sets a flag.
     *
     * @param flag one of {@link StateFlags}
     */
    public void set(int flag) {
        stateFlags |= (short) flag;
    }

    /**
     * Clears a flag.
     *
     * @param flag one of {@link StateFlags}
     */
    public void clear(int flag) {
        stateFlags &= (short) ~flag;
    }

    /**
     * The part that only few states need, made when it is first asked for.
     *
     * @return never null
     */
    public Extra extra() {
        if (extra == null) {
            extra = new Extra();
        }
        return extra;
    }

    /** Routing and scrub settings that most states do not have. */
    public static final class Extra {
        /** Gateway of route-to, reply-to or dup-to, first eight bytes. */
        public long rtHi;
        /** The same, last eight bytes. */
        public long rtLo;
        /** Kind of routing: 0 none, 1 route-to, 2 dup-to, 3 reply-to. */
        public byte rt;
        /** Routing table of the wire side, -1 none. */
        public int rtableWire;
        /** Routing table of the stack side, -1 none. */
        public int rtableStack;
        /** Scrub max-mss, 0 none. */
        public short maxMss;
        /** Scrub min-ttl, 0 none. */
        public byte minTtl;
        /** Scrub set-tos, 0 none. */
        public byte setTos;
        /** Priority for ordinary packets. */
        public byte setPrio0;
        /** Priority for low-delay packets. */
        public byte setPrio1;
    }
}
