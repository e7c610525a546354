package net.pfsync.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import net.pfsync.net.host.Transfer;
import net.pfsync.net.tcp.TcpSettings;
import net.pfsync.pf.Reason;
import net.pfsync.release.Release;
import net.pfsync.sync.ConfigException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Two hosts that send each other files through one firewall, or through two, as in the thesis. */
class TransferThroughFirewallsTest {

    private static final int PORT = 5001;
    private static final int MEGABYTE = 1_000_000;
    private static final String STATEFUL = """
        set skip on em0
        block
        pass inet6 proto icmp6 no state
        pass in on em1 proto tcp flags S/SA keep state
        pass out on em2 proto tcp flags S/SA keep state
        """;

    private static SplitLab lab(String release, String rules) throws ConfigException {
        SplitLab lab = new SplitLab(Release.of(release), rules).synchronised();
        lab.client.log().limit(0);
        lab.server.log().limit(0);
        return lab;
    }

    private static Transfer transfer(SplitLab lab, String to, TcpSettings settings, int up, int down) {
        Transfer transfer = new Transfer(lab.client, lab.server, to, PORT, settings, up, down);
        lab.time.advanceUntil(transfer::over, Duration.ofMinutes(10));
        return transfer;
    }

    private static long mismatches(SplitLab lab) {
        return lab.a.filter().statistics().count(Reason.STATE_MISMATCH)
                + lab.b.filter().statistics().count(Reason.STATE_MISMATCH);
    }

    @ParameterizedTest
    @CsvSource({SplitLab.SERVER + ", 10", SplitLab.SERVER6 + ", 1"})
    void megabytesBothWaysThroughOneFirewallWithoutLoss(String to, int megabytes) throws ConfigException {
        SplitLab lab = lab("reference-v6", STATEFUL);
        Transfer transfer = transfer(lab, to, TcpSettings.DEFAULT, megabytes * MEGABYTE, megabytes * MEGABYTE);
        assertThat(transfer.complete()).isTrue();
        assertThat(transfer.closedInOrder()).isTrue();
        assertThat(transfer.client().statistics().segmentsSentAgain()).isZero();
        assertThat(mismatches(lab)).isZero();
        assertThat(lab.a.states().size()).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"reference-v5", "reference-v6", "openbsd-4.6", "openbsd-7.6"})
    void splitPathsLoseNothingWhenFirstPacketsWait(String release) throws ConfigException {
        SplitLab lab = lab(release, STATEFUL);
        lab.serverThrough(2);
        lab.a.pfsync().setDefer(true);
        lab.b.pfsync().setDefer(true);
        Transfer transfer = transfer(
                lab, SplitLab.SERVER, TcpSettings.DEFAULT.withPacketsPerSecond(1000), MEGABYTE / 2, MEGABYTE / 2);
        assertThat(transfer.complete()).isTrue();
        assertThat(transfer.closedInOrder()).isTrue();
        assertThat(transfer.client().statistics().segmentsSentAgain()).isZero();
        assertThat(transfer.server().statistics().segmentsSentAgain()).isZero();
        assertThat(mismatches(lab)).isZero();
    }

    @Test
    void splitPathsWithoutWaitingLoseTheFirstAnswer() throws ConfigException {
        SplitLab lab = lab("reference-v6", STATEFUL);
        lab.serverThrough(2);
        Transfer transfer = transfer(lab, SplitLab.SERVER, TcpSettings.DEFAULT, 1000, 1000);
        assertThat(transfer.complete()).isTrue();
        assertThat(transfer.server().statistics().segmentsSentAgain()).isPositive();
    }

    @Test
    void aConnectionGoesOnWhenItsFirewallIsPulledOut() throws ConfigException {
        SplitLab lab = lab("reference-v6", STATEFUL);
        lab.client.route("10.7.2.0/24", "10.7.1.1");
        lab.server.route("10.7.1.0/24", "10.7.2.1");
        lab.a.takeOver("em1", "10.7.1.1/24");
        lab.a.takeOver("em2", "10.7.2.1/24");
        Transfer transfer = new Transfer(
                lab.client,
                lab.server,
                SplitLab.SERVER,
                PORT,
                TcpSettings.DEFAULT.withPacketsPerSecond(100),
                MEGABYTE,
                0);
        lab.pass(3000);
        assertThat(transfer.over()).isFalse();
        lab.inside.cut("a");
        lab.outside.cut("a");
        lab.b.takeOver("em1", "10.7.1.1/24");
        lab.b.takeOver("em2", "10.7.2.1/24");
        lab.time.advanceUntil(transfer::over, Duration.ofMinutes(10));
        assertThat(transfer.complete()).isTrue();
        assertThat(transfer.closedInOrder()).isTrue();
        assertThat(lab.b.filter().statistics().inserts()).isZero();
    }

    @Test
    void modulatedSequenceNumbersAreTheSameOnBothPaths() throws ConfigException {
        SplitLab lab = lab("reference-v6", STATEFUL.replace("keep state", "modulate state"));
        lab.serverThrough(2);
        lab.a.pfsync().setDefer(true);
        lab.b.pfsync().setDefer(true);
        Transfer transfer =
                transfer(lab, SplitLab.SERVER, TcpSettings.DEFAULT.withPacketsPerSecond(1000), 100_000, 100_000);
        assertThat(transfer.complete()).isTrue();
        assertThat(transfer.client().statistics().segmentsSentAgain()).isZero();
    }

    @Test
    void theProxyConnectsTheServerOnceTheClientHasProvedItself() throws ConfigException {
        SplitLab lab = lab("reference-v6", """
            set skip on em0
            block
            pass in on em1 proto tcp flags S/SA synproxy state
            pass out on em2 proto tcp flags S/SA keep state
            """);
        Transfer transfer = transfer(lab, SplitLab.SERVER, TcpSettings.DEFAULT, 100_000, 100_000);
        assertThat(transfer.complete()).isTrue();
        assertThat(transfer.closedInOrder()).isTrue();
    }
}
