package net.pfsync.pcap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import net.pfsync.labs.NeedsLab;
import net.pfsync.labs.OwnNetwork;
import net.pfsync.net.Ethernet;
import net.pfsync.net.IpAddress;
import net.pfsync.net.MacAddress;
import net.pfsync.net.NetworkOrder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Real interfaces with a wire between them, in a network of the test's own. */
@NeedsLab
@Timeout(120)
class PcapLinkTest {

    private static final MacAddress ELSEWHERE = MacAddress.parse("00:00:5e:00:53:77");
    private static final MacAddress GROUP = MacAddress.multicast(0xe00000f0);
    private static final int FEW_FRAMES_BUFFER = 64 << 10;

    /** What is done with the stations at both ends of a wire. */
    @FunctionalInterface
    private interface Exchange {
        void between(Station a, Station b) throws Exception;
    }

    private static void onWire(Exchange exchange) throws Exception {
        OwnNetwork.call(() -> {
            OwnNetwork.wire("wirea", "wireb");
            try (Station a = Station.on("wirea");
                    Station b = Station.on("wireb")) {
                exchange.between(a, b);
            }
            return null;
        });
    }

    private static int number(byte[] frame) {
        return NetworkOrder.int32(frame, Ethernet.HEADER);
    }

    @Test
    void bringsFramesAsTheyWereInTheirOrderBothWays() throws Exception {
        onWire((a, b) -> {
            for (int i = 0; i < 100; i++) {
                a.send(a.frame(b.link.address(), i, 46 + i * 14));
                b.send(b.frame(a.link.address(), i, 46));
            }
            for (int i = 0; i < 100; i++) {
                assertThat(b.next()).isEqualTo(a.frame(b.link.address(), i, 46 + i * 14));
                assertThat(a.next()).isEqualTo(b.frame(a.link.address(), i, 46));
            }
        });
    }

    @Test
    void bringsFramesToGroupsAndToAddressesThatTheKernelDoesNotHave() throws Exception {
        onWire((a, b) -> {
            a.send(a.frame(GROUP, 1, 46));
            a.send(a.frame(MacAddress.BROADCAST, 2, 46));
            a.send(a.frame(ELSEWHERE, 3, 46));
            assertThat(List.of(number(b.next()), number(b.next()), number(b.next())))
                    .containsExactly(1, 2, 3);
        });
    }

    @Test
    void doesNotSeeWhatItsOwnMachineSends() throws Exception {
        onWire((a, b) -> {
            try (Station another = Station.on("wirea")) {
                a.send(a.frame(GROUP, 1, 46));
                another.send(another.frame(GROUP, 2, 46));
                assertThat(List.of(number(b.next()), number(b.next()))).containsExactly(1, 2);
                b.send(b.frame(GROUP, 3, 46));
                assertThat(number(a.next())).isEqualTo(3);
                assertThat(number(another.next())).isEqualTo(3);
            }
        });
    }

    @Test
    void speaksFromTheAddressThatItIsGiven() throws Exception {
        OwnNetwork.call(() -> {
            OwnNetwork.wire("wirea", "wireb");
            try (Station own = new Station("wirea", ELSEWHERE, Capture.BUFFER_BYTES);
                    Station kernels = Station.on("wirea")) {
                assertThat(own.link.address()).isEqualTo(ELSEWHERE);
                assertThat(OwnNetwork.run("ip link show wirea"))
                        .contains(kernels.link.address().toString());
            }
            return null;
        });
    }

    @Test
    void counts() throws Exception {
        onWire((a, b) -> {
            for (int i = 0; i < 10; i++) {
                a.send(a.frame(GROUP, i, 46));
                b.next();
            }
            a.send(new byte[70_000]);
            assertThat(a.statistics()).isEqualTo(new LinkStatistics(0, 10, 0, 0, 0, 0, 1));
            assertThat(b.statistics()).isEqualTo(new LinkStatistics(10, 0, 0, 0, 0, 0, 0));
        });
    }

    // ---- losses ----

    /** Both ends send at the same time, 100 000 frames a second each if the machine lets them. */
    @Test
    void losesNoneOf100000FramesASecondEachWay() throws Exception {
        onWire((a, b) -> {
            Flood there = new Flood(a, b);
            Flood back = new Flood(b, a);
            there.start();
            back.start();
            there.awaitEnd();
            back.awaitEnd();
            System.out.println("PcapLink: " + there.rate() + " and " + back.rate() + " frames/s at the same time");
            assertThat(a.statistics().losses()).startsWith("0 frames lost");
            assertThat(b.statistics().losses()).startsWith("0 frames lost");
            assertThat(there.arrived()).isEqualTo(Flood.FRAMES);
            assertThat(back.arrived()).isEqualTo(Flood.FRAMES);
        });
    }

    @Test
    void countsWhatTheKernelHadNoRoomFor() throws Exception {
        OwnNetwork.call(() -> {
            OwnNetwork.wire("wirea", "wireb");
            try (Station a = Station.on("wirea");
                    Station b = new Station("wireb", null, FEW_FRAMES_BUFFER)) {
                byte[] last = a.frame(ELSEWHERE, -1, 46);
                int sent = 0;
                while (b.statistics().droppedByKernel() == 0) {
                    sent += a.onLoop(() -> {
                        for (int i = 0; i < 1000; i++) {
                            a.link.send(a.frame(GROUP, i, 1000));
                        }
                        return 1000;
                    });
                }
                do {
                    a.send(last);
                    sent++;
                } while (b.received.stream().noneMatch(frame -> number(frame) == -1));
                LinkStatistics statistics = b.statistics();
                assertThat(statistics.received() + statistics.lost()).isEqualTo(sent);
                assertThat(statistics.losses()).contains("kernel " + statistics.droppedByKernel());
            }
            return null;
        });
    }

