package net.pfsync.pf;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A packet that has a state costs no memory. */
class AllocationTest {

    private static final int WARM_UP = 20_000;
    private static final int MEASURED = 20_000;
    /** What the measuring itself may cost, far less than a byte for each packet. */
    private static final int SLACK = 4096;

    private final Packet packet = new Packet();

    @ParameterizedTest
    @ValueSource(strings = {"pass", "pass keep state (sloppy, if-bound)", "pass scrub (reassemble tcp)"})
    void segmentsOfAKnownConnectionAllocateNothing(String rules) {
        OneState one = new OneState(Bench.current(rules)).established();
        measure(one.bench, OneState.clientAt(0).data(100).bytes(), State.IN);
    }

    @Test
    void segmentsOfAModulatedConnectionAllocateNothing() {
        OneState one = new OneState(Bench.current("pass")).established();
        one.src().seqdiff = 1000;
        one.dst().seqdiff = 2000;
        measure(
                one.bench,
                OneState.clientAt(0).ack(OneState.SERVER_ISN + 2001).data(100).bytes(),
                State.IN);
    }

    @ParameterizedTest
    @ValueSource(strings = {"10.7.1.2", "fd00:1::2"})
    void translatedDatagramsQueriesAndErrorsAllocateNothing(String client) {
        boolean inet6 = client.contains(":");
        String server = inet6 ? "fd00:2::2" : Bench.SERVER;
        Bench bench = Bench.current("pass\npass out nat-to " + (inet6 ? "2001:db8::1" : "192.0.2.1"));
        byte[] datagram = TestPacket.udp(client, 4000, server, 53).data(20).bytes();
        byte[] query = TestPacket.icmp(client, server, inet6 ? 128 : 8, 77).bytes();
        measure(bench, datagram, State.OUT);
        measure(bench, query, State.OUT);
        String address = inet6 ? "2001:db8::1" : "192.0.2.1";
        byte[] sent = bench.forward(datagram, Bench.INSIDE, Bench.OUTSIDE);
        measure(bench, TestPacket.error(server, address, inet6 ? 1 : 3, 1, sent).bytes(), State.IN);
    }

    private void measure(Bench bench, byte[] sent, int direction) {
        PacketFilter filter = bench.filter;
        byte[] buffer = sent.clone();
        bench.listens = false;
        run(filter, sent, buffer, direction, WARM_UP);
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadAllocatedBytes();
        run(filter, sent, buffer, direction, MEASURED);
        long allocated = threads.getCurrentThreadAllocatedBytes() - before;
        assertThat(allocated).as("%s bytes for %s packets", allocated, MEASURED).isLessThan(SLACK);
    }

    private void run(PacketFilter filter, byte[] sent, byte[] buffer, int direction, int times) {
        for (int i = 0; i < times; i++) {
            System.arraycopy(sent, 0, buffer, 0, sent.length);
            packet.parse(buffer, 0, buffer.length);
            if (filter.test(packet, Bench.INSIDE, direction, 1000).verdict() != Result.Verdict.PASS) {
                throw new AssertionError("dropped");
            }
        }
    }
}
