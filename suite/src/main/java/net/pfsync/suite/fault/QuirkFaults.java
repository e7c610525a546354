package net.pfsync.suite.fault;

import static net.pfsync.suite.fault.FaultList.V5;
import static net.pfsync.suite.fault.FaultList.V6;

import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import net.pfsync.release.Quirk;
import net.pfsync.release.Release;
import net.pfsync.suite.target.embedded.Sabotage;

/** Each quirk of a real system as the only fault of a reference release. */
final class QuirkFaults {

    /**
     * Quirks that no lab can provoke from outside: PFSYNC-QUEUE-12 is among the untested requirements, and the window of one end that scales alone
     * is a matter of pf before pfsync sees it.
     */
    static final Set<Quirk> UNSEEN = Collections.unmodifiableSet(
            EnumSet.of(Quirk.IMPOSSIBLE_QUEUE_EVENT_PANICS, Quirk.UNSCALED_WINDOW_OVERFLOWS));

    private QuirkFaults() {}

    static List<Fault> all() {
        FaultList list = new FaultList();
        for (Quirk quirk : Quirk.values()) {
            if (UNSEEN.contains(quirk)) {
                continue;
            }
            String base = base(quirk);
            Sabotage sabotage = new Sabotage() {
                @Override
                public Release release(Release intended) {
                    return Release.faulty(base, quirk);
                }
            };
            list.on(base, quirk.name(), quirk.sentence(), sabotage, noticedBy(quirk));
        }
        return list.faults();
    }

    private static String base(Quirk quirk) {
        return switch (quirk) {
            case MISSING_EOF_PANICS -> "v5draft";
            case UPDATE_INSERTS_ANY_DIRECTION,
                    END_WITHOUT_START_IGNORED,
                    LOST_END_GIVES_UP,
                    SECOND_BULK_REQUEST_SWALLOWED,
                    EMPTY_BULK_WITHOUT_START,
                    BULK_CARRIES_DEAD_STATES,
                    HEADER_UNDERFLOW_PROCESSED,
                    TINY_MTU_ACCEPTED -> V6;
            default -> V5;
        };
    }

    private static String[] noticedBy(Quirk quirk) {
        return switch (quirk) {
            case MISSING_EOF_PANICS -> ids("EOF-06");
            case CLEAR_WITH_INTERFACE_PANICS -> ids("CLR-04");
            case BULK_REQUEST_TO_EMPTY_TABLE_PANICS -> ids("BULK-01");
            case BULK_LEAVES_OUT_IMPORTED_STATES -> ids("BULK-05");
            case BULK_SENDS_NO_STATES -> ids("BULK-02", "BULK-03");
            case STALE_PEER_DISCARDS_FRESH_PEER -> ids("UPD-05", "UPD-06");
            case STALE_DST_OVERWRITES -> ids("UPD-06", "UPD-07");
            case IMPORT_LIVES_ONE_TIMEOUT_TOO_LONG -> ids("EXPIRE-02");
            case DEFERRED_INET6_LOST -> ids("DEFER-04");
            case CREATOR_ZERO_ACCEPTED -> ids("INS-16");
            case UPDATE_INSERTS_UNCHECKED -> ids("UPD-20");
            case UPDATE_INSERTS_ANY_DIRECTION -> ids("UPD-19");
            case UPDATE_TAKES_NO_RULE -> ids("UPD-23");
            case BULK_END_TIME_WRAPS -> ids("BUS-13");
            case WAITS_FOR_BULK_WHILE_DOWN -> ids("BULK-28");
            case IMPOSSIBLE_QUEUE_EVENT_PANICS, UNSCALED_WINDOW_OVERFLOWS ->
                throw new IllegalArgumentException("no case sees " + quirk);
            case MAXUPD_COUNTS_EVERY_PROTOCOL -> ids("TIMER-08");
            case LONE_TDB_WAITS_FOR_OTHER_TRAFFIC -> ids("TDB-08");
            case FIRST_WAIT_IGNORES_TABLE_SIZE -> ids("BULK-30");
            case END_WITHOUT_START_IGNORED -> ids("BUS-03");
            case LOST_END_GIVES_UP -> ids("BULK-25");
            case SECOND_BULK_REQUEST_SWALLOWED -> ids("BULK-09");
            case EMPTY_BULK_WITHOUT_START -> ids("BULK-14");
            case BULK_CARRIES_DEAD_STATES -> ids("BULK-12");
            case HEADER_UNDERFLOW_PROCESSED -> ids("FRAME-26");
            case BUS_COUNT_NOT_EXAMINED -> ids("BUS-07");
            case TINY_MTU_ACCEPTED -> ids("CONF-08");
        };
    }

    private static String[] ids(String... numbers) {
        String[] ids = new String[numbers.length];
        for (int i = 0; i < ids.length; i++) {
            ids[i] = "PFSYNC-" + numbers[i];
        }
        return ids;
    }
}