    @Test
    void countsWhatTheLoopWasTooSlowFor() throws Exception {
        onWire((a, b) -> {
            int frames = 70_000;
            b.onLoop(() -> {
                // Meanwhile the loop takes nothing.
                a.onLoop(() -> {
                    for (int i = 0; i < frames; i++) {
                        a.link.send(a.frame(GROUP, i, 46));
                        if (i % 1000 == 0) {
                            while (b.link.statistics().received()
                                            + b.link.statistics().droppedByKernel()
                                    < i) {
                                Thread.onSpinWait();
                            }
                        }
                    }
                    return null;
                });
                while (b.link.statistics().received() + b.link.statistics().droppedByKernel() < frames) {
                    Thread.onSpinWait();
                }
                return null;
            });
            LinkStatistics statistics = b.statistics();
            assertThat(statistics.droppedByLoop()).isEqualTo(statistics.received() - 65_536);
        });
    }

    @Test
    void leavesOutAndCountsFramesThatNoEthernetCarried() throws Exception {
        onWire((a, b) -> {
            OwnNetwork.run("ip link set wirea mtu 9000");
            OwnNetwork.run("ip link set wireb mtu 9000");
            a.send(a.frame(GROUP, 1, 1501 + 18));
            a.send(a.frame(GROUP, 2, 8000));
            a.send(a.frame(GROUP, 3, 1500));
            assertThat(number(b.next())).isEqualTo(3);
            assertThat(b.statistics().tooLong()).isEqualTo(2);
        });
    }

    // ---- the interface goes and comes ----

    @Test
    void tellsWhenTheLinkComesAndGoesAndCarriesFramesAgain() throws Exception {
        onWire((a, b) -> {
            assertThat(a.onLoop(a.link::up)).isTrue();
            OwnNetwork.run("ip link set wireb down");
            assertThat(a.change()).isFalse();
            assertThat(b.change()).isFalse();
            assertThat(a.onLoop(a.link::up)).isFalse();
            b.send(b.frame(GROUP, 1, 46));
            assertThat(b.statistics().sendErrors()).isOne();
            OwnNetwork.run("ip link set wireb up");
            assertThat(a.change()).isTrue();
            assertThat(b.change()).isTrue();
            int number = 2;
            do {
                a.send(a.frame(GROUP, number, 46));
                b.send(b.frame(GROUP, number, 46));
                number++;
            } while (a.received.isEmpty() || b.received.isEmpty());
        });
    }

    @Test
    void survivesAnInterfaceThatVanishes() throws Exception {
        onWire((a, b) -> {
            OwnNetwork.run("ip link delete wirea");
            assertThat(a.change()).isFalse();
            a.send(a.frame(GROUP, 1, 46));
            assertThat(a.statistics().sendErrors()).isOne();
        });
    }

    // ---- what it refuses ----

    @Test
    void saysWhichInterfacesThereAre() {
        assertThatExceptionOfType(ExecutionException.class)
                .isThrownBy(() -> onWire((a, b) -> Station.on("wirec")))
                .havingCause()
                .isInstanceOf(LinkException.class)
                .withMessage("no interface wirec; there are lo, wirea, wireb");
    }

    @Test
    void refusesWhatIsNotEthernet() {
        assertThatExceptionOfType(ExecutionException.class)
                .isThrownBy(() -> onWire((a, b) -> Station.on("lo")))
                .havingCause()
                .withMessage("lo is not an Ethernet interface");
    }

    @Test
    void saysWhoMayCapture() throws Exception {
        assertThat(openOnce(List.of("setpriv", "--bounding-set=-net_raw,-net_admin"), List.of()))
                .isEqualTo(
                        "no permission to capture on wirea; root may, and a program with the capabilities CAP_NET_RAW"
                                + " and CAP_NET_ADMIN");
    }

    @Test
    void saysThatLibpcapIsMissing() throws Exception {
        assertThat(openOnce(List.of(), List.of("-Dorg.pcap4j.core.pcapLibName=/nowhere/libpcap.so")))
                .isEqualTo("libpcap is missing; on Debian: apt-get install libpcap0.8");
    }

    @Test
    void opensInAProgramThatHasEverything() throws Exception {
        assertThat(openOnce(List.of(), List.of())).isEqualTo("opened");
    }

    private static String openOnce(List<String> before, List<String> options) throws Exception {
        return OwnNetwork.call(() -> {
            OwnNetwork.wire("wirea", "wireb");
            List<String> command = new ArrayList<>(before);
            command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
            command.addAll(options);
            command.addAll(List.of("--enable-native-access=ALL-UNNAMED", "-cp", System.getProperty("java.class.path")));
            command.addAll(List.of(OpenOnce.class.getName(), "wirea"));
            return output(command);
        });
    }

    private static String output(List<String> command) throws IOException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    }

    // ---- the kernel's own addresses ----

    @Test
    void findsTheInterfaceForWhoseAddressTheKernelAnswers() throws Exception {
        assertThat(KernelInterface.having(IpAddress.parse("127.0.0.1"))).isEqualTo("lo");
        assertThat(KernelInterface.having(IpAddress.parse("::1"))).isEqualTo("lo");
        assertThat(KernelInterface.having(IpAddress.parse("192.0.2.77"))).isNull();
    }
}
