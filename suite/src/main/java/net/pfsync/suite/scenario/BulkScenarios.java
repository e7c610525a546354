package net.pfsync.suite.scenario;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import net.pfsync.node.Firewall;
import net.pfsync.node.Settings;
import net.pfsync.release.Release;
import net.pfsync.sync.ConfigException;
import net.pfsync.wire.Dialect;

/** Bulk updates: asked for in vain, and answered by a machine with some states. */
final class BulkScenarios {

    private static final String FROM_NOTES = "the notes to the capture";
    private static final long START_OF_PF = 0x6b02924cL;

    private BulkScenarios() {}

    static List<Scenario> all() {
        List<Scenario> all = new ArrayList<>();
        all.add(unanswered46());
        for (int states : new int[] {0, 1, 10, 500}) {
            all.add(added("openbsd-4.6", "openbsd-4.6", "02-bulk-4.6-" + states + ".pcap", states, ""));
        }
        all.add(traffic("openbsd-4.6", "openbsd-4.6", "02b-bulk-traffic-4.6-10.pcap", 10, ""));
        all.add(added(
                "openbsd-4.5",
                "openbsd-4.5",
                "02-bulk-4.5-0.pcap",
                0,
                "A stops at the first request, in both. B asks every 5 s; the recorded machine was late by up to 1.7 s"
                        + " on a loaded host."));
        for (int states : new int[] {1, 10, 500}) {
            all.add(added("openbsd-4.5", "openbsd-4.5", "02-bulk-4.5-" + states + ".pcap", states, ""));
        }
        all.add(added("openbsd-4.5", "openbsd-4.6", "02-bulk-4.5to4.6-10.pcap", 10, ""));
        all.add(traffic("openbsd-4.5", "openbsd-4.5", "02b-bulk-traffic-4.5-1.pcap", 1, ""));
        all.add(traffic("openbsd-4.5", "openbsd-4.5", "02b-bulk-traffic-4.5-500.pcap", 500, ""));
        all.add(traffic("openbsd-4.5", "openbsd-4.6", "02b-bulk-traffic-4.5to4.6-10.pcap", 10, ""));
        all.add(unanswered76());
        for (int states : new int[] {0, 1, 10, 500}) {
            all.add(told("s2_bulk_" + states + ".pcap", states));
        }
        return all;
    }

    private static Scenario unanswered46() {
        return new Scenario(
                "openbsd-4.6",
                "01-bulk-request-noanswer.pcap",
                "nobody answers; SIOCSETPFSYNC again, pfsync0 down and up, START and END",
                FROM_NOTES + "; when pfsync0 went down and up follows from OBSERVED.md, section B",
                "The recorded clock ran right to 1 %, so that the longest wait, 20.66 s, differs by up to 0.2 s.",
                recording -> {
                    ScenarioLab lab = new ScenarioLab(Site.EM, START_OF_PF, 0);
                    Release release = recording.release("openbsd-4.6");
                    lab.boot("A", release, Setups.settings(release, 1, Setups.EM_RULES));
                    lab.at(0, () -> lab.up("A", false));
                    lab.at(100.2876, () -> again(lab));
                    lab.at(103.2, () -> running(lab, false));
                    lab.at(103.3, () -> running(lab, true));
                    lab.at(128.3027, () -> again(lab));
                    lab.play("injector", recording.sync(), recording.start());
                    return lab;
                });
    }

    private static String count(int states) {
        return states == 1 ? "1 state" : states + " states";
    }

