package net.pfsync.suite.scenario;

import java.io.IOException;
import java.util.List;
import net.pfsync.node.Firewall;
import net.pfsync.release.Release;
import net.pfsync.sync.ConfigException;

/** First packets that are held until a peer knows their states. */
final class DeferScenarios {

    private DeferScenarios() {}

    static List<Scenario> all() {
        return List.of(defer46());
    }

    private static Scenario defer46() {
        return new Scenario(
                "openbsd-4.6",
                "04-defer.sync.pcap",
                "defer off; defer on without peer; answers at once, late, too late, wrong, other messages instead; a real peer",
                "the captures of both LANs of the hosts, and what the injector sent",
                "",
                DeferScenarios::defer46);
    }

    private static ScenarioLab defer46(Recording recording) throws IOException {
        Release release = Release.of("openbsd-4.6");
        ScenarioLab lab = new ScenarioLab(Site.EM, 0x6b0293c0L);
        Firewall a = lab.boot("A", release, Setups.settings(release, Setups.HOST_A, Setups.EM_RULES));
        lab.boot("B", release, Setups.settings(release, Setups.HOST_B, Setups.EM_RULES));
        long start = recording.start();
        lab.play("client", recording.other("04-defer.client.pcap"), start);
        lab.play("server", recording.other("04-defer.server.pcap"), start);
        lab.play("injector", recording.sync(), start);
        lab.at(0, () -> lab.up("A", false));
        lab.at(2.8044, () -> a.flushStates(""));
        lab.at(9.045, () -> defer(a));
        lab.at(11.8486, () -> a.flushStates(""));
        lab.at(58.9567, () -> lab.up("B", true));
        return lab;
    }

    /** SIOCSETPFSYNC sets the sync interface again, whatever it changes. */
    private static void defer(Firewall firewall) {
        try {
            firewall.pfsync().setDefer(true);
            firewall.pfsync().setSyncdev("em0");
        } catch (ConfigException e) {
            throw new IllegalStateException(e);
        }
    }
}
