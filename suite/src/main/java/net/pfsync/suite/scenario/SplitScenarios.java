package net.pfsync.suite.scenario;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import net.pfsync.node.Firewall;
import net.pfsync.release.Release;
import net.pfsync.sync.ConfigException;

/**
 * Connections that leave through one firewall and come back through the other.
 *
 * <p>How many updates of the two machines cross depends on how long a frame took from one to the other. The captures do
 * not tell; the time here is the one with which as many cross as recorded.
 */
final class SplitScenarios {

    private SplitScenarios() {}

    static List<Scenario> all() {
        return List.of(
                new Scenario(
                        "openbsd-4.6",
                        "05-active-active.sync.pcap",
                        "out through A, back through B; defer on neither, on both, on A; connect, 5, 1 and 300"
                                + " segments, close",
                        "the captures of both LANs of the hosts; a frame takes 0.26 ms on the sync LAN, with which as"
                                + " many updates cross as recorded",
                        "A answers a bulk request one second late while its own interface has just joined the group"
                                + " (probably its driver starts the link anew). How many updates of 900 segments cross"
                                + " differs by 2 %, and with it which of the two states is first.",
                        SplitScenarios::split46),
                new Scenario(
                        "openbsd-7.6",
                        "s5_split_defer.pcap",
                        "out through A, back through B, defer on both; 20 exchanges of 1000 bytes, 100 kB echoed",
                        "the captures of both LANs of the hosts, packets in the batches in which they left; a frame"
                                + " takes 0.58 ms on the sync LAN, with which as many updates cross as recorded",
                        "Which updates of a burst share a frame and which cross was decided by the emulation to a"
                                + " fraction of a millisecond, and so are the order of the two states in a frame and,"
                                + " within the burst, the time.",
                        SplitScenarios::split76));
    }

    private static ScenarioLab split46(Recording recording) throws IOException {
        Release release = recording.release("openbsd-4.6");
        ScenarioLab lab = new ScenarioLab(Site.EM, 0x6b02959aL, 0, Duration.ofNanos(260_000));
        lab.boot(
                "A",
                release,
                Setups.settings(release, Setups.HOST_A, Setups.EM_CONNECTIONS).statesBefore(2));
        lab.boot("B", release, Setups.settings(release, Setups.HOST_B, Setups.EM_CONNECTIONS));
        long start = recording.start();
        lab.play("client", recording.other("05-active-active.client.pcap"), start);
        lab.play("server", recording.other("05-active-active.server.pcap"), start);
        configure(lab, "A", 0.0, false);
        configure(lab, "B", 0.0062, false);
        flush(lab, 4.0103, 4.0196);
        configure(lab, "A", 25.6140, true);
        configure(lab, "B", 25.6191, true);
        flush(lab, 29.6212, 29.6269);
        configure(lab, "A", 50.2965, true);
        configure(lab, "B", 50.2999, false);
        flush(lab, 54.3018, 54.3066);
        return lab;
    }

    private static void flush(ScenarioLab lab, double atA, double atB) {
        lab.at(atA, () -> lab.firewall("A").flushStates(""));
        lab.at(atB, () -> lab.firewall("B").flushStates(""));
    }

    private static void configure(ScenarioLab lab, String name, double at, boolean defer) {
        Firewall firewall = lab.firewall(name);
        lab.at(at, () -> {
            if (!firewall.pfsync().exists()) {
                lab.up(name, defer);
                return;
            }
            try {
                firewall.pfsync().setDefer(defer);
                firewall.pfsync().setSyncdev("em0");
            } catch (ConfigException e) {
                throw new IllegalStateException(e);
            }
        });
    }

    private static ScenarioLab split76(Recording recording) throws IOException {
        Release release = recording.release("openbsd-7.6");
        ScenarioLab lab = new ScenarioLab(Site.VIO, 0x6b028ecdL, 0, Duration.ofNanos(580_000));
        lab.boot(
                "A",
                release,
                Setups.settings(release, Setups.HOST_VIO, Setups.VIO_RULES).statesBefore(0x50));
        lab.boot("B", release, Setups.settings(release, Setups.HOST_B, Setups.VIO_RULES));
        lab.at(-200, () -> lab.up("A", true));
        lab.at(-190, () -> lab.up("B", true));
        long start = recording.start();
        Capture inside = recording.other("s5_split_defer_lan1.pcap");
        Capture outside = recording.other("s5_split_defer_lan2.pcap");
        lab.playForwarded("client", inside, outside, start);
        lab.playForwarded("server", outside, inside, start);
        return lab;
    }
}
