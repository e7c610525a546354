package net.pfsync.sync;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import net.pfsync.net.Ethernet;
import net.pfsync.net.Ip;
import net.pfsync.net.Ipv4Address;
import net.pfsync.net.Link;
import net.pfsync.net.MacAddress;
import net.pfsync.net.VirtualLan;
import net.pfsync.node.Firewall;
import net.pfsync.node.Settings;
import net.pfsync.pf.State;
import net.pfsync.pf.States;
import net.pfsync.release.Release;
import net.pfsync.time.VirtualTime;
import net.pfsync.wire.Dialect;
import net.pfsync.wire.Frame;
import net.pfsync.wire.FrameBuilder;
import net.pfsync.wire.FrameDecoder;

/**
 * Takes any bytes for what happens to a firewall: frames of every form and what goes on beside them. {@link FrameFuzzTest} plays the kept inputs,
 * {@code ci/fuzz frames} looks for others.
 *
 * <pre>
 * input = setup { event }
 * setup = 1 byte: which release (low four bits), which dialect everything is also decoded as (high four bits)
 * event = 1 byte: kind (2 bits), how long it takes until the next (2 bits), then
 *   0  2 bytes: length | the payload of a packet from the peer to the group, cut at the end of the input
 *   1  2 bytes: length | the packet itself
 *   2, 3  1 byte: what happens here (3 bits), to which state (5 bits)
 * </pre>
 */
public final class FrameFuzzer {

    private static final int LIMIT = 50;
    private static final int LONGEST = 1600;
    private static final String DEVICE = "em0";
    private static final int OWN_HOST = 0xa1a1a1a1;
    private static final int OWN = Ipv4Address.parse("10.9.0.1");
    private static final String PEER = "10.9.0.2";
    private static final MacAddress OWN_MAC = MacAddress.parse("00:00:5e:00:53:a0");
    private static final MacAddress PEER_MAC = MacAddress.parse("00:00:5e:00:53:b0");
    private static final long[] PAUSES = {0, 10_000_000L, 1_000_000_000L, 30_000_000_000L};
    private static final List<Release> RELEASES = Release.all();

    private final Release release;
    private final VirtualTime time = new VirtualTime(1_700_000_000L);
    private final Link peer;
    private final VirtualLan lan = new VirtualLan(time, Duration.ZERO);
    private final Firewall firewall;
    private final byte[] input;
    private final Dialect dialect;
    private int at = 1;

    private FrameFuzzer(byte[] input) throws ConfigException {
        this.input = input;
        this.release = RELEASES.get((input[0] & 0xf) % RELEASES.size());
        List<String> dialects = Dialect.names();
        this.dialect = Dialect.of(dialects.get((input[0] >> 4 & 0xf) % dialects.size()));
        this.peer = lan.attach("peer", PEER_MAC, Ipv4Address.parse(PEER));
        Settings settings =
                Settings.of(release).hostId(OWN_HOST).stateLimit(LIMIT).withInterface(DEVICE, OWN_MAC, OWN);
        this.firewall = new Firewall(release, settings, time);
        firewall.connect(DEVICE, lan.attach(DEVICE, OWN_MAC));
        lan.tap(this::sent);
        up();
    }

    private void up() throws ConfigException {
        firewall.pfsync().create();
        firewall.pfsync().setSyncdev(DEVICE);
        firewall.pfsync().setDefer(true);
        firewall.pfsync().up();
    }

    /**
     * Plays one input.
     *
     * @param input any bytes
     * @throws AssertionError if something does not hold
     */
    public static void fuzzerTestOneInput(byte[] input) {
        if (input.length == 0) {
            return;
        }
        try {
            new FrameFuzzer(input).play();
        } catch (ConfigException e) {
            throw new AssertionError(e);
        }
    }

