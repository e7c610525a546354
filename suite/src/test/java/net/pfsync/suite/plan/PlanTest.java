package net.pfsync.suite.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import net.pfsync.node.console.Answer;
import net.pfsync.release.Release;
import net.pfsync.suite.catalogue.Entry;
import net.pfsync.suite.requirement.CaseListener;
import net.pfsync.suite.requirement.CaseListeners;
import net.pfsync.suite.requirement.CaseOutcome;
import net.pfsync.suite.requirement.CaseRun;
import net.pfsync.suite.run.CaseFinder;
import net.pfsync.suite.run.SuiteRunner;
import net.pfsync.suite.samples.Samples;
import net.pfsync.suite.target.Adapter;
import net.pfsync.suite.target.Capability;
import net.pfsync.suite.target.ReleaseInfo;
import net.pfsync.suite.target.embedded.EmbeddedArena;
import net.pfsync.suite.target.embedded.Sabotage;
import net.pfsync.suite.target.real.LabConfig;
import net.pfsync.suite.target.real.LabConfig.Door;
import net.pfsync.suite.target.real.LabConfig.FirewallEntry;
import net.pfsync.suite.target.real.LabConfig.ManualDoor;
import net.pfsync.suite.target.real.LabConfig.Mode;
import net.pfsync.suite.target.real.LabConfig.NoDoor;
import net.pfsync.suite.target.real.LabConfig.Patience;
import net.pfsync.suite.target.real.LabConfig.Platform;
import net.pfsync.suite.target.real.Rehearsal;
import net.pfsync.suite.target.real.Remote.Output;
import net.pfsync.suite.verdict.Verdict;
import org.junit.jupiter.api.Test;

class PlanTest {

    private final List<CaseOutcome> outcomes = new ArrayList<>();
    private final List<byte[]> sent = new ArrayList<>();

    private static LabConfig lab(Mode mode, Door door, Platform system) {
        return new LabConfig(
                "a pair",
                "auto",
                mode,
                "eth1",
                "10.9.0.9",
                null,
                null,
                null,
                Patience.USUAL,
                List.of(
                        new FirewallEntry("a", door, system, "10.1.0.1", "igb2"),
                        new FirewallEntry("b", door, system, "10.1.0.2", "igb2")));
    }

    private String plan(LabConfig lab, String cases) {
        return plan(lab, new EmbeddedArena(Release.of("reference-v6")), cases);
    }

    private static EmbeddedArena beside(String peer) {
        return new EmbeddedArena(Release.of("reference-v6"), Release.of(peer), Sabotage.NONE);
    }

    private String plan(LabConfig lab, EmbeddedArena memory, String cases) {
        Plan plan = new Plan(memory.release().dialect());
        CaseListener outcome = new CaseListener() {
            @Override
            public void started(Entry entry, String methodName) {
                // Only the end counts.
            }

            @Override
            public void finished(CaseOutcome ended) {
                outcomes.add(ended);
            }
        };
        Rehearsal.Witness witness = new Rehearsal.Witness(
                packet -> {
                    sent.add(packet);
                    plan.sends(packet);
                },
                plan::types,
                plan::takes);
        Rehearsal rehearsal = new Rehearsal(lab, memory, PlanTest::typed, witness);
        SuiteRunner.run(
                new CaseRun(Samples.catalogue(), rehearsal, 1, new CaseListeners(outcome, plan), () -> false),
                CaseFinder.in(cases));
        StringWriter text = new StringWriter();
        plan.print(Samples.catalogue(), 2, new PrintWriter(text));
        return text.toString();
    }

    private static Rehearsal.Typed typed(Adapter firewall, String line) {
        return input -> {
            Answer answer = EmbeddedArena.typed(firewall, line, input);
            return new Output(answer.out(), answer.err(), answer.exit());
        };
    }

    @Test
    void namesWhatIsSentAndTyped() {
        String text = plan(lab(Mode.SAFE, new ManualDoor(), Platform.OPENBSD), "net.pfsync.suite.samples.stopping");

        assertThat(outcomes).extracting(CaseOutcome::verdict).containsExactly(Verdict.PASS);
        assertThat(text)
                .startsWith("before the first case\n    types     a# ifconfig -a (1 times)\n")
                .contains("PFSYNC-HOWTO-04  ")
                .contains("    about     creators 7e570001, 7e570002, 7e570003, 7e570004, 7e570005, all\n")
                .contains("    types     b# pfctl -s states -vv (")
                .contains("all together\n");
        assertThat(text).contains("sends     " + sent.size() + " frames: ");
    }

