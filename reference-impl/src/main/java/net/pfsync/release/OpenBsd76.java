package net.pfsync.release;

import net.pfsync.sync.DeferralRule.Fate;

/** OpenBSD 7.6-current of February 2025: if_pfsync.c 1.330, recorded on one processor. */
final class OpenBsd76 {

    private OpenBsd76() {}

    static Release release() {
        Draft draft = Draft.v6();
        draft.requestsReversed = true;
        draft.keepsPendingTimer = true;
        draft.localPacket = Fate.HELD;
        draft.deletion = Fate.HELD;
        return new Release(
                "openbsd-7.6",
                "OpenBSD 7.6-current of February 2025, if_pfsync.c 1.330, as recorded",
                Release.Defaults.of2025(),
                draft,
                Quirk.END_WITHOUT_START_IGNORED,
                Quirk.LOST_END_GIVES_UP,
                Quirk.SECOND_BULK_REQUEST_SWALLOWED,
                Quirk.EMPTY_BULK_WITHOUT_START,
                Quirk.BULK_CARRIES_DEAD_STATES,
                Quirk.HEADER_UNDERFLOW_PROCESSED,
                Quirk.UPDATE_INSERTS_ANY_DIRECTION,
                Quirk.BUS_COUNT_NOT_EXAMINED,
                Quirk.TINY_MTU_ACCEPTED);
    }
}
