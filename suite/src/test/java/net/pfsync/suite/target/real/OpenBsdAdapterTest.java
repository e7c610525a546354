package net.pfsync.suite.target.real;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import net.pfsync.net.MacAddress;
import net.pfsync.net.VirtualLan;
import net.pfsync.node.Firewall;
import net.pfsync.node.Settings;
import net.pfsync.node.console.Answer;
import net.pfsync.node.console.Console;
import net.pfsync.release.Release;
import net.pfsync.suite.target.Health;
import net.pfsync.suite.target.Refused;
import net.pfsync.suite.target.real.LabConfig.ConsoleAddress;
import net.pfsync.suite.target.real.LabConfig.FirewallEntry;
import net.pfsync.suite.target.real.LabConfig.Platform;
import net.pfsync.suite.verdict.CannotTell;
import net.pfsync.suite.verdict.NotOffered;
import net.pfsync.time.VirtualTime;
import org.junit.jupiter.api.Test;

/** The adapter at the console of a reference firewall, which prints what OpenBSD does. */
class OpenBsdAdapterTest {

    private static final int HOST_ID = 0xf1e50001;
    private static final FirewallEntry ENTRY = entry("em0");

    private final VirtualTime time = new VirtualTime(1_767_225_600L);
    private final Firewall firewall = firewall();
    private final Console console = new Console(firewall, path -> {
        throw new IOException("No such file or directory");
    });
    private final Remote remote = new Remote() {
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

    private static FirewallEntry entry(String syncInterface) {
        Path none = Path.of("none");
        return new FirewallEntry(
                "a", new ConsoleAddress("root", "fw", 22, none, none, ""), Platform.OPENBSD, "10.9.0.1", syncInterface);
    }

    private Firewall firewall() {
        Release release = Release.of("openbsd-7.6");
        MacAddress sync = MacAddress.parse("02:00:00:00:00:01");
        MacAddress inside = MacAddress.parse("02:00:00:00:01:01");
        Settings settings = Settings.of(release)
                .hostId(HOST_ID)
                .withInterface("em0", sync, "10.9.0.1/24")
                .withInterface("em1", inside, "192.0.2.1/24");
        Firewall firewall = new Firewall(release, settings, time);
        firewall.connect("em0", new VirtualLan(time, Duration.ZERO).attach("a", sync));
        firewall.connect("em1", new VirtualLan(time, Duration.ZERO).attach("a", inside));
        firewall.pfsync().create();
        return firewall;
    }

    private OpenBsdAdapter adapter() {
        return new OpenBsdAdapter(ENTRY, remote);
    }

    @Test
    void knowsTheFirewall() {
        OpenBsdAdapter adapter = adapter();

        assertThat(adapter.release()).isEqualTo("openbsd-7.6");
        assertThat(adapter.hostId()).isEqualTo(HOST_ID);
        assertThat(adapter.interfaces()).containsExactly("em0", "em1");
        assertThat(adapter.ethernet()).isEqualTo(MacAddress.parse("02:00:00:00:00:01"));
        assertThat(adapter.mtu()).isEqualTo(1500);
        assertThat(adapter.table()).isEmpty();
        assertThat(adapter.demotion("carp"))
                .isEqualTo(firewall.pfsync().demotion().value());
        assertThat(adapter.messages()).isEqualTo(firewall.messages());
        assertThat(adapter.health()).isEqualTo(new Health("Wed Dec 31 23:59:00 2025", firewall.messages(), List.of()));
    }

    @Test
    void aWrongSyncInterfaceIsNamed() {
        FirewallEntry wrong = entry("em7");
        assertThatThrownBy(() -> new OpenBsdAdapter(wrong, remote))
                .isInstanceOf(CannotTell.class)
                .hasMessage("firewall a has no Ethernet interface em7; it has em0, em1");
    }

    @Test
    void whatNoConsoleDoesIsSaid() {
        OpenBsdAdapter adapter = adapter();
        assertThatThrownBy(() -> adapter.securityAssociation(256))
                .isInstanceOf(NotOffered.class)
                .hasMessage("this cannot be done to firewall a: a console shows no security associations");
    }

    @Test
    void comesUpOnlyIfItIsDown() {
        OpenBsdAdapter adapter = adapter();
        adapter.comeUp();
        assertThat(firewall.pfsync().running()).isTrue();
        assertThat(firewall.pfsync().syncdev()).isEqualTo("em0");
        adapter.comeUp();
        adapter.down();
        assertThat(firewall.pfsync().running()).isFalse();
        adapter.up();
        assertThat(firewall.pfsync().running()).isTrue();
    }

    @Test
    void configures() {
        OpenBsdAdapter adapter = adapter();
        adapter.setMaxupd(7);
        adapter.setDefer(true);
        adapter.setSyncdev("em1");
        adapter.setSyncpeer("192.0.2.2");

        assertThat(firewall.pfsync().maxupd()).isEqualTo(7);
        assertThat(firewall.pfsync().defer()).isTrue();
        assertThat(firewall.pfsync().syncdev()).isEqualTo("em1");
        assertThat(remote.run("ifconfig pfsync0", "").out()).contains("syncpeer: 192.0.2.2");
        adapter.setSyncpeer("0.0.0.0");
        adapter.setDefer(false);
        assertThat(remote.run("ifconfig pfsync0", "").out())
                .doesNotContain("syncpeer")
                .contains("defer: off");
    }

    @Test
    void aRefusalHasItsErrno() {
        OpenBsdAdapter adapter = adapter();
        adapter.comeUp();
        assertThatThrownBy(() -> adapter.setSyncdev("em1"))
                .isInstanceOfSatisfying(
                        Refused.class, refused -> assertThat(refused.errno()).isEqualTo("EBUSY"));
    }

    @Test
    void statisticsCountFromTheBaseline() {
        OpenBsdAdapter adapter = adapter();
        adapter.comeUp();
        assertThat(time.advanceUntil(() -> false, Duration.ofMillis(10))).isFalse();
        assertThat(adapter.counters()).containsEntry(net.pfsync.wire.Counter.OPACKETS, 1L);
        adapter.restartCounters();
        assertThat(adapter.counters().values()).containsOnly(0L);
    }

    @Test
    void aCommandThatFailsSaysWhy() {
        OpenBsdAdapter adapter = adapter();
        assertThatThrownBy(() -> adapter.loadRules("pass the salt\n"))
                .isInstanceOf(CannotTell.class)
                .hasMessageStartingWith("firewall a refuses 'pfctl -f -': stdin:7: syntax error");
        adapter.loadRules("pass all keep state\n");
        adapter.flush("em1");
        adapter.flush("");
    }
}