    /** Nobody removes the suite's states from a firewall that drops what the probe says, and it is asked in its own version what it has. */
    @Test
    void aPeerOfAnotherVersionIsNotSpokenToInItsPlace() {
        for (Door door : List.of(new ManualDoor(), new NoDoor())) {
            LabConfig mixed = lab(Mode.SAFE, door, Platform.OPENBSD);

            String text = plan(mixed, beside("reference-v5"), "net.pfsync.suite.samples.stopping");

            assertThat(outcomes).extracting(CaseOutcome::verdict).containsOnly(Verdict.PASS);
            assertThat(text).contains("sends ");
        }
    }

    @Test
    void aSecondFirewallIsAPeerOrAForeignOneByItsVersion() {
        LabConfig lab = lab(Mode.FULL, new ManualDoor(), Platform.OPENBSD);
        Rehearsal.Witness nobody = new Rehearsal.Witness(packet -> {}, (firewall, line) -> {}, time -> {});

        for (String peer : List.of("reference-v6", "openbsd-7.6", "reference-v5")) {
            EmbeddedArena memory = beside(peer);
            Rehearsal rehearsal = new Rehearsal(lab, memory, PlanTest::typed, nobody);
            boolean foreign = peer.equals("reference-v5");

            assertThat(rehearsal.capabilities().contains(Capability.FOREIGN_PEER))
                    .as(peer)
                    .isEqualTo(foreign);
            assertThat(rehearsal.capabilities().contains(Capability.PEER))
                    .as(peer)
                    .isEqualTo(!foreign);
            assertThat(memory.capabilities().contains(Capability.FOREIGN_PEER)).isEqualTo(foreign);
            assertThat(memory.capabilities().contains(Capability.PEER)).isEqualTo(!foreign);
            assertThat(memory.missing(Set.of(Capability.FOREIGN_PEER)))
                    .isEqualTo("needs a second firewall of another version of pfsync; the lab embedded does not have"
                            + " that; it would run with --peer-release reference-v5");
            assertThat(memory.missing(Set.of(Capability.PEER)))
                    .isEqualTo("needs a second firewall of the same version of pfsync; the lab embedded does not have"
                            + " that; it would run without --peer-release");
            assertThat(rehearsal.peers())
                    .extracting(ReleaseInfo::name)
                    .containsOnly(peer.equals("reference-v6") ? new String[0] : new String[] {peer});
        }
    }

    @Test
    void aSystemIsAskedInItsOwnWords() {
        String text = plan(lab(Mode.SAFE, new ManualDoor(), Platform.FREEBSD), "net.pfsync.suite.samples.stopping");

        assertThat(text)
                .contains("types     a# sysctl -n net.inet.carp.demotion (")
                .doesNotContain("ifconfig -g");
    }

    @Test
    void withoutAConsoleNothingIsTyped() {
        String text = plan(lab(Mode.SAFE, new NoDoor(), Platform.OPENBSD), "net.pfsync.suite.samples.stopping");

        assertThat(outcomes).extracting(CaseOutcome::verdict).containsExactly(Verdict.PASS);
        assertThat(text).contains("sends ").doesNotContain("types ");
    }

    @Test
    void inModeReadOnlyNothingHappens() {
        String text = plan(lab(Mode.READ_ONLY, new NoDoor(), Platform.OPENBSD), "net.pfsync.suite.samples.stopping");

        assertThat(outcomes).extracting(CaseOutcome::verdict).containsExactly(Verdict.SKIPPED);
        assertThat(outcomes.getFirst().observed()).isEqualTo("sends frames; the mode is read-only");
        assertThat(sent).isEmpty();
        assertThat(text).contains("nothing is sent and nothing is typed");
    }

    @Test
    void inModeSafeACaseAboutForeignStatesCannotTell() {
        plan(lab(Mode.SAFE, new ManualDoor(), Platform.OPENBSD), "net.pfsync.suite.plan.foreign");

        assertThat(outcomes).extracting(CaseOutcome::verdict).containsExactly(Verdict.UNKNOWN);
        assertThat(outcomes.getFirst().observed())
                .isEqualTo("mode safe does not send CLR of the creator deadbeef, which is not the suite's own;"
                        + " mode full does");
        assertThat(new String(sent.getLast(), java.nio.charset.StandardCharsets.ISO_8859_1))
                .doesNotContain("\u00de\u00ad\u00be\u00ef");
    }

    @Test
    void inModeFullItIsSent() {
        String text = plan(lab(Mode.FULL, new ManualDoor(), Platform.OPENBSD), "net.pfsync.suite.plan.foreign");

        assertThat(outcomes).extracting(CaseOutcome::verdict).containsExactly(Verdict.PASS);
        assertThat(text).contains("deadbeef");
    }

    @Test
    void theTimeIsToldByTheLabsFactor() {
        StringWriter text = new StringWriter();
        Plan plan = new Plan(Release.of("reference-v6").dialect());
        plan.takes(Duration.ofMinutes(7));
        plan.types("a", "true");
        plan.print(Samples.catalogue(), 2, new PrintWriter(text));
        assertThat(text.toString()).contains("takes     about 14 min and what the consoles need");
    }
}
