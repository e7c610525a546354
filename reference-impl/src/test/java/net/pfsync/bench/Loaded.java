package net.pfsync.bench;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import net.pfsync.net.Ipv4Address;
import net.pfsync.net.MacAddress;
import net.pfsync.net.VirtualLan;
import net.pfsync.node.Firewall;
import net.pfsync.node.Settings;
import net.pfsync.pf.Timeouts;
import net.pfsync.release.Release;
import net.pfsync.sync.ConfigException;
import net.pfsync.time.VirtualTime;
import net.pfsync.wire.Dialect;
import net.pfsync.wire.FrameBuilder;
import net.pfsync.wire.Kind;
import net.pfsync.wire.Message;
import net.pfsync.wire.MessageBuilder;

/** A firewall with pfsync up on a LAN, and frames about any number of TCP states. */
final class Loaded {

    static final int PEER = 0xdeadbeef;

    private static final int ADDRESS = Ipv4Address.parse("10.9.0.1");
    private static final int LIMIT = 4_000_000;
    private static final int UPTIME = 60;

    final VirtualTime time = new VirtualTime(1_700_000_000L);
    final VirtualLan lan = new VirtualLan(time, Duration.ZERO);
    final Firewall firewall;
    private final Dialect dialect;

    Loaded(Release release) throws ConfigException {
        dialect = release.dialect();
        firewall = join(release, "a", 1, ADDRESS);
        time.advance(Duration.ofMinutes(3));
    }

    /** Another firewall on the same LAN, which asks for the states at once. */
    Firewall join(Release release, String name, int hostId, int address) throws ConfigException {
        MacAddress mac = new MacAddress(0x0200_0000_0000L + hostId);
        Firewall joining = new Firewall(
                release,
                Settings.of(release)
                        .hostId(hostId)
                        .stateLimit(LIMIT)
                        .timeouts(withoutAdaptiveScaling(release))
                        .uptimeSeconds(UPTIME)
                        .withInterface("em0", mac, address),
                time);
        joining.connect("em0", lan.attach(name, mac, address));
        joining.pfsync().create();
        joining.pfsync().setSyncdev("em0");
        joining.pfsync().up();
        return joining;
    }

    /** Otherwise a table far above the default limit would be purged while it is measured. */
    private static int[] withoutAdaptiveScaling(Release release) {
        int[] timeouts = release.defaults().timeouts().stream()
                .mapToInt(Integer::intValue)
                .toArray();
        timeouts[Timeouts.ADAPTIVE_END] = 0;
        return timeouts;
    }

    /** Hands a packet to pfsync as if it came in on the sync interface. */
    void receive(byte[] packet) {
        firewall.pfsync().receive("em0", packet);
    }

    List<byte[]> inserts(int states) {
        return frames(Kind.INS, order(states, 0), Collections::unmodifiableList);
    }

    /** Updates of all states in a random order; applying one again is as much work as the first time. */
    List<byte[]> updates(int states) {
        return frames(Kind.UPD_C, order(states, 1), Collections::unmodifiableList);
    }

    private static List<Integer> order(int states, int seed) {
        List<Integer> order = new ArrayList<>(states);
        for (int i = 0; i < states; i++) {
            order.add(i);
        }
        if (seed != 0) {
            Collections.shuffle(order, new Random(seed));
        }
        return order;
    }

    private List<byte[]> frames(Kind kind, List<Integer> order, UnaryOperator<List<byte[]>> seal) {
        int perFrame =
                (1500 - dialect.minimumPacket() - 4) / dialect.layout(kind).size();
        List<byte[]> frames = new ArrayList<>(order.size() / perFrame + 1);
        List<Message> messages = new ArrayList<>(perFrame);
        Consumer<List<Message>> flush = some -> {
            frames.add(
                    FrameBuilder.of(dialect).add(some.toArray(Message[]::new)).build());
            some.clear();
        };
        for (int number : order) {
            messages.add(message(kind, number));
            if (messages.size() == perFrame) {
                flush.accept(messages);
            }
        }
        if (!messages.isEmpty()) {
            flush.accept(messages);
        }
        return seal.apply(frames);
    }

    private Message message(Kind kind, int number) {
        MessageBuilder builder = MessageBuilder.of(dialect, kind)
                .set("id", 0x1000_0000_0000L + number)
                .set("creatorid", PEER)
                .set("timeout", 2)
                .set("src.state", 4)
                .set("src.seqlo", 1000)
                .set("src.seqhi", 9000)
                .set("src.max_win", 8000)
                .set("dst.state", 4)
                .set("dst.seqlo", 2000)
                .set("dst.seqhi", 9000)
                .set("dst.max_win", 8000);
        return kind == Kind.UPD_C ? builder.build() : whole(builder, number);
    }

    private Message whole(MessageBuilder builder, int number) {
        byte[] client = {
            10, (byte) (number >>> 16), (byte) (number >>> 8), (byte) number, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0
        };
        for (int key = 0; key < 2; key++) {
            builder.set("key[" + key + "].addr[0]", client)
                    .set("key[" + key + "].addr[1]", "192.0.2.1")
                    .set("key[" + key + "].port[0]", 1024 + number % 60000)
                    .set("key[" + key + "].port[1]", 443);
        }
        return builder.set("ifname", "all")
                .set("af", 2)
                .set("proto", 6)
                .set("direction", 1)
                .set("expire", 86000)
                .set("rule", 0xffffffffL)
                .set("anchor", 0xffffffffL)
                .set("nat_rule", 0xffffffffL)
                .build();
    }
}
