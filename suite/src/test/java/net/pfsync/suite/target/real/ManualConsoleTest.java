package net.pfsync.suite.target.real;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import net.pfsync.suite.target.real.LabConfig.FirewallEntry;
import net.pfsync.suite.target.real.LabConfig.ManualDoor;
import net.pfsync.suite.target.real.LabConfig.Platform;
import net.pfsync.suite.verdict.CannotTell;
import org.junit.jupiter.api.Test;

class ManualConsoleTest {

    private final List<String> told = new ArrayList<>();
    private final ArrayDeque<String> answers = new ArrayDeque<>();
    private final ManualConsole console = new ManualConsole(
            new FirewallEntry("b", new ManualDoor(), Platform.OPENBSD, "10.9.0.2", "em0"), new Person() {
                @Override
                public void tell(String line) {
                    told.add(line);
                }

                @Override
                public String answer() {
                    return answers.poll();
                }
            });

    private Remote.Output typed(String command, String input, String... lines) {
        answers.clear();
        answers.addAll(List.of(lines));
        return console.run(command, input);
    }

    @Test
    void showsTheCommandAndTakesWhatIsPasted() {
        Remote.Output output = typed("pfctl -s info", "", "Status: Enabled\t", "", "Debug: err\r", ".", "not read");

        assertThat(output).isEqualTo(new Remote.Output("Status: Enabled\n\nDebug: err\n", "", 0));
        assertThat(told)
                .containsExactly(
                        "Type each command on the console of firewall b (10.9.0.2) and paste here what it prints, then"
                                + " a line with a dot alone.",
                        "Press Enter if it prints nothing. If it fails, write '!' and what it says.",
                        "",
                        "b# pfctl -s info");
        assertThat(answers).containsExactly("not read");
    }

    @Test
    void explainsItselfOnce() {
        typed("true", "", "");
        told.clear();
        typed("pfctl -f -", "pass\nblock all\n", "");

        assertThat(told).containsExactly("", "b# pfctl -f -", "> pass", "> block all");
    }

    @Test
    void enterAloneMeansThatNothingWasPrinted() {
        assertThat(typed("pfctl -F states", "", "", "left")).isEqualTo(new Remote.Output("", "", 0));
        assertThat(typed("pfctl -F states", "", ".")).isEqualTo(new Remote.Output("", "", 0));
    }

    @Test
    void anExclamationMarkMeansThatItFailed() {
        assertThat(typed("ifconfig pfsync0 mtu 5", "", "! ifconfig: SIOCSIFMTU: Invalid argument"))
                .isEqualTo(new Remote.Output("", "ifconfig: SIOCSIFMTU: Invalid argument\n", 1));
    }

    @Test
    void aPersonWhoLeavesIsNoVerdict() {
        for (String[] lines : new String[][] {{}, {"Status: Enabled"}}) {
            assertThatThrownBy(() -> typed("pfctl -s info", "", lines))
                    .isInstanceOf(CannotTell.class)
                    .hasMessage("nobody is at the console of firewall b any more to type 'pfctl -s info'");
        }
    }
}
