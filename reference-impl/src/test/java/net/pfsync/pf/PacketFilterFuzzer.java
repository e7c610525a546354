package net.pfsync.pf;

import java.util.Arrays;
import java.util.List;

/**
 * Takes any bytes for a conversation through a firewall, and checks what must hold whatever is sent. {@link #fuzzerTestOneInput} is what Jazzer
 * calls; {@link PacketFilterFuzzTest} calls it with random input.
 *
 * <pre>
 * input  = setup { packet }
 * setup  = 1 byte: which rules, which release
 * packet = 1 byte: interface, direction, seconds that pass | 2 bytes: length | the packet, cut at the end of the input
 * </pre>
 */
public final class PacketFilterFuzzer {

    private static final List<String> RULES = List.of(
            "pass flags any keep state",
            "pass flags any modulate state scrub (reassemble tcp)",
            "pass flags any synproxy state",
            "pass flags any keep state (sloppy, if-bound)",
            """
            pass flags any allow-opts
            pass out on em2 inet nat-to 192.0.2.1
            pass in on em1 inet proto tcp rdr-to 10.7.2.9 port 99
            """,
            "pass flags any\npass out on em2 inet6 nat-to 2001:db8::1",
            "set skip on em2\npass flags any no state",
            "block\npass proto udp");
    private static final int LIMIT = 50;

    private PacketFilterFuzzer() {}

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
        TrackingRule release = (input[0] & 0x80) == 0 ? TrackingRule.CURRENT : TrackingRule.OF_2009;
        Bench bench = new Bench(RULES.get((input[0] & 0x7f) % RULES.size()), release);
        bench.stateLimit = LIMIT;
        Packet packet = new Packet();
        for (int at = 1; at + 3 <= input.length; ) {
            int control = input[at] & 0xff;
            int length = (input[at + 1] & 0xff) << 8 | (input[at + 2] & 0xff);
            int end = Math.min(input.length, at + 3 + length);
            play(bench, packet, control, Arrays.copyOfRange(input, at + 3, end));
            at = end;
        }
    }

    private static void play(Bench bench, Packet packet, int control, byte[] bytes) {
        bench.now += control >> 4;
        if (!packet.parse(bytes, 0, bytes.length)) {
            return;
        }
        byte[] before = packet.copy();
        boolean judgeable =
                !packet.fragment() && !packet.ipOptions() && (!packet.inet6() || packet.proto() == before[6]);
        boolean right = judgeable && TestPacket.checksumsRight(before);
        Result result = bench.filter.test(
                packet,
                (control & 1) == 0 ? Bench.INSIDE : Bench.OUTSIDE,
                (control & 2) == 0 ? State.IN : State.OUT,
                bench.now);
        check(result.verdict() != null, "a verdict");
        check(packet.length() == before.length, "the length stays");
        check(bench.table.listed() <= LIMIT, "the limit holds");
        check(
                result.state() == null
                        || result.verdict() != Result.Verdict.PASS
                        || result.state().linked(),
                "a live state");
        check(!right || TestPacket.checksumsRight(packet.copy()), "checksums stay right");
        for (Result.Reply reply : result.replies()) {
            check(new Packet().parse(reply.packet(), 0, reply.packet().length), "a reply is a packet");
            check(TestPacket.checksumsRight(reply.packet()), "a reply has right checksums");
        }
    }

    private static void check(boolean holds, String what) {
        if (!holds) {
            throw new AssertionError(what);
        }
    }
}
