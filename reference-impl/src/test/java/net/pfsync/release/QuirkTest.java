package net.pfsync.release;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.function.Function;
import net.pfsync.SyncLan;
import net.pfsync.pf.State;
import net.pfsync.pf.States;
import net.pfsync.sync.ConfigException;
import net.pfsync.sync.Pfsync;
import net.pfsync.sync.SecurityAssociation;
import net.pfsync.wire.BulkStatus;
import net.pfsync.wire.Kind;
import net.pfsync.wire.Message;
import net.pfsync.wire.MessageBuilder;
import net.pfsync.wire.Update;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every quirk changes something that a peer or an administrator can see. */
class QuirkTest {

    private static final int LIMIT = 1000;
    private static final byte[] CHECKSUM = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16};

    /**
     * What a quirk changes.
     *
     * @param base the reference release, or the layout of version 5 in which alone it shows
     * @param look provokes it and tells what is seen
     * @param intended what is seen without it
     * @param deviating what is seen with it
     */
    private record Difference(String base, Function<SyncLan, Object> look, Object intended, Object deviating) {}

    @ParameterizedTest
    @EnumSource(Quirk.class)
    void changesWhatIsSeen(Quirk quirk) {
        Difference difference = difference(quirk);
        assertThat(seen(difference)).as("without it").isEqualTo(difference.intended);
        assertThat(seen(difference, quirk)).as("with it").isEqualTo(difference.deviating);
    }

    private static Object seen(Difference difference, Quirk... quirks) {
        SyncLan lan = new SyncLan(
                Release.faulty(difference.base, quirks),
                settings -> settings.stateLimit(LIMIT).ruleset(3, CHECKSUM));
        return difference.look.apply(lan);
    }

    private static Difference difference(Quirk quirk) {
        return switch (quirk) {
            case MISSING_EOF_PANICS -> new Difference("v5draft", QuirkTest::frameWithoutEnd, "runs", "stopped");
            case CLEAR_WITH_INTERFACE_PANICS -> v5(QuirkTest::clearWithInterface, "runs", "stopped");
            case BULK_REQUEST_TO_EMPTY_TABLE_PANICS -> v5(QuirkTest::bulkRequestToEmptyTable, "runs", "stopped");
            case BULK_LEAVES_OUT_IMPORTED_STATES -> v5(QuirkTest::statesInBulk, 2L, 1L);
            case BULK_SENDS_NO_STATES -> v5(QuirkTest::statesInBulk, 2L, 0L);
            case STALE_PEER_DISCARDS_FRESH_PEER -> v5(QuirkTest::halfStaleUpdate, "1500 5000", "1000 5000");
            case STALE_DST_OVERWRITES -> v5(QuirkTest::halfStaleUpdate, "1500 5000", "1500 4999");
            case IMPORT_LIVES_ONE_TIMEOUT_TOO_LONG -> v5(QuirkTest::lifetimeOfImport, 20, 80);
            case UNSCALED_WINDOW_OVERFLOWS ->
                v5(lan -> lan.firewall().release().tracking().capsWindow(), true, false);
            case CREATOR_ZERO_ACCEPTED -> v5(QuirkTest::stateWithoutCreator, "refused", "inserted");
            case UPDATE_INSERTS_UNCHECKED -> v5(lan -> updateOfUnknown(lan, "af", 7), "{badstate=1}", "inserted");
            case UPDATE_INSERTS_ANY_DIRECTION ->
                v6(lan -> updateOfUnknown(lan, "direction", 3), "{badstate=1}", "inserted");
            case UPDATE_TAKES_NO_RULE -> v5(QuirkTest::ruleOfUpdate, 2, -1);
            case BULK_END_TIME_WRAPS -> v5(lan -> waitsAfter(lan, end(lan, 500)), true, false);
            case WAITS_FOR_BULK_WHILE_DOWN -> v5(QuirkTest::demotionWhenDown, 0, 1);
            case IMPOSSIBLE_QUEUE_EVENT_PANICS -> v5(QuirkTest::updateOfRemovedState, "runs", "stopped");
            case MAXUPD_COUNTS_EVERY_PROTOCOL -> v5(QuirkTest::updatesOfUdp, 0, 1);
            case DEFERRED_INET6_LOST -> v5(QuirkTest::heldPacketOfInet6, "sent", "lost");
            case LONE_TDB_WAITS_FOR_OTHER_TRAFFIC -> v5(QuirkTest::loneAssociation, 1, 0);
            case FIRST_WAIT_IGNORES_TABLE_SIZE -> v5(QuirkTest::millisToFirstRetry, 5660L, 5000L);
            case END_WITHOUT_START_IGNORED -> v6(lan -> waitsAfter(lan, end(lan, 0)), false, true);
            case LOST_END_GIVES_UP -> v6(QuirkTest::waitsAfterLostEnd, true, false);
            case SECOND_BULK_REQUEST_SWALLOWED -> v6(QuirkTest::startsForTwoRequests, 2L, 1L);
            case EMPTY_BULK_WITHOUT_START -> v6(QuirkTest::emptyBulk, 2, 1);
            case BULK_CARRIES_DEAD_STATES -> v6(QuirkTest::timeoutsInBulkAfterFlush, "", "22");
            case HEADER_UNDERFLOW_PROCESSED -> v6(QuirkTest::headerAnnouncingNothing, "refused", "inserted");
            case BUS_COUNT_NOT_EXAMINED -> v5(QuirkTest::waitsAfterUncountedEnd, true, false);
            case TINY_MTU_ACCEPTED -> v6(QuirkTest::tinyMtu, "Invalid argument", "accepted");
        };
    }

    private static Difference v5(Function<SyncLan, Object> look, Object intended, Object deviating) {
        return new Difference("reference-v5", look, intended, deviating);
    }

    private static Difference v6(Function<SyncLan, Object> look, Object intended, Object deviating) {
        return new Difference("reference-v6", look, intended, deviating);
    }

    // ---- frames ----

    private static Object runs(SyncLan lan) {
        lan.seconds(2);
        return lan.firewall().stopped().isEmpty() ? "runs" : "stopped";
    }

    private static Object frameWithoutEnd(SyncLan lan) {
        lan.up();
        lan.send(lan.frame().add(lan.messages().insert(1)).eof(false).build());
        return runs(lan);
    }

    private static Object headerAnnouncingNothing(SyncLan lan) {
        lan.up();
        lan.send(lan.frame().add(lan.messages().insert(1)).len(0).build());
        lan.seconds(0);
        return lan.state(1) == null ? "refused" : "inserted";
    }

    private static Object clearWithInterface(SyncLan lan) {
        lan.up();
        lan.receive(lan.messages().clear(SyncLan.PEER, "em1"));
        assertThat(runs(lan)).isEqualTo("runs");
        lan.receive(lan.messages().insert(1), lan.messages().clear(SyncLan.PEER, "em1"));
        return runs(lan);
    }

    // ---- inserts and updates ----

    private static Object stateWithoutCreator(SyncLan lan) {
        lan.up();
        lan.receive(lan.messages().state(Kind.INS, 1).set("creatorid", 0).build());
        return lan.firewall().states().find(1, 0) == null ? "refused" : "inserted";
    }

    private static Object updateOfUnknown(SyncLan lan, String field, int value) {
        lan.up();
        lan.counted();
        lan.receive(lan.messages().state(Kind.UPD, 1).set(field, value).build());
        return lan.state(1) == null ? lan.counted().toString() : "inserted";
    }

    private static Object ruleOfUpdate(SyncLan lan) {
        lan.up();
        Message update = lan.messages().state(Kind.UPD, 1).set("rule", 2).build();
        lan.send(lan.frame().checksum(CHECKSUM).add(update).build());
        lan.seconds(0);
        return lan.state(1).rule;
    }

    private static Object halfStaleUpdate(SyncLan lan) {
        lan.up();
        lan.receive(lan.messages().insert(1));
        lan.seconds(5);
        lan.sent();
        lan.receive(lan.messages()
                .compressed(1)
                .set("src.seqlo", 1500)
                .set("dst.state", 4)
                .set("dst.seqlo", 4999)
                .build());
        assertThat(lan.said()).extracting(Message::kind).containsExactly(Kind.UPD_C);
        return lan.state(1).src.seqlo + " " + lan.state(1).dst.seqlo;
    }

    private static Object lifetimeOfImport(SyncLan lan) {
        lan.up();
        lan.receive(lan.messages()
                .state(Kind.INS, 1)
                .set("proto", States.UDP)
                .set("timeout", States.UDP_MULTIPLE)
                .set("expire", 20)
                .build());
        int born = lan.now();
        lan.time().advanceUntil(() -> lan.state(1) == null, Duration.ofSeconds(200));
        return lan.now() - born;
    }

    // ---- queues ----

    private static Object updateOfRemovedState(SyncLan lan) {
        lan.up();
        State state = lan.add(1);
        lan.seconds(2);
        lan.firewall().killById(1, SyncLan.HOST);
        lan.firewall().touch(state);
        return runs(lan);
    }

    private static Object updatesOfUdp(SyncLan lan) {
        lan.up();
        lan.configure(pfsync -> pfsync.setMaxupd(1));
        State state = lan.add(States.state(States.UDP, 1, SyncLan.HOST));
        lan.seconds(2);
        lan.sent();
        for (int i = 0; i < 3; i++) {
            lan.firewall().touch(state);
        }
        lan.seconds(0);
        return lan.sent().size();
    }

    private static Object heldPacketOfInet6(SyncLan lan) {
        int inet6 = 24;
        String[] packet = {"lost"};
        lan.up();
        lan.pfsync().setDefer(true);
        State state = lan.add(States.state(States.UDP, 1, SyncLan.HOST));
        state.af = (byte) inet6;
        state.direction = State.OUT;
        boolean held = lan.pfsync().defer(state, false, () -> packet[0] = "sent");
        lan.seconds(1);
        return held ? packet[0] : "not held";
    }

    private static Object loneAssociation(SyncLan lan) {
        lan.up();
        lan.seconds(1);
        lan.sent();
        SecurityAssociation association = new SecurityAssociation(1001, 2, new byte[] {10, 0, 0, 1}, 50);
        lan.pfsync().securityAssociations().add(association);
        lan.pfsync().changed(association);
        lan.seconds(2);
        return lan.sent().size();
    }

    private static Object tinyMtu(SyncLan lan) {
        try {
            lan.pfsync().setMtu(lan.dialect().minimumPacket() + 1);
            return "accepted";
        } catch (ConfigException refused) {
            return refused.errno().text();
        }
    }

    @Test
    void asksForStatesEvenThroughATinyMtu() {
        SyncLan lan = SyncLan.of("openbsd-7.6").configure(pfsync -> pfsync.setMtu(41));
        lan.receive(
                lan.messages().compressed(1).build(),
                lan.messages().compressed(2).build());
        assertThat(lan.said()).hasSize(2);
    }

    // ---- asking for a bulk transfer ----

    private static Message end(SyncLan lan, long endtime) {
        return lan.messages().bulk(BulkStatus.END, endtime);
    }

    private static Object waitsAfter(SyncLan lan, Message answer) {
        lan.up();
        lan.receive(answer);
        return lan.pfsync().waitingForBulk();
    }

    private static Object waitsAfterUncountedEnd(SyncLan lan) {
        lan.up();
        lan.send(lan.frame()
                .section(lan.dialect().number(Kind.BUS), 0, 0, end(lan, 0).bytes())
                .build());
        lan.seconds(0);
        return lan.pfsync().waitingForBulk();
    }

    private static Object waitsAfterLostEnd(SyncLan lan) {
        lan.up();
        lan.receive(lan.messages().bulk(BulkStatus.START, 0));
        lan.seconds(16);
        return lan.pfsync().waitingForBulk();
    }

    private static Object demotionWhenDown(SyncLan lan) {
        lan.up();
        lan.configure(Pfsync::down);
        return lan.pfsync().demotion().value();
    }

    private static Object millisToFirstRetry(SyncLan lan) {
        lan.up();
        lan.seconds(0);
        lan.sent();
        long began = lan.time().nanos();
        lan.seconds(60);
        return Duration.ofNanos(lan.sent().getFirst().nanos() - began).toMillis();
    }

    // ---- answering with a bulk transfer ----

    private static Object bulkRequestToEmptyTable(SyncLan lan) {
        lan.up();
        lan.receive(lan.messages().bulkRequest());
        return runs(lan);
    }

    private static Object statesInBulk(SyncLan lan) {
        lan.up();
        lan.add(1).added = false; // as if a packet had made it
        lan.receive(lan.messages().insert(2));
        lan.seconds(3);
        lan.sent();
        lan.receive(lan.messages().bulkRequest());
        lan.seconds(1);
        return lan.said().stream().filter(Update.class::isInstance).count();
    }

    private static Object startsForTwoRequests(SyncLan lan) {
        lan.up();
        for (int id = 1; id <= 20; id++) {
            lan.add(id);
        }
        lan.seconds(1);
        lan.sent();
        lan.receive(lan.messages().bulkRequest());
        lan.receive(lan.messages().bulkRequest());
        lan.seconds(1);
        return lan.said().stream()
                .filter(message -> message instanceof BulkStatus status && status.status() == BulkStatus.START)
                .count();
    }

    private static Object emptyBulk(SyncLan lan) {
        lan.up();
        lan.seconds(0);
        lan.sent();
        lan.receive(lan.messages().bulkRequest());
        return lan.said().size();
    }

    private static Object timeoutsInBulkAfterFlush(SyncLan lan) {
        lan.up();
        lan.add(1);
        lan.firewall().flushStates("");
        lan.receive(lan.messages().bulkRequest());
        return String.join(
                " ",
                lan.said().stream()
                        .filter(Update.class::isInstance)
                        .map(message -> Integer.toString(((Update) message).timeout()))
                        .toList());
    }

    @Test
    void leavesOutAStateWithoutAFamilySilentlyInOpenBsd76() {
        SyncLan lan = SyncLan.of("openbsd-7.6");
        MessageBuilder update = lan.messages()
                .state(Kind.UPD, 1)
                .set("af", 0)
                .set("key[0].af", 0)
                .set("key[1].af", 0);
        lan.receive(update.build());
        assertThat(lan.state(1)).isNull();
        assertThat(lan.counted()).isEmpty();
        lan.receive(update.set("af", 99).build());
        assertThat(lan.counted()).hasToString("{badstate=1}");
    }
}
