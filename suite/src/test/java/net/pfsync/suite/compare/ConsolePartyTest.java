package net.pfsync.suite.compare;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.UnaryOperator;
import net.pfsync.net.MacAddress;
import net.pfsync.net.VirtualLan;
import net.pfsync.node.Firewall;
import net.pfsync.node.Settings;
import net.pfsync.node.console.Answer;
import net.pfsync.node.console.Console;
import net.pfsync.release.Release;
import net.pfsync.suite.compare.Facts.Fact;
import net.pfsync.suite.target.real.LabConfig.ConsoleAddress;
import net.pfsync.suite.target.real.LabConfig.FirewallEntry;
import net.pfsync.suite.target.real.LabConfig.Platform;
import net.pfsync.suite.target.real.Remote;
import net.pfsync.suite.verdict.CannotTell;
import net.pfsync.time.VirtualTime;
import org.junit.jupiter.api.Test;

/** Two reference firewalls through their consoles, which print what OpenBSD's tools do. */
class ConsolePartyTest {

    private static final Tolerance TOLERANCE = new Tolerance(Tolerance.SECONDS, Tolerance.MAXACKWINDOW);
    private static final String STATE = """
        all udp 192.0.2.1:53 <- 192.0.2.9:4000       SINGLE:NO_TRAFFIC
           age 00:01:00, expires in 00:10:00, 1:0 pkts, 60:0 bytes
           id: 0000000000000001 creatorid: 00000001
        """;

    private final VirtualTime time = new VirtualTime(1_767_225_600L);
    private final Remote a = console(1);
    private final Remote b = console(2);

    /** A console whose answers a test may change. */
    private record Changed(Remote console, UnaryOperator<Output> change, String command) implements Remote {
        @Override
        public Output run(String line, String input) {
            Output output = console.run(line, input);
            return line.startsWith(command) ? change.apply(output) : output;
        }

        @Override
        public void close() {
            console.close();
        }
    }

    private Remote console(int number) {
        Release release = Release.of("openbsd-7.6");
        MacAddress mac = MacAddress.parse("02:00:00:00:00:0" + number);
        Settings settings = Settings.of(release).hostId(number).withInterface("em0", mac, "10.9.0." + number + "/24");
        Firewall firewall = new Firewall(release, settings, time);
        firewall.connect("em0", new VirtualLan(time, Duration.ZERO).attach("a", mac));
        firewall.pfsync().create();
        Console console = new Console(firewall, path -> {
            throw new IOException("No such file or directory");
        });
        Remote remote = new Remote() {
            @Override
            public Output run(String command, String input) {
                Answer answer = console.run(command, input);
                return new Output(answer.out(), answer.err(), answer.exit());
            }

            @Override
            public void close() {
                // There is no connection.
            }
        };
        remote.run("ifconfig pfsync0 syncdev em0 up", "");
        assertThat(time.advanceUntil(() -> false, Duration.ofSeconds(90))).isFalse();
        return remote;
    }

    private static FirewallEntry entry(String name, int number) {
        Path none = Path.of("none");
        return new FirewallEntry(
                name,
                new ConsoleAddress("root", "fw", 22, none, none, ""),
                Platform.OPENBSD,
                "10.9.0." + number,
                "em0");
    }

    private static Result compared(Remote one, Remote other) throws InterruptedException {
        return Result.of(new ConsoleParty(entry("a", 1), one), new ConsoleParty(entry("b", 2), other), TOLERANCE);
    }

    private static List<String> wrong(Result result) {
        return result.rows().stream()
                .filter(row -> !row.wrong().isEmpty())
                .map(row -> row.fact() + ": " + row.wrong())
                .toList();
    }

    @Test
    void twoThatAreSetUpAlikeAreEqual() throws InterruptedException {
        Result result = compared(a, b);
        assertThat(result.incomplete()).isEmpty();
        assertThat(result.differs()).as(TextResult.of(result, TOLERANCE, 9)).isFalse();
        assertThat(result.rows()).extracting(Facts.Row::fact).containsExactly(Fact.values());
        assertThat(TextResult.of(result, TOLERANCE, 0)).startsWith("a and b: equal within the tolerance");
    }

