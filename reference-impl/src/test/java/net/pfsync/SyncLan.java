package net.pfsync;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import net.pfsync.net.Ethernet;
import net.pfsync.net.Ipv4Address;
import net.pfsync.net.Link;
import net.pfsync.net.MacAddress;
import net.pfsync.net.VirtualLan;
import net.pfsync.node.Firewall;
import net.pfsync.node.Settings;
import net.pfsync.pf.State;
import net.pfsync.pf.States;
import net.pfsync.release.Release;
import net.pfsync.sync.ConfigException;
import net.pfsync.sync.Pfsync;
import net.pfsync.time.VirtualTime;
import net.pfsync.wire.BulkStatus;
import net.pfsync.wire.Counter;
import net.pfsync.wire.Dialect;
import net.pfsync.wire.Frame;
import net.pfsync.wire.FrameBuilder;
import net.pfsync.wire.FrameDecoder;
import net.pfsync.wire.Kind;
import net.pfsync.wire.Message;

/**
 * A sync LAN in memory: one firewall, and beside it a peer that is only a pen and an eye. It sends the frames that a test makes
 * and sees every frame of the firewall with its time.
 *
 * <p>The LAN takes no time, so whatever is sent at one instant is also received at that instant.
 */
public final class SyncLan {

    /** Host id of the firewall. */
    public static final int HOST = 0xa1a1a1a1;
    /** Host id of the peer. */
    public static final int PEER = 0xb2b2b2b2;
    /** The sync interface. */
    public static final String DEVICE = "em0";
    /** Another interface, which is on the same LAN. */
    public static final String OTHER = "em1";

    /** The firewall's address on the sync interface. */
    public static final int ADDRESS = Ipv4Address.parse("10.9.0.1");
    /** Its address on the other interface. */
    public static final int OTHER_ADDRESS = Ipv4Address.parse("10.9.1.1");
    /** The peer's address. */
    public static final int PEER_ADDRESS = Ipv4Address.parse("10.9.0.2");

    private static final long EPOCH = 1_700_000_000L;
    private static final MacAddress DEVICE_MAC = MacAddress.parse("00:00:5e:00:53:a0");
    private static final MacAddress OTHER_MAC = MacAddress.parse("00:00:5e:00:53:a1");
    private static final MacAddress PEER_MAC = MacAddress.parse("00:00:5e:00:53:b0");

    private final VirtualTime time = new VirtualTime(EPOCH);
    private final VirtualLan lan = new VirtualLan(time, Duration.ZERO);
    private final Link peer = lan.attach("peer", PEER_MAC, PEER_ADDRESS);
    private final Firewall firewall;
    private final List<Sent> sent = new ArrayList<>();
    private Map<Counter, Long> counted;

    /**
     * A frame of the firewall.
     *
     * @param nanos when it was sent
     * @param frame what it was
     */
    public record Sent(long nanos, Frame frame) {

        /** Its messages of one kind. */
        public List<Message> messages(Kind kind) {
            return frame.messages().stream()
                    .filter(message -> message.kind() == kind)
                    .toList();
        }

        /** The kinds of its sections in their order, without the end marker. */
        public List<Kind> kinds() {
            return frame.sections().stream()
                    .map(section -> section.kind())
                    .filter(kind -> kind != Kind.EOF)
                    .toList();
        }

        /** Its length from the IP header on. */
        public int length() {
            return frame.encode().length;
        }
    }

    /**
     * Boots a firewall whose pfsync interface exists and is down.
     *
     * @param release what it runs
     * @param change what is different in its settings
     */
    public SyncLan(Release release, UnaryOperator<Settings> change) {
        Settings settings = Settings.of(release)
                .hostId(HOST)
                .withInterface(DEVICE, DEVICE_MAC, ADDRESS)
                .withInterface(OTHER, OTHER_MAC, OTHER_ADDRESS);
        firewall = new Firewall(release, change.apply(settings), time);
        firewall.connect(DEVICE, lan.attach(DEVICE, DEVICE_MAC, ADDRESS));
        firewall.connect(OTHER, lan.attach(OTHER, OTHER_MAC, OTHER_ADDRESS));
        firewall.pfsync().create();
        lan.tap((nanos, station, frame) -> {
            if (!station.equals("peer") && Ethernet.type(frame) == Ethernet.IPV4) {
                sent.add(new Sent(nanos, FrameDecoder.decode(dialect(), wholePacket(frame))));
            }
        });
        counted = firewall.pfsync().statistics().snapshot();
    }

    /** A firewall of a release that is up and has its peer's states, of which there are none. */
    public static SyncLan of(Release release) {
        return of(release, settings -> settings);
    }

