package net.pfsync.pf;

/** Makes states for tests: small numbers in, whole states out. */
public final class States {

    /** IP protocol TCP. */
    public static final int TCP = 6;
    /** IP protocol UDP. */
    public static final int UDP = 17;
    /** Index of the timeout of an established TCP connection. */
    public static final int TCP_ESTABLISHED = 2;
    /** Index of the timeout of a UDP flow that goes both ways. */
    public static final int UDP_MULTIPLE = 8;

    private static final long CLIENTS = 0xc0000201L;
    private static final long SERVER = 0xc6336401L;

    private States() {}

    /**
     * A key of a TCP connection over IPv4.
     *
     * @param number tells keys apart
     * @return always a new object
     */
    public static StateKey key(int number) {
        return key(TCP, number);
    }

    /**
     * A key over IPv4.
     *
     * @param proto IP protocol
     * @param number tells keys apart
     * @return always a new object
     */
    public static StateKey key(int proto, int number) {
        return new StateKey(false, 2, proto, 0, CLIENTS << 32, 0, SERVER << 32, 0, 1024 + number, 80 + (number >>> 15));
    }

    /**
     * An established TCP connection that came in, without translation.
     *
     * @param id its id
     * @param creatorId its creator
     * @return a state that is in no table; its key is that of its id
     */
    public static State tcp(long id, int creatorId) {
        return state(TCP, id, creatorId);
    }

    /**
     * A flow that came in and goes both ways, without translation.
     *
     * @param proto IP protocol
     * @param id its id
     * @param creatorId its creator
     * @return a state that is in no table; its key is that of its id
     */
    public static State state(int proto, long id, int creatorId) {
        State state = new State();
        state.id = id;
        state.creatorId = creatorId;
        state.wire = key(proto, (int) id);
        state.stack = state.wire;
        state.af = 2;
        state.proto = (byte) proto;
        state.direction = State.IN;
        state.timeout = (byte) (proto == TCP ? TCP_ESTABLISHED : UDP_MULTIPLE);
        state.src.state = (byte) (proto == TCP ? 4 : 2);
        state.dst.state = state.src.state;
        state.src.seqlo = 1000;
        state.src.seqhi = 2000;
        state.dst.seqlo = 5000;
        state.dst.seqhi = 6000;
        return state;
    }
}