    @Test
    void settingsThatDifferAreNamed() throws InterruptedException {
        b.run("ifconfig pfsync0 maxupd 7", "");
        b.run("ifconfig pfsync0 defer", "");
        b.run("ifconfig pfsync0 mtu 1400", "");
        assertThat(wrong(compared(a, b))).containsExactly("MTU: differs", "MAXUPD: differs", "DEFER: differs");
        b.run("ifconfig pfsync0 down", "");
        assertThat(wrong(compared(a, b))).contains("RUNNING: differs");
    }

    @Test
    void rulesetsAndHostIdsAndDemotion() throws InterruptedException {
        b.run("pfctl -f -", "block all\n");
        assertThat(wrong(compared(a, b))).containsExactly("RULESET: differs");
        assertThat(wrong(compared(a, a))).contains("HOST_ID: must differ");
        Remote demoted =
                new Changed(b, output -> new Remote.Output("carp: carp demote count 32\n", "", 0), "ifconfig -g carp");
        assertThat(wrong(compared(a, demoted))).contains("DEMOTION: b is demoted");
    }

    /** Refused while the interface runs. */
    private void syncpeer(Remote console, String address) {
        console.run("ifconfig pfsync0 down", "");
        assertThat(console.run("ifconfig pfsync0 syncpeer " + address, "").err())
                .isEmpty();
        console.run("ifconfig pfsync0 up", "");
        assertThat(time.advanceUntil(() -> false, Duration.ofSeconds(90))).isFalse();
    }

    @Test
    void bothSendToTheGroupOrEachToTheOther() throws InterruptedException {
        syncpeer(a, "10.9.0.2");
        assertThat(wrong(compared(a, b)))
                .containsExactly("SYNCPEER: one way: one sends to its peer alone, the other to the group");
        syncpeer(b, "10.9.0.7");
        assertThat(wrong(compared(a, b))).containsExactly("SYNCPEER: b sends to somebody else");
        syncpeer(b, "10.9.0.1");
        assertThat(wrong(compared(a, b))).isEmpty();
    }

    @Test
    void aStateThatTheOtherDoesNotHave() throws InterruptedException {
        Result result = compared(a, new Changed(b, output -> new Remote.Output(STATE, "", 0), "pfctl -s states"));
        assertThat(result.states().counts()).containsOnlyKeys(Difference.Kind.ONLY_ON_B);
        assertThat(TextResult.of(result, TOLERANCE, 1))
                .contains("1 only on b: lost when b fails", "only on b: 0000000000000001/00000001 proto 17 all in");
    }

    /** What it answered is compared, and of what it did not show nothing is said to be missing. */
    @Test
    void aConsoleThatAnswersHalf() throws InterruptedException {
        String whole = STATE + STATE.replace("0000000000000001", "0000000000000002");
        Remote full = new Changed(a, output -> new Remote.Output(whole, "", 0), "pfctl -s states");
        Remote half = new Changed(
                b, output -> new Remote.Output(whole.substring(0, STATE.length() + 80), "", 0), "pfctl -s states");
        Result result = compared(full, half);
        assertThat(result.incomplete())
                .containsExactly(
                        "b: line 5 of the list of states is not age and expiry of a state: '   age 00:01:00, ';"
                                + " 1 states before it were read");
        assertThat(result.differs()).isFalse();
        assertThat(result.states().compared()).isOne();
    }

    @Test
    void aQuestionThatIsRefusedLeavesTheOthers() throws InterruptedException {
        Remote refusing =
                new Changed(b, output -> new Remote.Output("", "pfctl: /dev/pf: Permission denied\n", 1), "pfctl");
        Result result = compared(a, refusing);
        assertThat(result.incomplete())
                .hasSize(3)
                .first()
                .isEqualTo("b: 'pfctl -s info -v' fails: pfctl: /dev/pf: Permission denied");
        assertThat(result.rows()).extracting(Facts.Row::fact).contains(Fact.MTU).doesNotContain(Fact.RULESET);
    }

    @Test
    void aConsoleThatIsGoneIsNotAskedAgain() throws InterruptedException {
        Remote gone = new Changed(
                b,
                output -> {
                    throw new CannotTell("the console b is lost");
                },
                "");
        Result result = compared(a, gone);
        assertThat(result.incomplete())
                .containsExactly(
                        "b: the console b is lost",
                        "b: its states are not asked for any more; 0 states before it were read");
    }
}