    private static void again(ScenarioLab lab) {
        try {
            lab.firewall("A").pfsync().setSyncdev("em0");
        } catch (ConfigException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void running(ScenarioLab lab, boolean up) {
        try {
            if (up) {
                lab.firewall("A").pfsync().up();
            } else {
                lab.firewall("A").pfsync().down();
            }
        } catch (ConfigException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Scenario added(String kernel, String asker, String capture, int states, String differs) {
        return new Scenario(
                kernel,
                capture,
                asker.equals(kernel)
                        ? "A has " + count(states) + " by DIOCADDSTATE, then B comes up"
                        : "A has " + count(states) + " by DIOCADDSTATE, then B comes up, which runs " + asker,
                FROM_NOTES,
                differs,
                recording -> {
                    ScenarioLab lab = new ScenarioLab(Site.EM, START_OF_PF, 0);
                    Firewall a = bootA(lab, recording.release(kernel), Setups.EM_RULES);
                    lab.at(-200, () -> Setups.addUdpStates(a, states));
                    lab.at(-190, () -> lab.up("A", false));
                    bootB(lab, recording.release(asker));
                    return lab;
                });
    }

    private static Firewall bootA(ScenarioLab lab, Release release, String rules) {
        Settings settings = Setups.settings(release, Setups.HOST_A, rules);
        return lab.boot("A", release, settings.timeouts(Setups.timeouts(release, 6, 600, 8, 600)));
    }

    private static void bootB(ScenarioLab lab, Release release) {
        lab.boot("B", release, Setups.settings(release, Setups.HOST_B, Setups.EM_RULES));
        lab.at(0, () -> lab.up("B", false));
    }

    private static Scenario traffic(String kernel, String asker, String capture, int flows, String differs) {
        return new Scenario(
                kernel,
                capture,
                "A has " + count(flows) + " of forwarded UDP packets, then B comes up",
                FROM_NOTES + "; only packets coming in make states, as the states that were sent show",
                differs,
                recording -> {
                    ScenarioLab lab = new ScenarioLab(Site.EM, START_OF_PF, 0);
                    String rules = "pass in quick on em1 inet all flags any keep state\npass quick all no state";
                    bootA(lab, recording.release(kernel), rules);
                    lab.at(-200, () -> lab.up("A", false));
                    for (int i = 0; i < flows; i++) {
                        byte[] packet = Datagrams.udp("10.7.1.2", 20_000 + i, "10.7.2.2", 9, 10);
                        lab.at(-5 + i * 0.001, () -> lab.forward(true, "A", packet));
                    }
                    bootB(lab, recording.release(asker));
                    return lab;
                });
    }

    private static Scenario unanswered76() {
        return new Scenario(
                "openbsd-7.6",
                "s1_up_nobody.pcap",
                "pfsync0 of A comes up, nobody answers",
                FROM_NOTES + "; the states of A's own neighbour discovery are added a second before they were told",
                "What expires is removed by the first purge run at which whole seconds say so; when within a second a"
                        + " state was made is not known.",
                recording -> {
                    Release release = recording.release("openbsd-7.6");
                    ScenarioLab lab = new ScenarioLab(Site.VIO, START_OF_PF, 0.17);
                    Firewall a = lab.boot("A", release, Setups.settings(release, Setups.HOST_VIO, Setups.VIO_RULES));
                    lab.at(0, () -> lab.up("A", false));
                    for (Recording.Told told : recording.states(release.dialect())) {
                        lab.at(
                                told.at().minusSeconds(1),
                                () -> a.addState(Setups.state(
                                        a, told.state(), 0, told.state().expire() + 1)));
                    }
                    return lab;
                });
    }

    private static Scenario told(String capture, int states) {
        return new Scenario(
                "openbsd-7.6",
                capture,
                "A has " + count(states) + ", then B comes up",
                FROM_NOTES + "; the states are those that A sent",
                "",
                recording -> answered(recording));
    }

    private static ScenarioLab answered(Recording recording) throws IOException {
        Release release = recording.release("openbsd-7.6");
        Dialect dialect = release.dialect();
        ScenarioLab lab = new ScenarioLab(Site.VIO, START_OF_PF, 0);
        Firewall a = lab.boot("A", release, Setups.settings(release, Setups.HOST_VIO, Setups.VIO_RULES));
        lab.boot("B", release, Setups.settings(release, Setups.HOST_B, Setups.VIO_RULES));
        lab.at(-200, () -> lab.up("A", false));
        lab.at(
                -10,
                () -> recording
                        .states(dialect)
                        .forEach(told -> a.addState(Setups.state(
                                a,
                                told.state(),
                                told.state().creation(),
                                told.state().expire() + 10))));
        lab.at(0, () -> lab.up("B", false));
        return lab;
    }
}
