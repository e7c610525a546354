package net.pfsync.node;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import net.pfsync.net.Ethernet;
import net.pfsync.net.InternetChecksum;
import net.pfsync.net.Ip;
import net.pfsync.net.Link;
import net.pfsync.net.MacAddress;
import net.pfsync.net.NetworkOrder;
import net.pfsync.net.tcp.TcpSettings;
import net.pfsync.release.Release;
import net.pfsync.sync.ConfigException;
import net.pfsync.sync.Consistency;

/**
 * Takes any bytes for what stations send through two firewalls. {@link ForwardingFuzzTest} plays the kept inputs, {@code ci/fuzz forwarding} looks for
 * others.
 *
 * <pre>
 * input = setup { frame }
 * setup = 1 byte: which rules (low four bits), which release (high four bits)
 * frame = 1 byte: kind (2 bits), how long it takes until the next (2 bits), whether its checksums are made right (1 bit)
 *       | 2 bytes: length | the bytes, cut at the end of the input:
 *   0  an Ethernet frame on the inside LAN
 *   1  a packet of the client to A    2  a packet of the client to B    3  a packet of the server to A
 * </pre>
 *
 * <p>Client and server answer what they understand: they have a TCP port 80 and a UDP port 53, and otherwise refuse.
 */
public final class ForwardingFuzzer {

    private static final List<String> RULES = List.of(
            "pass keep state",
            "pass flags any keep state (if-bound)",
            "pass flags any keep state (sloppy) allow-opts",
            "pass in on em1 modulate state\npass out on em2 keep state",
            "pass\npass in on em1 proto tcp to any port 80 synproxy state",
            """
            pass keep state allow-opts
            pass out on em2 inet nat-to 10.7.2.11
            pass in on em1 inet to 203.0.113.9 rdr-to 10.7.2.2
            """,
            "pass flags any keep state scrub (reassemble tcp)",
            "block\npass in on em1\npass out on em2 inet6");
    private static final List<Release> RELEASES = Release.all();
    private static final int LIMIT = 40;
    private static final int LONGEST = 1600;
    private static final long[] PAUSES = {1_000_000, 30_000_000, 1_000_000_000L, 20_000_000_000L};

    private final SplitLab lab;
    private final Link station;
    private final byte[] input;
    private int at = 1;

    private ForwardingFuzzer(byte[] input) throws ConfigException {
        this.input = input;
        Release release = RELEASES.get((input[0] >> 4 & 0xf) % RELEASES.size());
        String rules = "set skip on em0\n" + RULES.get((input[0] & 0xf) % RULES.size());
        this.lab = new SplitLab(release, rules, settings -> settings.stateLimit(LIMIT));
        this.station = lab.inside.attach("station", SplitLab.mac(1, 9));
        lab.client.log().limit(0);
        lab.server.log().limit(0);
        lab.server.tcp().listen(80, TcpSettings.DEFAULT, accepted -> accepted.onEnd(accepted::close));
        lab.server
                .udp()
                .listen(53, asked -> lab.server.udp().send(53, asked.source(), asked.sourcePort(), asked.payload()));
        lab.inside.tap((nanos, name, frame) -> sent(name, frame));
        lab.outside.tap((nanos, name, frame) -> sent(name, frame));
        for (Firewall each : firewalls()) {
            each.pfsync().create();
            each.pfsync().setSyncdev("em0");
            each.pfsync().setDefer(true);
            each.pfsync().up();
        }
        lab.pass(1);
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
            new ForwardingFuzzer(input).play();
        } catch (ConfigException e) {
            throw new AssertionError(e);
        }
    }

    private void play() {
        while (at + 3 <= input.length) {
            int control = input[at] & 0xff;
            int length = Math.min((input[at + 1] & 0xff) << 8 | (input[at + 2] & 0xff), LONGEST);
            int end = Math.min(input.length, at + 3 + length);
            send(control & 3, (control & 0x10) != 0, Arrays.copyOfRange(input, at + 3, end));
            at = end;
            lab.time.advance(Duration.ofNanos(PAUSES[control >> 2 & 3]));
            firewalls().forEach(ForwardingFuzzer::check);
        }
        lab.inside.cut("client");
        lab.outside.cut("server");
        lab.pass(5000);
        firewalls().stream()
                .filter(each -> each.stopped().isEmpty())
                .forEach(each -> Consistency.checkQuiet(each, lab.time));
    }

    private List<Firewall> firewalls() {
        return List.of(lab.a, lab.b);
    }

    private void send(int kind, boolean repaired, byte[] bytes) {
        if (kind == 0) {
            station.send(bytes);
            return;
        }
        byte[] packet = repaired ? repaired(bytes) : bytes;
        MacAddress to = SplitLab.mac(kind == 3 ? 2 : 1, kind == 2 ? 12 : 11);
        (kind == 3 ? lab.server : lab.client).send(to, packet);
    }

    /** Right lengths and checksums, as far as the headers can be understood: what is wrong lies deeper. */
    private static byte[] repaired(byte[] bytes) {
        if (bytes.length < Ip.IPV6_HEADER) {
            return bytes;
        }
        boolean inet6 = bytes[0] >>> 4 == 6;
        NetworkOrder.put16(bytes, inet6 ? 4 : 2, inet6 ? bytes.length - Ip.IPV6_HEADER : bytes.length);
        byte[] frame = Ip.frame(bytes);
        int header = Ip.headerLength(frame);
        if (!inet6 && (header < Ip.IPV4_HEADER || header > bytes.length)) {
            return bytes;
        }
        Ip.ttl(frame, Ip.ttl(frame));
        int checksum = checksumOffset(Ip.protocol(frame));
        int start = Ip.payload(frame);
        if (checksum >= 0 && start + checksum + 2 <= Ip.end(frame)) {
            NetworkOrder.put16(frame, start + checksum, 0);
            int sum = Ip.protocol(frame) == Ip.ICMP
                    ? InternetChecksum.of(frame, start, Ip.end(frame) - start)
                    : InternetChecksum.ofPayload(frame, start, Ip.protocol(frame));
            NetworkOrder.put16(frame, start + checksum, sum);
        }
        return Ip.packet(frame);
    }

    private static int checksumOffset(int protocol) {
        return switch (protocol) {
            case Ip.TCP -> 16;
            case Ip.UDP -> 6;
            case Ip.ICMP, Ip.ICMPV6 -> 2;
            default -> -1;
        };
    }

    /** What firewalls send is whole; hosts are only asked to be honest. */
    private static void sent(String name, byte[] frame) {
        if (name.equals("a") || name.equals("b")) {
            holds(frame.length >= Ethernet.HEADER && frame.length <= Ethernet.HEADER + 1500, "frames fit the LAN");
            if (Ethernet.type(frame) == Ethernet.IPV4) {
                int header = Ip.headerLength(frame);
                holds(InternetChecksum.of(frame, Ethernet.HEADER, header) == 0, "IP headers have right checksums");
                holds(Ip.end(frame) <= frame.length, "packets are whole");
            }
        }
    }

    private static void check(Firewall firewall) {
        boolean intended = firewall.release().quirks().isEmpty();
        holds(firewall.stopped().isEmpty() || !intended, "the reference does not stop: " + firewall.stopped());
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
