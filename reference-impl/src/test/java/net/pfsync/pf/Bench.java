package net.pfsync.pf;

import java.util.ArrayList;
import java.util.List;

/**
 * A firewall for the tests of this package: em1 inside with the client's network, em2 outside with the server's, and pf between them.
 *
 * <p>What it sends itself goes where a firewall would send it. Time stands still unless a test moves it.
 */
final class Bench implements PfHost, StateEvents {

    static final String CLIENT = "10.7.1.2";
    static final String SERVER = "10.7.2.2";
    static final String INSIDE = "em1";
    static final String OUTSIDE = "em2";
    static final String PASS_ALL = "pass keep state";
    static final long FIRST_ID = 0x6b029de600000000L;
    static final int HOST_ID = 0xa1;

    final StateTable table = new StateTable();
    Timeouts timeouts =
            new Timeouts(120, 30, 86400, 900, 45, 90, 60, 30, 60, 20, 10, 60, 30, 60, 30, 10, 6000, 12000, 0, 30);
    PacketFilter filter;
    /** "inserted", "updated" and "deleted" with the counter part of the state's id. */
    final List<String> events = new ArrayList<>();

    final List<byte[]> sentInside = new ArrayList<>();
    final List<byte[]> sentOutside = new ArrayList<>();
    private final List<byte[]> pending = new ArrayList<>();
    final List<byte[]> held = new ArrayList<>();
    int now = 1000;
    int stateLimit = 10_000;
    int mtu = 1500;
    boolean defers;
    /** Whether {@link #events} are written down. */
    boolean listens = true;

    private final TrackingRule rule;
    private final Packet packet = new Packet();
    long nextId = FIRST_ID;

    Bench(String rules, TrackingRule rule) {
        this.rule = rule;
        filter = new PacketFilter(table, timeouts, rule, this, this, ruleset(rules), 1);
    }

    /** Gives the firewall other timeouts, before the first packet. */
    void timeouts(int... seconds) {
        timeouts = new Timeouts(seconds);
        filter = new PacketFilter(table, timeouts, rule, this, this, filter.ruleset(), 1);
    }

    static Bench of2009(String rules) {
        return new Bench(rules, TrackingRule.OF_2009);
    }

    static Bench current(String rules) {
        return new Bench(rules, TrackingRule.CURRENT);
    }

    static Ruleset ruleset(String rules) {
        try {
            return Ruleset.parse(rules);
        } catch (RulesetException e) {
            throw new IllegalArgumentException(rules, e);
        }
    }

    // ---- packets ----

    /** What becomes of a packet that comes in on or goes out through one interface. */
    Result test(byte[] bytes, String ifname, int direction) {
        if (!packet.parse(bytes, 0, bytes.length)) {
            throw new IllegalArgumentException("malformed");
        }
        flush();
        Result result = filter.test(packet, ifname, direction, now);
        for (Result.Reply reply : result.replies()) {
            if (reply.filtered()) {
                pending.add(reply.packet());
            } else {
                (inside(parsed(reply.packet())) ? sentInside : sentOutside).add(reply.packet());
            }
        }
        return result;
    }

    /** Sends what goes through the filter, which would overwrite the result of the packet that caused it. */
    private void flush() {
        List<byte[]> sending = List.copyOf(pending);
        pending.clear();
        for (byte[] bytes : sending) {
            Packet sent = parsed(bytes);
            boolean inside = inside(sent);
            if (filter.test(sent, inside ? INSIDE : OUTSIDE, State.OUT, now).verdict() == Result.Verdict.PASS) {
                (inside ? sentInside : sentOutside).add(bytes);
            }
        }
    }

    private static Packet parsed(byte[] bytes) {
        Packet sent = new Packet();
        sent.parse(bytes, 0, bytes.length);
        return sent;
    }

    Result in(TestPacket from) {
        return test(from.bytes(), INSIDE, State.IN);
    }

    Result out(TestPacket to) {
        return test(to.bytes(), OUTSIDE, State.OUT);
    }

    private static boolean inside(Packet to) {
        byte[] client = TestPacket.address(to.inet6() ? "fd00:1::" : CLIENT);
        int network = to.inet6() ? 4 : 3;
        for (int i = 0; i < network; i++) {
            if ((byte) (to.destinationHi() >>> (56 - 8 * i)) != client[i]) {
                return false;
            }
        }
        return true;
    }

    /** Forwards a packet from the inside; null if it does not come out at the other end. */
    byte[] fromClient(TestPacket sent) {
        return forward(sent.bytes(), INSIDE, OUTSIDE);
    }

    /** Forwards a packet from the outside; null if it does not come out at the other end. */
    byte[] fromServer(TestPacket sent) {
        return forward(sent.bytes(), OUTSIDE, INSIDE);
    }

    byte[] forward(byte[] sent, String from, String to) {
        byte[] bytes = sent.clone();
        boolean passes = test(bytes, from, State.IN).verdict() == Result.Verdict.PASS;
        if (passes) {
            packet.decrementTtl();
            passes = test(bytes, to, State.OUT).verdict() == Result.Verdict.PASS;
        }
        flush();
        return passes ? bytes : null;
    }

    // ---- states ----

    /** The state with that number in the order of making. */
    State state(int number) {
        return table.find(FIRST_ID + number, HOST_ID);
    }

    /** The first peer, {@code seqlo:seqhi+diff win state wscale}, which is short to compare. */
    static String peer(Peer peer) {
        return Integer.toUnsignedString(peer.seqlo) + ":" + Integer.toUnsignedString(peer.seqhi) + " win "
                + peer.window() + " state " + peer.state + " wscale " + (peer.wscale & 0xff);
    }

    // ---- the machine ----

    @Override
    public long nextStateId() {
        return nextId++;
    }

    @Override
    public int hostId() {
        return HOST_ID;
    }

    @Override
    public int stateLimit() {
        return stateLimit;
    }

    @Override
    public int mtuTowards(boolean inet6, long hi, long lo) {
        return mtu;
    }

    @Override
    public void inserted(State state) {
        note("inserted", state);
    }

    @Override
    public void updated(State state) {
        note("updated", state);
    }

    @Override
    public void deleted(State state) {
        note("deleted", state);
    }

    private void note(String event, State state) {
        if (listens) {
            events.add(event + " " + (int) state.id);
        }
    }

    @Override
    public boolean defer(State state, Packet first) {
        if (defers) {
            held.add(first.copy());
        }
        return defers;
    }
}
