package net.pfsync.suite.scenario;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import net.pfsync.node.Firewall;
import net.pfsync.release.Release;
import net.pfsync.sync.ConfigException;
import net.pfsync.wire.Dialect;

/** First packets that are held until a peer knows their states. */
final class DeferScenarios {

    private DeferScenarios() {}

    static List<Scenario> all() {
        return List.of(defer46(), defer76());
    }

    private static Scenario defer46() {
        return new Scenario(
                "openbsd-4.6",
                "04-defer.sync.pcap",
                "defer off; defer on without peer; answers at once, late, too late, wrong, other messages instead; a"
                        + " real peer",
                "the captures of both LANs of the hosts, and what the injector sent",
                "Two UPD_REQ that came 0.1 ms apart were answered in one frame: the recorded machine took them in one"
                    + " batch. Which of the 50 states a purge run looks at depends on where the one before stood, up"
                    + " to 10 s; so the DEL_C of 1a to 1d joined other frames than ours.",
                DeferScenarios::defer46);
    }

    private static ScenarioLab defer46(Recording recording) throws IOException {
        Release release = Release.of("openbsd-4.6");
        ScenarioLab lab = new ScenarioLab(Site.EM, 0x6b0293c0L, 0.3);
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

    private static Scenario defer76() {
        return new Scenario(
                "openbsd-7.6",
                List.of("s4_nodefer_peer.pcap", "s4_defer_peer.pcap", "s4_defer_nopeer.pcap"),
                "connections through A: defer off, defer on with B, defer on without B",
                "the notes to the captures, and the states and times in them: a connection every 0.9 s, closed after"
                        + " 0.32 s",
                "7.6 has two send queues, and on the recorded A what expires leaves with a timer of its own. Ours has"
                        + " one queue, which every held packet flushes: its DEL_C join the INS, and then the timer that"
                        + " they started flushes the UPD_C early.",
                recording -> connections(recording));
    }

    /** The three captures are of one session: what expires in one was made in the one before. */
    private static ScenarioLab connections(Recording recording) {
        ScenarioLab lab = TrafficScenarios.pair(0.1, 0xe);
        Duration peer = Duration.ofSeconds(9);
        Duration alone = Duration.ofMillis(20_300);
        lab.at(peer, () -> lab.firewall("A").pfsync().setDefer(true));
        lab.at(alone, () -> down(lab.firewall("B")));
        Dialect dialect = Release.of("openbsd-7.6").dialect();
        int number = 0;
        double first = -1;
        for (Recording.Told told : recording.states(dialect)) {
            if (told.state().direction() == 1) {
                double said = told.at().toNanos() / 1e9;
                double at = told.at().compareTo(peer) < 0 ? first + number * 0.9 : said;
                Conversation tcp = new Conversation(lab, told.state().port(0, 0));
                tcp.open(at);
                tcp.exchange(at + 0.035);
                tcp.close(at + 0.32);
                number++;
            }
        }
        return lab;
    }

    private static void down(Firewall firewall) {
        try {
            firewall.pfsync().down();
        } catch (ConfigException e) {
            throw new IllegalStateException(e);
        }
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
