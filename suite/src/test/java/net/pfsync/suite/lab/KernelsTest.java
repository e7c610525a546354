package net.pfsync.suite.lab;

import static net.pfsync.suite.probe.Messages.insert;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import net.pfsync.suite.state.StateSpec;
import net.pfsync.suite.target.Extent;
import net.pfsync.suite.target.Health;
import net.pfsync.suite.target.Health.Memory;
import net.pfsync.suite.verdict.Mismatch;
import org.junit.jupiter.api.Test;

/** A case whose body has no complaint is still judged by what the kernel says. */
class KernelsTest {

    private static final long SEED = 1;

    /** A console whose health is another one from the second question on. */
    private static LabSession ended(BiFunction<Integer, Health, Health> change) {
        int[] asked = {0};
        LabSession session = new LabSession(
                new AlteredArena().<Health>console("health", health -> change.apply(asked[0]++, health)),
                Extent.ONE_FIREWALL,
                SEED);
        Lab lab = session.begin(SEED);
        StateSpec state = lab.states().tcp();
        lab.probe().send(insert(state));
        lab.target().holds(state);
        return session;
    }

    @Test
    void asItWasThereIsNothingToSay() {
        LabSession session = ended((asked, health) -> health);

        session.judge();
        assertThat(session.bootedAnew()).isEmpty();
    }

    @Test
    void aFirewallThatCameBackIsNamedWithItsLastWords() {
        LabSession session = ended((asked, health) ->
                asked == 0 ? health : new Health("later", List.of("panic: pfsync", "syncing disks"), health.memory()));

        assertThat(session.bootedAnew())
                .isEqualTo("firewall a booted anew: it was up since 2025-12-31T23:43:20Z, now since later; it says:"
                        + " panic: pfsync / syncing disks");
    }

    @Test
    void aNewLineOfTheKernelFailsTheCase() {
        LabSession session = ended((asked, health) -> {
            List<String> messages = new ArrayList<>(health.messages());
            messages.add(asked == 0 ? "em0 at pci0" : "pfsync: received valid bulk update end");
            if (asked > 0) {
                messages.add(0, "em0 at pci0");
                messages.add("splassert: pfsync_update_state");
            }
            return new Health(health.boot(), messages, health.memory());
        });

        assertThatThrownBy(session::judge)
                .isInstanceOf(Mismatch.class)
                .hasMessageContaining("expected the kernel to have nothing to say, observed ")
                .hasMessageContaining("splassert: pfsync_update_state")
                .hasMessageNotContaining("bulk update end (");
    }

    @Test
    void memoryMaySwingButHasToBeGivenBack() {
        BiFunction<Long, Integer, Health> growing = (by, asked) ->
                new Health("", List.of(), List.of(new Memory("mbufs in use", asked == 0 ? 100 : 100 + by, 64)));

        ended((asked, health) -> growing.apply(64L, asked)).judge();
        LabSession leaking = ended((asked, health) -> growing.apply(65L, asked));

        assertThatThrownBy(leaking::judge)
                .isInstanceOf(Mismatch.class)
                .hasMessageContaining("observed mbufs in use: 100 before, 165 after (memory of a)");
    }

    @Test
    void aDemotionThatTheCaseDidNotAskForIsTakenBack() {
        int[] asked = {0};
        LabSession session = new LabSession(
                new AlteredArena().<Integer>console("demotion", demotion -> asked[0]++ == 0 ? 0 : 32),
                Extent.ONE_FIREWALL,
                SEED);
        Lab lab = session.begin(SEED);
        lab.check(true, "something", "something");

        assertThatThrownBy(session::judge)
                .isInstanceOf(Mismatch.class)
                .hasMessageContaining("expected the demotion to be 0 again after the case, observed demotion 32");

        asked[0] = 0;
        session = new LabSession(
                new AlteredArena().<Integer>console("demotion", demotion -> asked[0]++ == 0 ? 0 : 32),
                Extent.ONE_FIREWALL,
                SEED);
        lab = session.begin(SEED);
        lab.target().setMaxupd(7);
        lab.check(true, "something", "something");
        session.judge();
    }

    @Test
    void aBufferThatForgetsItsOldestLinesHasOnlyNewOnesBehindThem() {
        assertThat(Kernels.said(List.of("a", "b"), List.of("a", "b"))).isEmpty();
        assertThat(Kernels.said(List.of("a", "b"), List.of("a", "b", "c"))).containsExactly("c");
        assertThat(Kernels.said(List.of("a", "b"), List.of("b", "c"))).containsExactly("c");
        assertThat(Kernels.said(List.of("a", "a"), List.of("a", "a", "a"))).containsExactly("a");
        assertThat(Kernels.said(List.of("a", "b"), List.of("x"))).containsExactly("x");
        assertThat(Kernels.said(List.of(), List.of("x"))).containsExactly("x");
    }
}