    private void play() throws ConfigException {
        while (at < input.length && firewall.stopped().isEmpty()) {
            int control = next();
            switch (control & 3) {
                case 0 -> payload(take());
                case 1 -> packet(take());
                default -> happen(next());
            }
            time.advance(Duration.ofNanos(PAUSES[control >> 2 & 3]));
            check();
        }
        time.advance(Duration.ofMinutes(1));
        check();
        if (firewall.stopped().isEmpty()) {
            Consistency.checkQuiet(firewall, time);
        }
    }

    private int next() {
        return at < input.length ? input[at++] & 0xff : 0;
    }

    private byte[] take() {
        int length = Math.min(next() << 8 | next(), LONGEST);
        int end = Math.min(input.length, at + length);
        byte[] taken = Arrays.copyOfRange(input, at, end);
        at = end;
        return taken;
    }

    private void payload(byte[] payload) {
        FrameBuilder builder = FrameBuilder.of(release.dialect()).source(PEER).eof(false);
        byte[] whole = builder.build();
        byte[] packet = Arrays.copyOf(whole, Ip.IPV4_HEADER + payload.length);
        System.arraycopy(payload, 0, packet, Ip.IPV4_HEADER, payload.length);
        byte[] frame = Ip.frame(packet);
        frame[Ethernet.HEADER + 2] = (byte) (packet.length >> 8);
        frame[Ethernet.HEADER + 3] = (byte) packet.length;
        Ip.ttl(frame, 255);
        packet(Ip.packet(frame));
    }

    private void packet(byte[] packet) {
        decode(packet);
        peer.send(Ethernet.frame(MacAddress.multicast(Pfsync.GROUP), PEER_MAC, packet));
        time.advance(Duration.ZERO);
    }

    private void decode(byte[] packet) {
        holds(
                Arrays.equals(FrameDecoder.decode(dialect, packet).encode(), packet),
                "a frame is encoded as it was decoded, " + dialect);
    }

    private void happen(int what) throws ConfigException {
        State state = firewall.states().find(what >> 3, OWN_HOST);
        switch (what & 7) {
            case 0 -> firewall.addState(States.tcp(what >> 3, OWN_HOST));
            case 1 -> first(what >> 3);
            case 2 -> touch(state);
            case 3 -> firewall.killById(what >> 3, OWN_HOST);
            case 4 -> firewall.flushStates((what >> 3) % 2 == 0 ? "" : DEVICE);
            case 5 -> lan.cut(DEVICE);
            case 6 -> lan.heal(DEVICE);
            default -> restart();
        }
    }

    private void touch(State state) {
        if (state != null) {
            state.src.seqlo += 1000;
            firewall.touch(state);
        }
    }

    /** A packet that leaves makes a state and waits. */
    private void first(int id) {
        State state = States.tcp(id, OWN_HOST);
        state.direction = State.OUT;
        if (firewall.addState(state)) {
            firewall.pfsync().defer(state, false, () -> {});
        }
    }

    private void restart() throws ConfigException {
        firewall.pfsync().destroy();
        up();
    }

    private void sent(long nanos, String station, byte[] ethernet) {
        boolean pfsync =
                station.equals(DEVICE) && Ethernet.type(ethernet) == Ethernet.IPV4 && Ip.protocol(ethernet) == 240;
        if (pfsync && intended()) {
            byte[] packet = Arrays.copyOf(Ip.packet(ethernet), Ip.length(ethernet));
            holds(packet.length <= firewall.pfsync().mtu(), "no frame is longer than the MTU");
            Frame frame = FrameDecoder.decode(release.dialect(), packet);
            holds(frame.problem() == null, "what is sent can be read: " + frame.problem());
        }
    }

    private boolean intended() {
        return release.quirks().isEmpty();
    }

    private void check() {
        holds(firewall.stopped().isEmpty() || !intended(), "the reference does not stop: " + firewall.stopped());
        holds(firewall.states().listed() <= LIMIT, "there are not more states than may be");
        if (firewall.stopped().isEmpty()) {
            Consistency.check(firewall);
        }
    }

    private static void holds(boolean condition, String what) {
        if (!condition) {
            throw new AssertionError("does not hold: " + what);
        }
    }
}
