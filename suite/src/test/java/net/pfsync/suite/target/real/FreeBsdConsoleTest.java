package net.pfsync.suite.target.real;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import net.pfsync.net.IpPrefix;
import net.pfsync.suite.state.StateView;
import net.pfsync.suite.verdict.CannotTell;
import net.pfsync.wire.Counter;
import org.junit.jupiter.api.Test;

/** FreeBSD's formats as TEXT-FORMATS.md has them; there is no recording of a machine. */
class FreeBsdConsoleTest {

    private static final String COUNTERS = """
        pfsync:
        \t1234 packets received (IPv4)
        \t0 packets received (IPv6)
        \t    2 clear all requests received
        \t    5 state inserts received
        \t    1 end of frame mark received
        \t\t0 packets discarded for bad interface
        \t\t0 packets discarded for bad ttl
        \t\t0 packets shorter than header
        \t\t0 packets discarded for bad version
        \t\t0 packets discarded for bad HMAC
        \t\t0 packets discarded for bad action
        \t\t1 packet discarded for short packet
        \t\t2 states discarded for bad values
        \t\t0 stale states
        \t\t3 failed state lookup/inserts
        \t99 packets sent (IPv4)
        \t0 packets sent (IPv6)
        \t    5 state inserts sent
        \t\t7 failures due to mbuf memory error
        \t\t8 send errors
        """;
    private static final String INTERFACES = """
        igb2: flags=8963<UP,BROADCAST,RUNNING,PROMISC,SIMPLEX,MULTICAST> metric 0 mtu 1500
        \tether 00:08:a2:0c:11:22
        \tinet 10.9.0.1 netmask 0xffffff00 broadcast 10.9.0.255
        pfsync0: flags=41<UP,RUNNING> metric 0 mtu 1500
        \tpfsync: syncdev: igb2 syncpeer: 10.9.0.2 maxupd: 128 defer: off
        """;
    private static final String STATES = """
        all tcp 203.0.113.5:51234 -> 198.51.100.9:443       ESTABLISHED:ESTABLISHED
           [2712847316 + 65536] wscale 7  [270544960 + 49152] wscale 6
           age 00:00:37, expires in 23:59:23, 12:9 pkts, 4294:4567 bytes, rule 4
           id: 4a1b2c3d00000007 creatorid: deadbeef gateway: 0.0.0.0
           origif: igb1
        """;

    private final Map<String, Remote.Output> prints = new HashMap<>();
    private final List<String> typed = new ArrayList<>();
    private final FreeBsdConsole console = new FreeBsdConsole(new Remote() {
        @Override
        public Output run(String command, String input) {
            typed.add(command);
            return prints.getOrDefault(command, new Output("", "no such command\n", 1));
        }

        @Override
        public void close() {
            typed.add("closed");
        }
    });

    private String asked(String command, String text) {
        prints.put(command, new Remote.Output(text, "", 0));
        return console.run(command, "").out();
    }

    @Test
    void theStatisticsAreRead() {
        Map<Counter, Long> counters = ConsoleText.counters(asked("netstat -s -p pfsync", COUNTERS));

        assertThat(counters)
                .containsEntry(Counter.IPACKETS, 1234L)
                .containsEntry(Counter.BADLEN, 1L)
                .containsEntry(Counter.BADSTATE, 3L)
                .containsEntry(Counter.OPACKETS, 99L)
                .containsEntry(Counter.ONOMEM, 7L)
                .containsEntry(Counter.OERRORS, 8L);
    }

    @Test
    void statisticsThatAreCutOrInAnotherLanguageAreRefused() {
        for (int length = 0; length < COUNTERS.length() - 2; length++) {
            String cut = asked("netstat -s -p pfsync", COUNTERS.substring(0, length));
            assertThatThrownBy(() -> ConsoleText.counters(cut)).isInstanceOf(CannotTell.class);
        }
        String german = asked("netstat -s -p pfsync", COUNTERS.replace("packets sent", "Pakete gesendet"));
        assertThatThrownBy(() -> ConsoleText.counters(german)).isInstanceOf(CannotTell.class);
        String unknown = asked("netstat -s -p pfsync", COUNTERS + "\t\t1 something of a later release\n");
        assertThatThrownBy(() -> ConsoleText.counters(unknown)).isInstanceOf(CannotTell.class);
    }

    @Test
    void theInterfacesAreRead() {
        assertThat(ConsoleText.interfaces(asked("ifconfig -a", INTERFACES)))
                .containsExactly(
                        new ConsoleText.Interface(
                                "igb2", true, 1500, "00:08:a2:0c:11:22", List.of(IpPrefix.parse("10.9.0.1/24"))),
                        new ConsoleText.Interface("pfsync0", true, 1500, "", List.of()));
    }

    @Test
    void theStatesAreRead() {
        List<StateView> states = StateListing.read(asked("pfctl -s states -vv", STATES));

        assertThat(states).hasSize(1);
        assertThat(states.getFirst().id()).hasToString("4a1b2c3d00000007/deadbeef");
        assertThat(states.getFirst().rule()).isEqualTo(4);
    }

    @Test
    void aListingThatIsCutIsRefused() {
        int[] starts = STATES.lines().mapToInt(String::length).toArray();
        int end = 0;
        for (int line = 0; line < 3; line++) {
            end += starts[line] + 1;
            String cut = asked("pfctl -s states -vv", STATES.substring(0, end));
            assertThatThrownBy(() -> StateListing.read(cut)).isInstanceOf(CannotTell.class);
        }
    }

    @Test
    void theDemotionIsOneNumberOfTheMachine() {
        prints.put("sysctl -n net.inet.carp.demotion", new Remote.Output("240\n", "", 0));

        assertThat(ConsoleText.demotion(
                        "carp", console.run("ifconfig -g carp", "").out()))
                .isEqualTo(240);
        assertThat(typed).containsExactly("sysctl -n net.inet.carp.demotion");
        prints.clear();
        assertThat(console.run("ifconfig -g carp", "").exit()).isOne();
    }

    @Test
    void whatIsTheSameOrFailsPassesAsItIs() {
        assertThat(asked("sysctl -n kern.ostype", "FreeBSD\n")).isEqualTo("FreeBSD\n");
        assertThat(console.run("ifconfig pfsync0 defer", "")).isEqualTo(new Remote.Output("", "no such command\n", 1));
        console.close();
        assertThat(typed).endsWith("closed");
    }
}
