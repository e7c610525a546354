package net.pfsync.release;

/** OpenBSD 4.5, the first release of version 5: if_pfsync.c 1.112, recorded with DIAGNOSTIC. */
final class OpenBsd45 {

    /** The answer to a bulk request leaves in one go. */
    private static final long NO_PAUSE = -1;

    private OpenBsd45() {}

    static Release release() {
        Draft draft = Draft.v5();
        draft.dialect = "v5draft";
        draft.tickNanos = NO_PAUSE;
        draft.requestsOnlyWhenConfigured = true;
        draft.protocolIsNosync = false;
        draft.defers = false;
        return new Release(
                "openbsd-4.5",
                "OpenBSD 4.5, if_pfsync.c 1.112, as recorded",
                Release.Defaults.of2009(),
                draft,
                Quirk.MISSING_EOF_PANICS,
                Quirk.CLEAR_WITH_INTERFACE_PANICS,
                Quirk.BULK_REQUEST_TO_EMPTY_TABLE_PANICS,
                Quirk.BULK_LEAVES_OUT_IMPORTED_STATES,
                Quirk.BULK_END_TIME_WRAPS,
                Quirk.FIRST_WAIT_IGNORES_TABLE_SIZE,
                Quirk.WAITS_FOR_BULK_WHILE_DOWN,
                Quirk.STALE_PEER_DISCARDS_FRESH_PEER,
                Quirk.IMPORT_LIVES_ONE_TIMEOUT_TOO_LONG,
                Quirk.UNSCALED_WINDOW_OVERFLOWS,
                Quirk.CREATOR_ZERO_ACCEPTED,
                Quirk.UPDATE_INSERTS_UNCHECKED,
                Quirk.UPDATE_TAKES_NO_RULE,
                Quirk.IMPOSSIBLE_QUEUE_EVENT_PANICS,
                Quirk.MAXUPD_COUNTS_EVERY_PROTOCOL,
                Quirk.LONE_TDB_WAITS_FOR_OTHER_TRAFFIC,
                Quirk.HEADER_UNDERFLOW_PROCESSED,
                Quirk.BUS_COUNT_NOT_EXAMINED,
                Quirk.TINY_MTU_ACCEPTED);
    }
}
