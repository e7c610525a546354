package net.pfsync.suite.replay;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import net.pfsync.release.Release;
import net.pfsync.wire.Counter;
import net.pfsync.wire.Dialect;
import net.pfsync.wire.FrameBuilder;
import net.pfsync.wire.Kind;
import net.pfsync.wire.MessageBuilder;
import org.junit.jupiter.api.Test;

/** The reference firewall is put into the situation that a case tells of, whichever it is. */
class FirewallPlayerTest {

    private static final Dialect V5 = Dialect.of("v5-4.6");
    private static final Dialect V6 = Dialect.of("v6-7.4");

    /** A state of the machine's own, as 7.6 exports it, without what is 0. */
    private static final String OWN = state(V6, 0x6b029dd200000001L, 0xc0ffee01);

    @Test
    void theBulkUpdateIsOverUnlessTheCaseSaysOtherwise() {
        Outcome outcome = play("openbsd-4.6", "\"observed_ms\": 30000");
        assertThat(outcome.replies()).isEmpty();
        assertThat(outcome.demotion().at(Duration.ZERO).carp()).isZero();
    }

    @Test
    void aWaitingMachineAskedAsLongAgoAsRecordedAndAsksAgain() {
        Outcome outcome = play(
                "openbsd-4.6",
                "\"observed_ms\": 30000, \"waiting_for_bulk\": true, \"since_request_ms\": 2500, \"uptime_s\": 9.9");
        assertThat(outcome.demotion().at(Duration.ZERO).carp()).isEqualTo(1);
        assertThat(outcome.replies().getFirst().after())
                .isBetween(Duration.ofMillis(18_100), Duration.ofMillis(18_200));
    }

    @Test
    void aStartThatOnlyTheNoteTellsOfWasReceived() {
        String note = "a BUS START (creatorid 12345678, endtime 0) was received before";
        Outcome outcome = play(
                "openbsd-4.6",
                "\"observed_ms\": 30000, \"waiting_for_bulk\": true, \"since_request_ms\": 2500, \"setup_note\": \"%s\""
                        .formatted(note));
        assertThat(outcome.replies().getFirst().after())
                .isBetween(Duration.ofMillis(19_350), Duration.ofMillis(19_450));
    }

    @Test
    void aMachineOnWhichPfsyncIsMadeHadNoneBefore() {
        Outcome outcome = play(
                "openbsd-7.6",
                operations("{\"at_ms\": 0, \"op\": \"ifconfig pfsync0 create; ifconfig pfsync0 syncdev vio0 up\"}"));
        assertThat(outcome.mishaps()).isEmpty();
        assertThat(outcome.demotion().at(Duration.ofMillis(-50)).carp()).isZero();
        assertThat(outcome.demotion().at(Duration.ZERO).carp()).isEqualTo(32);
        assertThat(outcome.replies()).hasSize(1);
    }

    @Test
    void framesAreLostWhileTheSyncLinkIsDown() {
        Outcome outcome = play(
                "openbsd-7.6",
                operations(
                        "{\"at_ms\": 0, \"op\": \"ifconfig pfsync0 create; ifconfig pfsync0 syncdev vio0 up\"}",
                        "{\"at_ms\": 500, \"op\": \"sync link down\"}",
                        "{\"at_ms\": 3000, \"op\": \"sync link up\"}"));
        assertThat(outcome.replies()).extracting(Reply::after).last().isEqualTo(Duration.ofSeconds(4));
        assertThat(outcome.replies()).hasSize(2);
        assertThat(outcome.counters()).isEqualTo(Map.of(Counter.OPACKETS, 3L));
    }

    @Test
    void statesThatNoSetupPacketBringsAreThereWithTheirAgeAndAreNotAnnounced() {
        Outcome outcome = play("openbsd-7.6", "\"table_before\": [" + OWN + "]");
        assertThat(outcome.replies()).isEmpty();
        assertThat(outcome.tableBefore().getFirst().fields())
                .containsEntry("creation", "40")
                .containsEntry("expire", "20")
                .containsEntry("wire.addr[1]", "10.2.0.77");
        assertThat(outcome.tableAfter().getFirst().fields()).containsEntry("creation", "41");
    }

    @Test
    void statesAreAddedAsTheTableAfterwardsHasThem() {
        Outcome outcome = play(
                "openbsd-7.6",
                operations("{\"at_ms\": 0, \"op\": \"DIOCADDSTATE x1\", \"result\": \"added 1 of 1 lasterr 0\"}")
                        + ", \"table_after\": [" + OWN + "]");
        assertThat(outcome.mishaps()).isEmpty();
        assertThat(outcome.tableAfter().getFirst().name()).isEqualTo("6b029dd200000001/c0ffee01");
        assertThat(outcome.replies()).extracting(Reply::after).containsExactly(Duration.ofSeconds(1));
    }

