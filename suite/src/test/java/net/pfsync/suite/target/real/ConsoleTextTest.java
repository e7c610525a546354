package net.pfsync.suite.target.real;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import net.pfsync.net.IpPrefix;
import net.pfsync.suite.verdict.CannotTell;
import net.pfsync.wire.Counter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ConsoleTextTest {

    private static final String STATISTICS = RecordedConsole.output("016_A_netstat_s_p_pfsync.txt");

    static List<String> statistics() {
        return RecordedConsole.files("netstat -s -p pfsync");
    }

    @ParameterizedTest
    @MethodSource("statistics")
    void readsAllRecordedStatistics(String file) {
        assertThat(ConsoleText.counters(RecordedConsole.output(file))).hasSize(16);
    }

    @Test
    void readsEachCounter() {
        assertThat(ConsoleText.counters(STATISTICS))
                .containsEntry(Counter.IPACKETS, 384L)
                .containsEntry(Counter.STALE, 276L)
                .containsEntry(Counter.BADSTATE, 32L)
                .containsEntry(Counter.OPACKETS, 714L)
                .containsEntry(Counter.BADVAL, 0L);
    }

    @Test
    void oneIsSingular() {
        String one = STATISTICS
                .replace("276 stale states", "1 stale state")
                .replace("32 failed state lookup/inserts", "1 failed state lookup/insert");

        assertThat(ConsoleText.counters(one)).containsEntry(Counter.STALE, 1L).containsEntry(Counter.BADSTATE, 1L);
    }

    @Test
    void statisticsThatEndTooEarlyAreNotTaken() {
        for (int end = 0; end < STATISTICS.length() - 2; end++) {
            String cut = STATISTICS.substring(0, end);
            assertThatThrownBy(() -> ConsoleText.counters(cut)).as(cut).isInstanceOf(CannotTell.class);
        }
    }

    @Test
    void garbageIsShown() {
        assertThatThrownBy(() -> ConsoleText.counters(STATISTICS.replace("stale states", "alte Zustände")))
                .isInstanceOf(CannotTell.class)
                .hasMessageContaining("'\t\t276 alte Zustände'");
        assertThatThrownBy(() -> ConsoleText.demotion("carp", "carp: carp demote count many\n"))
                .isInstanceOf(CannotTell.class);
        assertThatThrownBy(() -> ConsoleText.demotion("carp", "pfsync: carp demote count 0\n"))
                .isInstanceOf(CannotTell.class);
        assertThatThrownBy(() -> ConsoleText.interfaces("")).isInstanceOf(CannotTell.class);
        assertThatThrownBy(() -> ConsoleText.interfaces("\tindex 3\n")).isInstanceOf(CannotTell.class);
        assertThatThrownBy(() -> ConsoleText.hostId("Hostid:   0x51\n")).isInstanceOf(CannotTell.class);
    }

    @Test
    void readsTheDemotion() {
        assertThat(ConsoleText.demotion("carp", RecordedConsole.output("015_A_ifconfig_g_carp.txt")))
                .isZero();
        assertThat(ConsoleText.demotion("carp", "carp: carp demote count -3\n")).isEqualTo(-3);
    }

    @Test
    void readsInterfaces() {
        assertThat(ConsoleText.interfaces(RecordedConsole.output("013_A_ifconfig_a.txt")))
                .contains(new ConsoleText.Interface(
                        "vio0", true, 1500, "52:54:00:01:00:00", List.of(IpPrefix.parse("10.0.0.1/24"))))
                .contains(new ConsoleText.Interface("pfsync0", true, 1500, "", List.of()));
        assertThat(ConsoleText.interfaces(RecordedConsole.output("138_A_ifconfig_pfsync0_created.txt")))
                .containsExactly(new ConsoleText.Interface("pfsync0", false, 1500, "", List.of()));
    }

    @Test
    void readsHowPfsyncIsSetUp() {
        assertThat(ConsoleText.pfsync(RecordedConsole.output("012_A_ifconfig_pfsync0.txt")))
                .isEqualTo(new ConsoleText.Pfsync(true, 1500, "vio0", "", 128, false));
        assertThat(ConsoleText.pfsync(RecordedConsole.output("231_A_ifconfig_pfsync0.txt")))
                .isEqualTo(new ConsoleText.Pfsync(true, 1500, "vio0", "10.0.0.2", 32, true));
        assertThat(ConsoleText.pfsync(RecordedConsole.output("138_A_ifconfig_pfsync0_created.txt")))
                .isEqualTo(new ConsoleText.Pfsync(false, 1500, "", "", 128, false));
    }

    @Test
    void readsWhetherPfIsEnabled() {
        assertThat(ConsoleText.enabled(RecordedConsole.output("149_A_pfctl_s_info.txt")))
                .isTrue();
        assertThat(ConsoleText.enabled("Status: Disabled for 0 days 00:00:01\n"))
                .isFalse();
        assertThatThrownBy(() -> ConsoleText.enabled("pfctl: not found\n"))
                .isInstanceOf(CannotTell.class)
                .hasMessage("the console does not show whether pf is enabled: 'pfctl: not found'");
    }

    @Test
    void readsTheHostId() {
        assertThat(ConsoleText.hostId(RecordedConsole.output("005_A_pfctl_si_v.txt")))
                .isEqualTo(0x5134369b);
    }

    @Test
    void readsTheMemoryOfEveryRecordedOutput() {
        List<String> files = RecordedConsole.files("netstat -m");
        assertThat(files).hasSizeGreaterThanOrEqualTo(4);
        for (String file : files) {
            assertThat(ConsoleText.memory(RecordedConsole.output(file)))
                    .as(file)
                    .satisfiesExactly(
                            mbufs -> assertThat(mbufs.amount()).isBetween(107L, 114L),
                            denied -> assertThat(denied.amount()).isZero());
        }
        assertThatThrownBy(() -> ConsoleText.memory("107 mbufs in use:\n"))
                .isInstanceOf(CannotTell.class)
                .hasMessageContaining("requests for memory denied");
    }
}
