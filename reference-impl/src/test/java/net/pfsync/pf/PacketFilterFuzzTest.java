package net.pfsync.pf;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Arbitrary packets neither break the filter nor what must hold behind it. */
class PacketFilterFuzzTest {

    /** Segments and datagrams of few connections, so that they meet each other's states. */
    private static final List<byte[]> CONVERSATION = conversation();

    private static List<byte[]> conversation() {
        List<byte[]> packets = new ArrayList<>(PacketTest.SAMPLES);
        for (int flags : new int[] {2, 18, 16, 17, 4, 20, 24}) {
            for (boolean forward : new boolean[] {true, false}) {
                TestPacket packet = forward ? OneState.client() : OneState.server();
                packets.add(packet.seq(forward ? OneState.CLIENT_ISN : OneState.SERVER_ISN)
                        .ack(forward ? OneState.SERVER_ISN + 1 : OneState.CLIENT_ISN + 1)
                        .flags(flags)
                        .timestamps(1, 2)
                        .wscale(7)
                        .data(flags == 24 ? 10 : 0)
                        .bytes());
                byte[] last = packets.get(packets.size() - 1);
                last[33] = (byte) flags;
            }
        }
        return packets;
    }

    @Provide
    Arbitrary<byte[]> conversations() {
        Arbitrary<byte[]> packet = PacketTest.nearMissesOf(CONVERSATION);
        Arbitrary<byte[]> framed =
                Combinators.combine(Arbitraries.bytes(), packet).as(PacketFilterFuzzTest::framed);
        return Combinators.combine(Arbitraries.bytes(), framed.list().ofMaxSize(40))
                .as((setup, packets) -> {
                    ByteArrayOutputStream input = new ByteArrayOutputStream();
                    input.write(setup);
                    packets.forEach(input::writeBytes);
                    return input.toByteArray();
                });
    }

    private static byte[] framed(byte control, byte[] packet) {
        ByteArrayOutputStream framed = new ByteArrayOutputStream();
        framed.write(control & 0x13); // at most a second passes, so that states live
        framed.write(packet.length >> 8);
        framed.write(packet.length);
        framed.writeBytes(packet);
        return framed.toByteArray();
    }

    @Property(tries = 2000)
    void whatAlmostAreConversationsLeavesTheFilterWhole(@ForAll("conversations") byte[] input) {
        PacketFilterFuzzer.fuzzerTestOneInput(input);
    }

    @Property(tries = 1000)
    void anyBytesLeaveTheFilterWhole(@ForAll byte[] input) {
        PacketFilterFuzzer.fuzzerTestOneInput(input);
    }

    @Example
    void theUnchangedConversationLeavesTheFilterWhole() {
        for (int setup = 0; setup < 256; setup++) {
            ByteArrayOutputStream input = new ByteArrayOutputStream();
            input.write(setup);
            for (byte[] packet : CONVERSATION) {
                for (int control = 0; control < 4; control++) {
                    input.writeBytes(framed((byte) control, packet));
                }
            }
            PacketFilterFuzzer.fuzzerTestOneInput(input.toByteArray());
        }
    }
}
