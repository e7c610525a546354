package net.pfsync.suite.target.real;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.BooleanSupplier;
import net.pfsync.net.MacAddress;
import net.pfsync.net.VirtualLan;
import net.pfsync.node.Firewall;
import net.pfsync.node.Settings;
import net.pfsync.node.console.Answer;
import net.pfsync.node.console.Console;
import net.pfsync.pf.Ruleset;
import net.pfsync.release.Release;
import net.pfsync.suite.state.OwnStates;
import net.pfsync.suite.target.Pace;
import net.pfsync.suite.target.ReleaseInfo;
import net.pfsync.suite.target.Timing;
import net.pfsync.suite.target.real.LabConfig.ConsoleAddress;
import net.pfsync.suite.target.real.LabConfig.FirewallEntry;
import net.pfsync.suite.target.real.LabConfig.Mode;
import net.pfsync.suite.target.real.LabConfig.Patience;
import net.pfsync.suite.target.real.LabConfig.Platform;
import net.pfsync.suite.verdict.CannotTell;
import net.pfsync.time.VirtualTime;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a run leaves behind on a firewall is put back, and what is not is told. */
class BeforeTest {

    private static final String RULES = "set skip on em0\nblock in on em1\npass\n";
    private static final Release RELEASE = Release.of("openbsd-7.6");

    private final VirtualTime time = new VirtualTime(1_767_225_600L);
    private boolean lost;
    private Firewall firewall;
    private OpenBsdAdapter adapter;
    private Before before;

    private final Pace pace = new Pace() {
        @Override
        public Instant opened() {
            return Instant.EPOCH;
        }

        @Override
        public Duration elapsed() {
            return Duration.ofNanos(time.nanos());
        }

        @Override
        public boolean until(BooleanSupplier condition, Duration atMost) {
            return time.advanceUntil(condition, atMost);
        }

        @Override
        public Timing timing() {
            return Timing.VIRTUAL;
        }
    };

    @BeforeEach
    void boot() throws Exception {
        MacAddress mac = MacAddress.parse("02:00:00:00:00:01");
        firewall = new Firewall(RELEASE, Settings.of(RELEASE).hostId(1).withInterface("em0", mac, "10.9.0.1/24"), time);
        firewall.connect("em0", new VirtualLan(time, Duration.ZERO).attach("a", mac));
        firewall.load(Ruleset.parse(RULES));
        firewall.pfsync().create();
        Console console = new Console(firewall, path -> {
            if (!path.equals("/etc/pf.conf")) {
                throw new IOException("No such file or directory");
            }
            return RULES;
        });
        Path none = Path.of("none");
        ConsoleAddress address = new ConsoleAddress("root", "fw", 22, none, none, "");
        FirewallEntry entry = new FirewallEntry("a", address, Platform.OPENBSD, "10.9.0.1", "em0");
        adapter = new OpenBsdAdapter(entry, remote(console));
        adapter.partOf(
                new LabConfig(
                        "lab", "auto", Mode.FULL, "eth0", "10.9.0.9", null, null, null, Patience.USUAL, List.of(entry)),
                new ReleaseInfo(RELEASE.name(), RELEASE.dialect(), ""));
        adapter.setSyncdev("em0");
        adapter.setMaxupd(64);
        adapter.setDefer(true);
        before = new Before(adapter);
    }

    private Remote remote(Console console) {
        return new Remote() {
            @Override
            public Output run(String command, String input) {
                if (lost) {
                    throw new CannotTell("the console is lost");
                }
                Answer answer = console.run(command, input);
                return new Output(answer.out(), answer.err(), answer.exit());
            }

            @Override
            public void close() {
                // There is no connection.
            }
        };
    }

    private List<String> left() {
        return before.left(pace, OwnStates::has);
    }

    @Test
    void nothingIsLeftWhereNothingWasDone() {
        assertThat(left()).isEmpty();
    }

    @Test
    void putsBackWhatCasesChange() {
        adapter.loadRules("pass all keep state\n");
        adapter.setStateLimit(10);
        adapter.setDefer(false);
        adapter.setMaxupd(128);
        adapter.setSyncpeer("10.9.0.9");
        adapter.setMtu(1000);
        adapter.setPfEnabled(false);
        assertThat(left())
                .hasSize(3)
                .anyMatch(line -> line.startsWith("pfsync0 of firewall a is Pfsync[running=false, mtu=1000"))
                .contains("pf of firewall a is disabled, and was enabled before")
                .contains("the rules of firewall a are others than before");

        before.putBack();

        assertThat(left()).isEmpty();
        assertThat(firewall.stateLimit()).isEqualTo(RELEASE.defaults().stateLimit());
        assertThat(adapter.settings()).isEqualTo(new ConsoleText.Pfsync(false, 1500, "em0", "", 64, true));
    }

    @Test
    void aDemotionThatWasNotThereIsLeftBehind() {
        adapter.setSyncdev("em0");
        adapter.up();
        adapter.plug(false);
        assertThat(left())
                .anyMatch(line -> line.matches("the demotion of carp of firewall a is [1-9]\\d*, and was 0 before"));
    }

    /** A firewall whose peer speaks another version asks in vain for half a minute after it has booted. */
    @Test
    void aFirewallThatHasGoneIntoServiceMeanwhileIsNoLeftover() {
        adapter.up();
        adapter.plug(false);
        before = new Before(adapter);
        adapter.plug(true);
        adapter.down();

        assertThat(adapter.demotion("carp")).isZero();
        assertThat(left()).noneMatch(line -> line.contains("demotion"));
    }

    @Test
    void saysWhatCannotBeTold() {
        lost = true;
        assertThat(left()).containsExactly("what is left on firewall a cannot be told: the console is lost");
    }

    @Test
    void takesTheSyncInterfaceDownAndBringsItUp() {
        adapter.plug(false);
        assertThat(firewall.linkUp("em0")).isFalse();
        adapter.plug(true);
        assertThat(firewall.linkUp("em0")).isTrue();
    }
}