    /** The same with other settings. */
    public static SyncLan of(Release release, UnaryOperator<Settings> change) {
        SyncLan made = new SyncLan(release, change);
        made.up();
        made.receive(made.messages().bulk(BulkStatus.START, 0));
        made.receive(made.messages().bulk(BulkStatus.END, 0));
        if (made.pfsync().waitingForBulk()) {
            throw new AssertionError("the firewall still waits for its peer's states");
        }
        made.sent.clear();
        made.counted();
        return made;
    }

    /** The same by the name of the release. */
    public static SyncLan of(String release) {
        return of(Release.of(release));
    }

    private static byte[] wholePacket(byte[] ethernet) {
        byte[] packet = Ethernet.payload(ethernet);
        int total = (packet[2] & 0xff) << 8 | (packet[3] & 0xff);
        return java.util.Arrays.copyOf(packet, total);
    }

    /** Ties pfsync to its interface and brings it up. */
    public void up() {
        configure(pfsync -> {
            pfsync.setSyncdev(DEVICE);
            pfsync.up();
        });
    }

    /** A change of pfsync's parameters. */
    @FunctionalInterface
    public interface Configuration {
        /** Changes them. */
        void apply(Pfsync pfsync) throws ConfigException;
    }

    /** Changes parameters and expects no objection. */
    public SyncLan configure(Configuration change) {
        try {
            change.apply(pfsync());
        } catch (ConfigException refused) {
            throw new AssertionError(refused);
        }
        return this;
    }

    /** Sends messages in one frame to the group; they are received as soon as time passes, be it none. */
    public void inject(Message... messages) {
        send(frame().add(messages).build());
    }

    /** A frame of the peer to the group, to be changed and sent. */
    public FrameBuilder frame() {
        return FrameBuilder.of(dialect()).source(Ipv4Address.text(PEER_ADDRESS));
    }

    /** Sends a packet to the group. */
    public void send(byte[] packet) {
        send(MacAddress.multicast(Pfsync.GROUP), packet);
    }

    /** Sends a packet to an Ethernet address. */
    public void send(MacAddress to, byte[] packet) {
        peer.send(Ethernet.frame(to, PEER_MAC, packet));
    }

    /** Sends messages in one frame and lets the firewall finish everything that it does at once. */
    public void receive(Message... messages) {
        inject(messages);
        time.advance(Duration.ZERO);
    }

    /** Lets time pass. */
    public void advance(Duration duration) {
        time.advance(duration);
    }

    /** Lets seconds pass. */
    public void seconds(int seconds) {
        time.advance(Duration.ofSeconds(seconds));
    }

    /** What the firewall sent since this was last asked. */
    public List<Sent> sent() {
        List<Sent> frames = List.copyOf(sent);
        sent.clear();
        return frames;
    }

    /** All messages that the firewall sent since this or {@link #sent} was last asked. */
    public List<Message> said() {
        return sent().stream()
                .flatMap(frame -> frame.frame().messages().stream())
                .filter(message -> message.kind() != Kind.EOF)
                .toList();
    }

    /** What was counted since this was last asked, without the packets themselves. */
    public Map<Counter, Long> counted() {
        Map<Counter, Long> raised = firewall.pfsync().statistics().since(counted);
        counted = firewall.pfsync().statistics().snapshot();
        raised.remove(Counter.IPACKETS);
        raised.remove(Counter.OPACKETS);
        return raised;
    }

    /** Makes a state on the firewall as a local packet would; nothing of it has been sent yet. */
    public State add(long id) {
        return add(States.tcp(id, HOST));
    }

    /** Puts a state that was made just now into the firewall's table. */
    public State add(State state) {
        state.creation = now();
        state.expire = now();
        if (!firewall.addState(state)) {
            throw new AssertionError("state " + Long.toHexString(state.id) + " was refused");
        }
        return state;
    }

    /** A state of the firewall that its peer made; null if there is none. */
    public State state(long id) {
        return firewall.states().find(id, PEER);
    }

    /** Makes messages of the firewall's dialect. */
    public Messages messages() {
        return new Messages(dialect());
    }

    public Dialect dialect() {
        return firewall.release().dialect();
    }

    public Firewall firewall() {
        return firewall;
    }

    public Pfsync pfsync() {
        return firewall.pfsync();
    }

    public VirtualTime time() {
        return time;
    }

    public VirtualLan lan() {
        return lan;
    }

    /** Seconds of uptime. */
    public int now() {
        return (int) firewall.uptimeSeconds();
    }
}