    @Test
    void anotherResultOfAnOperationIsAMishap() {
        Outcome outcome = play(
                "openbsd-7.6",
                operations(
                        "{\"at_ms\": 0, \"op\": \"pfctl -k id -k 77\", \"result\": \"killed 1\"}",
                        "{\"at_ms\": 1, \"op\": \"reboot\"}",
                        "{\"at_ms\": 2, \"op\": \"ifconfig pfsync0 syncdev vio1\", \"result\": \"Device busy\"}",
                        "{\"at_ms\": 3, \"op\": \"ifconfig pfsync0 syncdev vio1\"}"));
        assertThat(outcome.mishaps())
                .extracting(Difference::toString)
                .containsExactly(
                        "operation 0 pfctl -k id -k 77 expected 1 states got 0",
                        "operation 1 reboot expected done got not understood: reboot",
                        "operation 3 ifconfig pfsync0 syncdev vio1 expected done got SIOCSETPFSYNC: Device busy");
    }

    @Test
    void pfsyncMayBeDownAndPfDisabled() {
        String request = "\"inject\": [{\"hex\": \"%s\"}]".formatted(bulkRequest());
        assertThat(play("openbsd-4.6", request).replies()).hasSize(2);
        String down = "\"config\": {\"hostid\": \"00000001\", \"syncdev\": \"em0\", \"pfsync_up\": false}, ";
        assertThat(play("openbsd-4.6", down + request).counters()).isEqualTo(Map.of(Counter.IPACKETS, 1L));
        String disabled = "\"config\": {\"hostid\": \"00000001\", \"syncdev\": \"em0\", \"pf\": \"disabled\"}, ";
        assertThat(play("openbsd-4.6", disabled + request).counters()).isEqualTo(Map.of(Counter.IPACKETS, 1L));
    }

    @Test
    void aReleaseThatRefusesASettingIsSaidAndDoesNotStopTheOthers() {
        Outcome outcome = play("openbsd-7.6", "\"config\": {\"hostid\": \"00000001\", \"syncdev\": \"em7\"}");
        assertThat(outcome.mishaps())
                .extracting(Difference::what, Difference::expected)
                .containsExactly(org.assertj.core.groups.Tuple.tuple("play", "an outcome"));
    }

    @Test
    void aKernelThatStopsIsToldFromOneThatRuns() {
        String request = "\"inject\": [{\"hex\": \"%s\"}]"
                .formatted(bulkRequest().replace("0c000001", "0c000001" + "00".repeat(20)));
        assertThat(play("openbsd-4.6", request).stopped()).isEmpty();
        assertThat(play("openbsd-4.5", request).stopped()).isPresent();
    }

    private static Outcome play(String release, String fields) {
        String config = fields.contains("\"config\"")
                ? ""
                : "\"config\": {\"hostid\": \"%s\", \"syncdev\": \"%s\"}, "
                        .formatted(
                                release.equals("openbsd-7.6") ? "c0ffee01" : "00000001",
                                release.equals("openbsd-7.6") ? "vio0" : "em0");
        String line = "{\"id\": \"a\", \"counters\": {}, " + config + fields + "}";
        return new FirewallPlayer(Release.of(release)).play(Sample.read(line));
    }

    private static String operations(String... operations) {
        return "\"operations\": " + List.of(operations);
    }

    private static String bulkRequest() {
        byte[] packet = FrameBuilder.of(V5)
                .source("10.7.0.9")
                .add(MessageBuilder.of(V5, Kind.UPD_REQ).build())
                .build();
        return HexFormat.of().formatHex(packet);
    }

    private static String state(Dialect dialect, long id, int creatorId) {
        byte[] structure = MessageBuilder.of(dialect, Kind.INS)
                .set("id", id)
                .set("creatorid", creatorId)
                .set("ifname", "all")
                .set("af", 2)
                .set("proto", 17)
                .set("direction", 1)
                .set("timeout", 6)
                .set("creation", 40)
                .set("expire", 20)
                .set("key[0].af", 2)
                .set("key[1].af", 2)
                .set("key[0].addr[1]", "10.2.0.77")
                .set("key[1].addr[1]", "10.2.0.77")
                .build()
                .bytes();
        return "{\"id\": \"%016x\", \"creatorid\": \"%08x\", \"creation\": 40, \"expire\": 20, \"hex\": \"%s\"}"
                .formatted(id, creatorId, HexFormat.of().formatHex(structure));
    }
}
