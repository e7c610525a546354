package net.pfsync.suite.scenario;

import java.io.IOException;
import java.util.List;
import net.pfsync.node.Firewall;
import net.pfsync.node.Settings;
import net.pfsync.pf.StateSelection;
import net.pfsync.pf.Timeouts;
import net.pfsync.release.Release;

/** Traffic through one firewall. */
final class TrafficScenarios {

    private static final String CLIENT = Conversation.CLIENT;
    private static final String SERVER = Conversation.SERVER;

    private TrafficScenarios() {}

    static List<Scenario> all() {
        return List.of(forwarding46(), tcp76(), udp76(), udp6(), icmp76());
    }

    private static Scenario forwarding46() {
        return new Scenario(
                "openbsd-4.6",
                "03-forwarding.sync.pcap",
                "TCP with 3, 400 and 10 segments, a short connection, kill by id, UDP, ICMP, DIOCCLRSTATES",
                "the captures of both LANs of the hosts; commands when the frames show that they were given",
                "",
                TrafficScenarios::forwarding46);
    }

    private static ScenarioLab forwarding46(Recording recording) throws IOException {
        Release release = recording.release("openbsd-4.6");
        ScenarioLab lab = new ScenarioLab(Site.EM, 0x6b0294f1L, 0.78);
        Settings settings =
                Setups.settings(release, Setups.HOST_A, Setups.EM_CONNECTIONS).timeouts(Setups.timeouts(release, 10));
        Firewall a = lab.boot("A", release, settings);
        lab.at(-200, () -> lab.up("A", false));
        long start = recording.start();
        lab.play("client", recording.other("03-forwarding.client.pcap"), start);
        lab.play("server", recording.other("03-forwarding.server.pcap"), start);
        lab.at(0, () -> a.flushStates(""));
        lab.at(79.619, () -> killAll(a));
        lab.at(144.5206, () -> a.flushStates(""));
        lab.at(149.2643, () -> a.flushStates("em1"));
        lab.at(151.2681, () -> a.flushStates("all"));
        lab.at(154.3404, () -> a.flushStates(""));
        lab.at(157.41, () -> killAll(a));
        return lab;
    }

    private static void killAll(Firewall firewall) {
        firewall.kill(StateSelection.ALL);
    }

    /** Two machines of 7.6, defer off, with the timeouts that the recorded states show. */
    static ScenarioLab pair(Release release, double purge, long statesBefore) {
        ScenarioLab lab = new ScenarioLab(Site.VIO, 0x6b028ecdL, purge);
        int[] timeouts = Setups.timeouts(
                release,
                Timeouts.TCP_CLOSING,
                10,
                Timeouts.TCP_FIN_WAIT,
                10,
                Timeouts.TCP_CLOSED,
                10,
                Timeouts.UDP_FIRST_PACKET,
                10,
                Timeouts.UDP_SINGLE,
                10,
                Timeouts.UDP_MULTIPLE,
                10,
                Timeouts.ICMP_FIRST_PACKET,
                5,
                Timeouts.ICMP_ERROR_REPLY,
                5);
        lab.boot(
                "A",
                release,
                Setups.settings(release, Setups.HOST_VIO, Setups.VIO_RULES)
                        .statesBefore(statesBefore)
                        .timeouts(timeouts));
        lab.boot(
                "B",
                release,
                Setups.settings(release, Setups.HOST_B, Setups.VIO_RULES).timeouts(timeouts));
        lab.at(-200, () -> lab.up("A", false));
        lab.at(-190, () -> lab.up("B", false));
        return lab;
    }

    private static final String PURGE =
            "What expires is removed by the first purge run at which whole seconds say so; where"
                    + " within a second the clocks of the machines stood is not known.";

    private static final String FROM_STATES = "the notes to the capture, and the states and times in it";

    private static Scenario udp76() {
        return new Scenario("openbsd-7.6", "s3_udp4.pcap", "UDP until expiry", FROM_STATES, PURGE, recording -> {
            ScenarioLab lab = pair(recording.release("openbsd-7.6"), 0.6, 6);
            for (double at : new double[] {-1, -0.5, 0.03}) {
                lab.at(at, () -> lab.forward(true, "A", Datagrams.udp(CLIENT, 40_002, SERVER, 5001, 20)));
                lab.at(at + 0.002, () -> lab.forward(false, "A", Datagrams.udp(SERVER, 5001, CLIENT, 40_002, 20)));
            }
            return lab;
        });
    }

    private static Scenario udp6() {
        return new Scenario(
                "openbsd-7.6", "s3_udp6.pcap", "UDP over IPv6 until expiry", FROM_STATES, PURGE, recording -> {
                    ScenarioLab lab = pair(recording.release("openbsd-7.6"), 0.3, 10);
                    for (double at : new double[] {-1, -0.5, 0}) {
                        lab.at(
                                at,
                                () -> lab.forward(
                                        true, "A", Datagrams.udp("fd00:1::10", 40_004, "fd00:2::10", 5006, 20)));
                        lab.at(
                                at + 0.002,
                                () -> lab.forward(
                                        false, "A", Datagrams.udp("fd00:2::10", 5006, "fd00:1::10", 40_004, 20)));
                    }
                    return lab;
                });
    }

    private static Scenario icmp76() {
        return new Scenario("openbsd-7.6", "s3_icmp4.pcap", "ping until expiry", FROM_STATES, PURGE, recording -> {
            ScenarioLab lab = pair(recording.release("openbsd-7.6"), 0.15, 0x3e);
            int sequence = 0;
            for (double at : new double[] {-1, -0.5, 0.01}) {
                int number = sequence++;
                lab.at(at, () -> lab.forward(true, "A", Datagrams.echo(CLIENT, SERVER, true, 17_740, number, 56)));
                lab.at(
                        at + 0.002,
                        () -> lab.forward(false, "A", Datagrams.echo(SERVER, CLIENT, false, 17_740, number, 56)));
            }
            return lab;
        });
    }

    private static Scenario tcp76() {
        return new Scenario(
                "openbsd-7.6",
                "s3_tcp4.pcap",
                "TCP: handshake, data, 200 exchanges in 80 ms, close, expiry",
                FROM_STATES,
                PURGE
                        + " In which of the two directions the packet came that filled the count of 128 updates"
                        + " decides which of the states is first in a frame; the packets were not captured.",
                recording -> {
                    ScenarioLab lab = pair(recording.release("openbsd-7.6"), 0.25, 4);
                    Conversation tcp = new Conversation(lab, 40_001);
                    tcp.open(-1);
                    for (int i = 0; i < 3; i++) {
                        tcp.exchange(-0.5 + i * 0.01);
                    }
                    for (int i = 0; i < 200; i++) {
                        tcp.exchange(2.5947 + i * 0.0004);
                    }
                    tcp.close(5.667);
                    return lab;
                });
    }
}
