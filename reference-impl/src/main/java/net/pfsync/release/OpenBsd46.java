package net.pfsync.release;

/** OpenBSD 4.6, the second and last release of version 5: if_pfsync.c 1.127, recorded with DIAGNOSTIC. */
final class OpenBsd46 {

    private OpenBsd46() {}

    static Release release() {
        Draft draft = Draft.v5();
        draft.requestsOnlyWhenConfigured = true;
        draft.protocolIsNosync = false;
        return new Release(
                "openbsd-4.6",
                "OpenBSD 4.6, if_pfsync.c 1.127, as recorded",
                Release.Defaults.of2009(),
                draft,
                Quirk.CLEAR_WITH_INTERFACE_PANICS,
                Quirk.BULK_SENDS_NO_STATES,
                Quirk.BULK_END_TIME_WRAPS,
                Quirk.WAITS_FOR_BULK_WHILE_DOWN,
                Quirk.STALE_DST_OVERWRITES,
                Quirk.IMPORT_LIVES_ONE_TIMEOUT_TOO_LONG,
                Quirk.UNSCALED_WINDOW_OVERFLOWS,
                Quirk.CREATOR_ZERO_ACCEPTED,
                Quirk.UPDATE_INSERTS_UNCHECKED,
                Quirk.UPDATE_TAKES_NO_RULE,
                Quirk.IMPOSSIBLE_QUEUE_EVENT_PANICS,
                Quirk.DEFERRED_INET6_LOST,
                Quirk.LONE_TDB_WAITS_FOR_OTHER_TRAFFIC,
                Quirk.BUS_COUNT_NOT_EXAMINED,
                Quirk.TINY_MTU_ACCEPTED);
    }
}
