package net.pfsync.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import net.pfsync.time.VirtualTime;
import org.junit.jupiter.api.Test;

/** A switch in memory with three stations: who gets which frame, and when. */
class VirtualLanTest {

    private static final Duration LATENCY = Duration.ofMillis(2);
    private static final int A_IPV4 = Ipv4Address.parse("10.0.0.1");
    private static final int B_IPV4 = Ipv4Address.parse("10.0.0.2");
    private static final int B_CARP = Ipv4Address.parse("10.0.0.100");
    private static final MacAddress A_MAC = MacAddress.parse("00:00:5e:00:53:0a");
    private static final MacAddress B_MAC = MacAddress.parse("00:00:5e:00:53:0b");
    private static final MacAddress C_MAC = MacAddress.parse("00:00:5e:00:53:0c");

    private final VirtualTime time = new VirtualTime(0);
    private final VirtualLan lan = new VirtualLan(time, LATENCY);
    private final List<String> received = new ArrayList<>();
    private final Link a = station("a", A_MAC, A_IPV4);
    private final Link b = station("b", B_MAC, B_IPV4, B_CARP);

    VirtualLanTest() {
        station("c", C_MAC);
    }

    private Link station(String name, MacAddress address, int... ipv4) {
        Link link = lan.attach(name, address, ipv4);
        link.onReceive(frame -> received.add(name + " " + frame[Ethernet.HEADER]));
        return link;
    }

    private static byte[] frame(MacAddress destination, int content) {
        return Ethernet.frame(destination, A_MAC, new byte[] {(byte) content});
    }

    private void deliver() {
        time.advance(LATENCY);
    }

    @Test
    void bringsAFrameToTheStationThatItIsAddressedToAndToNobodyElse() {
        a.send(frame(B_MAC, 1));
        deliver();
        assertThat(received).containsExactly("b 1");
    }

    @Test
    void bringsAGroupsFrameToAllOthersButNotBack() {
        a.send(frame(MacAddress.multicast(0xe00000f0), 1));
        deliver();
        assertThat(received).containsExactly("b 1", "c 1");
    }

    @Test
    void bringsABroadcastToAllOthersButNotBack() {
        b.send(frame(MacAddress.BROADCAST, 1));
        deliver();
        assertThat(received).containsExactly("a 1", "c 1");
    }

    @Test
    void bringsAFrameThatIsTooShortForItsHeaderToNobody() {
        byte[] whole = frame(MacAddress.BROADCAST, 1);
        for (int length = 0; length < Ethernet.HEADER; length++) {
            a.send(Arrays.copyOf(whole, length));
        }
        deliver();
        assertThat(received).isEmpty();
    }

    @Test
    void bringsNothingBackToASenderThatAddressesItself() {
        a.send(frame(A_MAC, 1));
        deliver();
        assertThat(received).isEmpty();
    }

    @Test
    void takesItsTimeAndKeepsTheOrder() {
        a.send(frame(B_MAC, 1));
        a.send(frame(B_MAC, 2));
        time.advance(LATENCY.minusNanos(1));
        assertThat(received).isEmpty();
        time.advance(Duration.ofNanos(1));
        assertThat(received).containsExactly("b 1", "b 2");
    }

    @Test
    void losesWhatACutStationSends() {
        lan.cut("a");
        a.send(frame(B_MAC, 1));
        lan.heal("a");
        a.send(frame(B_MAC, 2));
        deliver();
        assertThat(received).containsExactly("b 2");
    }

    @Test
    void losesWhatArrivesAtACutStation() {
        a.send(frame(B_MAC, 1));
        lan.cut("b");
        deliver();
        lan.heal("b");
        a.send(frame(B_MAC, 2));
        deliver();
        assertThat(received).containsExactly("b 2");
    }

    @Test
    void deliversToTheOthersWhileOneIsCut() {
        lan.cut("b");
        a.send(frame(MacAddress.BROADCAST, 1));
        deliver();
        assertThat(received).containsExactly("c 1");
    }

    @Test
    void tellsAStationOnceThatItsLinkWentAndOnceThatItCame() {
        List<Boolean> told = new ArrayList<>();
        a.onStatus(told::add);
        assertThat(a.up()).isTrue();
        lan.cut("a");
        lan.cut("a");
        assertThat(a.up()).isFalse();
        lan.heal("a");
        lan.heal("a");
        assertThat(a.up()).isTrue();
        assertThat(told).containsExactly(false, true);
        assertThat(b.up()).isTrue();
    }

    @Test
    void answersArpForTheAddressesThatAStationWasAttachedWith() {
        List<String> answers = new ArrayList<>();
        a.onReceive(frame -> answers.add(MacAddress.at(frame, 22) + " has " + NetworkOrder.int32(frame, 28)));
        for (String asked : List.of("10.0.0.2", "10.0.0.100", "10.0.0.3")) {
            byte[] question = Bystander.arpFrame(1, A_MAC, "10.0.0.1", asked);
            a.send(Ethernet.addressed(question, MacAddress.BROADCAST, A_MAC));
        }
        time.advance(LATENCY.multipliedBy(2));
        assertThat(answers).containsExactly(B_MAC + " has " + B_IPV4, B_MAC + " has " + B_CARP);
        assertThat(a.address()).isEqualTo(A_MAC);
    }

    @Test
    void showsTapsEveryFrameWhenItIsSent() {
        List<String> seen = new ArrayList<>();
        lan.tap((nanos, station, frame) -> seen.add(nanos + " " + station + " " + frame[Ethernet.HEADER]));
        a.send(frame(B_MAC, 1));
        deliver();
        lan.cut("a");
        a.send(frame(B_MAC, 2));
        b.send(frame(C_MAC, 3));
        assertThat(seen).containsExactly("0 a 1", LATENCY.toNanos() + " b 3");
    }

    @Test
    void losesAndDelaysWhatItsConditionsSay() {
        lan.conditions((station, frame) -> frame[Ethernet.HEADER] == 1
                ? VirtualLan.Conditions.LOST
                : frame[Ethernet.HEADER] == 2 ? LATENCY.toNanos() : 0);
        a.send(frame(B_MAC, 1));
        a.send(frame(B_MAC, 2));
        a.send(frame(B_MAC, 3));
        deliver();
        assertThat(received).containsExactly("b 3");
        deliver();
        assertThat(received).containsExactly("b 3", "b 2");
    }

    @Test
    void keepsTheOrderOfEachStationThroughJitter() {
        Duration atMost = Duration.ofMillis(10);
        lan.conditions(new Jitter(time, atMost, 1));
        List<Long> arrivals = new ArrayList<>();
        b.onReceive(frame -> {
            received.add("b " + frame[Ethernet.HEADER]);
            arrivals.add(time.nanos());
        });
        for (int i = 0; i < 100; i++) {
            a.send(frame(B_MAC, i));
            time.advance(Duration.ofMillis(1));
        }
        time.advance(LATENCY.plus(atMost));
        assertThat(received)
                .isEqualTo(IntStream.range(0, 100).mapToObj(i -> "b " + i).toList());
        for (int i = 0; i < 100; i++) {
            long late = arrivals.get(i) - i * 1_000_000L - LATENCY.toNanos();
            assertThat(late).isBetween(0L, atMost.toNanos());
        }
    }

    @Test
    void refusesTwoStationsOfOneNameAndNamesThatNobodyHas() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> lan.attach("a", C_MAC))
                .withMessageContaining("a");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> lan.cut("nobody"))
                .withMessageContaining("nobody")
                .withMessageContaining("[a, b, c]");
    }
}
