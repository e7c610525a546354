package net.pfsync.release;

import java.util.function.Consumer;
import net.pfsync.pf.Peer;
import net.pfsync.pf.State;
import net.pfsync.sync.ClassicBulkRequester.FirstWait;
import net.pfsync.sync.ClearRule;
import net.pfsync.sync.ExpiryRule;
import net.pfsync.sync.ImportRule.Verdict;
import net.pfsync.sync.KernelPanic;
import net.pfsync.sync.MergeRule;
import net.pfsync.sync.QueueTransitions;
import net.pfsync.wire.Dialect;
import net.pfsync.wire.StateMessage;
import net.pfsync.wire.WirePeer;

/**
 * One named deviation of a release from the protocol as intended.
 *
 * <p>A release is its dialect, its numbers and its quirks. Each quirk can also be laid on a reference release alone, as a fault that the suite must notice.
 */
public enum Quirk {
    /** A frame without EOF makes the walk over its sections read past its end. */
    MISSING_EOF_PANICS(
            "a frame without EOF is fatal",
            "BEHAVIOUR 20.1; openbsd-4.5 ins-no-eof",
            draft -> draft.panicsPastTheEnd = true),

    /** CLR with an interface name uses a freed state. */
    CLEAR_WITH_INTERFACE_PANICS(
            "CLR with an interface name is fatal if the creator has a state",
            "BEHAVIOUR 3.3; openbsd-4.6 clr-ifname-em1-creator-deadbeef-exactly-one-matching-state",
            draft -> draft.clear = Quirk::clearOrPanic),

    /** A bulk request dereferences the first state of an empty list. */
    BULK_REQUEST_TO_EMPTY_TABLE_PANICS(
            "a bulk request to a firewall without states is fatal",
            "BEHAVIOUR 20.5; openbsd-4.5 upd-req-0-0-with-an-empty-table",
            draft -> draft.panicsWhenEmpty = true),

    /** Two clocks are compared, and states from peers look newer than any request. */
    BULK_LEAVES_OUT_IMPORTED_STATES(
            "a bulk transfer leaves out states that came from a peer",
            "BEHAVIOUR 15.11; openbsd-4.5 upd-req-0-0-with-1-imported-state",
            draft -> draft.sendsImported = false),

    /** The sender's loop ends before it begins. */
    BULK_SENDS_NO_STATES(
            "a bulk transfer carries no state",
            "BEHAVIOUR 20.6; openbsd-4.6 upd-req-0-0-bulk-with-2-states",
            draft -> draft.sendsStates = false),

    /** One stale peer makes the fresh one be ignored, too. */
    STALE_PEER_DISCARDS_FRESH_PEER(
            "an update with one stale peer is ignored as a whole",
            "BEHAVIOUR 9.1; openbsd-4.5 stale-upd-tcp-dst-seqlo-lower",
            draft -> draft.merge = Quirk::mergeAllOrNothing),

    /** The responder is imported again after it was found stale. */
    STALE_DST_OVERWRITES(
            "a stale responder overwrites a newer one if the initiator is fresh",
            "BEHAVIOUR 9.6; openbsd-4.6 stale-upd-tcp-dst-seqlo-lower",
            draft -> draft.merge = Quirk::mergeDstTwice),

    /** The remaining lifetime is added to now, and the timeout is added again. */
    IMPORT_LIVES_ONE_TIMEOUT_TOO_LONG(
            "an imported or updated state outlives its creator's by a full timeout",
            "BEHAVIOUR 20.10; openbsd-4.6 ins-of-a-tcp-state-unknown-id-ruleset-checksum-all-zero",
            draft -> draft.expiry = new LifetimeAndTimeout()),

    /** A window that a peer had scaled does not fit into 16 bits any more when the other end does not scale. */
    UNSCALED_WINDOW_OVERFLOWS(
            "the window of a client that scales becomes zero if its server does not scale",
            "PF-TRACKING 3.3",
            draft -> draft.tracking = draft.tracking.withoutWindowCap()),

    /** The check is only made when debugging. */
    CREATOR_ZERO_ACCEPTED(
            "a state of creator 0 is accepted unless pf's debug level is misc",
            "BEHAVIOUR 20.15; openbsd-4.6 debug-urgent-1-upd-creatorid-0-unknown",
            draft -> draft.creatorZeroAccepted = true),

    /** UPD is not checked as INS is. */
    UPDATE_INSERTS_UNCHECKED(
            "an update inserts a state whose direction or address family an insert would refuse",
            "BEHAVIOUR 6.1; openbsd-4.6 upd-af-7-for-unknown-upd-does-not-check-af-direction",
            draft -> draft.admission = (message, inet6, debugging) -> Verdict.ADMIT),

    /** The direction is still not checked; a state without an address family is left out. */
    UPDATE_INSERTS_ANY_DIRECTION(
            "an update inserts a state whose direction an insert would refuse, and leaves one of family 0 out"
                    + " uncounted",
            "BEHAVIOUR 6.1; openbsd-7.6 s6-upd-unknown-direction-3 and s6-upd-unknown-af-0-keys-af-0",
            draft -> draft.admission = Quirk::admitAnyDirection),

    /** The flags of the frame are not handed on. */
    UPDATE_TAKES_NO_RULE(
            "a state inserted by an update is never tied to a rule",
            "BEHAVIOUR 6.2",
            draft -> draft.updateTakesRule = false),

    /** Unsigned arithmetic. */
    BULK_END_TIME_WRAPS(
            "an END whose time is longer than the receiver's uptime is accepted",
            "openbsd-4.6, BUS received while waiting",
            draft -> draft.endtimeWraps = true),

    /** Only the sender is told. */
    WAITS_FOR_BULK_WHILE_DOWN(
            "taking the interface down leaves a bulk request and its demotion as they are",
            "BEHAVIOUR 15.5; openbsd-4.6 capture 01-bulk-request-noanswer",
            draft -> draft.waitsWhileDown = true),

    /** An assertion that a later release removed. */
    IMPOSSIBLE_QUEUE_EVENT_PANICS(
            "an event that a queued state should not see is fatal",
            "BEHAVIOUR 20.23",
            draft -> draft.transitions = QueueTransitions.classic()),

    /** All packets are let go through the output of IPv4. */
    DEFERRED_INET6_LOST(
            "a first packet of IPv6 that is held is lost when it is let go",
            "BEHAVIOUR 14.10",
            draft -> draft.losesInet6 = true),

    /** UDP and others are counted, too. */
    MAXUPD_COUNTS_EVERY_PROTOCOL(
            "maxupd counts updates of every protocol", "BEHAVIOUR 20.25", draft -> draft.countsAllProtocols = true),

    /** Nothing arms the timer. */
    LONE_TDB_WAITS_FOR_OTHER_TRAFFIC(
            "a TDB message alone is not sent after a second",
            "BEHAVIOUR 11.4",
            draft -> draft.associationsArmTimer = false),

    /** Five seconds, whatever the size of the table. */
    FIRST_WAIT_IGNORES_TABLE_SIZE(
            "the first bulk answer is waited for five seconds, however long it takes",
            "BEHAVIOUR 15.2",
            draft -> draft.firstWait = FirstWait.FIVE_SECONDS),

    /** The requester's machine has no such transition. */
    END_WITHOUT_START_IGNORED(
            "BUS END without a START is ignored, so a peer without states keeps the requester demoted",
            "BEHAVIOUR 15.20; openbsd-7.6 s8-up-every-request-answered-by-bus-end-only",
            draft -> draft.needsStart = true),

    /** A missing break. */
    LOST_END_GIVES_UP(
            "a bulk transfer whose END is lost counts as done",
            "FAILURES F2.4; openbsd-7.6 s8-up-then-bus-start-never-an-end-bulk-timeout-with-limit-1000-is-16-s",
            draft -> draft.givesUpAfterLostEnd = true),

    /** The flag is written and never read. */
    SECOND_BULK_REQUEST_SWALLOWED(
            "a bulk request during a transfer is not answered",
            "FAILURES F2.5; openbsd-7.6 OBSERVED section 2",
            draft -> draft.forgetsSecondRequest = true),

    /** Only END is sent. */
    EMPTY_BULK_WITHOUT_START(
            "a bulk request to a firewall without states is answered by END alone",
            "BEHAVIOUR 15.21; openbsd-7.6 s6-upd-req-zero-zero-with-0-states",
            draft -> draft.startsWhenEmpty = false),

    /** The list holds them until they are freed. */
    BULK_CARRIES_DEAD_STATES(
            "a bulk transfer carries states that were removed, and states that must not be announced",
            "openbsd-7.6 capture s7_admin",
            draft -> draft.sendsUnlinked = true),

    /** The length is trimmed as a signed number. */
    HEADER_UNDERFLOW_PROCESSED(
            "messages are processed although the header announces less than its own length",
            "BEHAVIOUR 2.8; openbsd-7.6 s6-hdr-len-0",
            draft -> draft.processesHeaderUnderflow = true),

    /** The handler looks at the first message without looking at the count. */
    BUS_COUNT_NOT_EXAMINED(
            "a BUS section of count 0 is read as if its message were there",
            "FAILURES F2.7; openbsd-4.6 OBSERVED section D",
            draft -> draft.readsUncountedBus = true),

    /** The MTU is only compared with the smallest header. */
    TINY_MTU_ACCEPTED(
            "an MTU that holds no state is accepted",
            "FAILURES F2.6",
            draft -> draft.smallestMtu = Dialect.of(draft.dialect).minimumPacket() + 1);

    private final String sentence;
    private final String source;

    @SuppressWarnings("ImmutableEnumChecker") // a lambda without state
    private final Consumer<Draft> effect;

    Quirk(String sentence, String source, Consumer<Draft> effect) {
        this.sentence = sentence;
        this.source = source;
        this.effect = effect;
    }

    /**
     * What the release does.
     *
     * @return a sentence without a full stop
     */
    public String sentence() {
        return sentence;
    }

    /**
     * Where it was seen or read.
     *
     * @return a numbered statement, a recorded case or both
     */
    public String source() {
        return source;
    }

    void layOn(Draft draft) {
        effect.accept(draft);
    }

    private static boolean clearOrPanic(State state, String ifname) {
        if (!ifname.isEmpty()) {
            throw new KernelPanic(
                    "panic: page fault in pfsync_in_clr: state " + Long.toHexString(state.id) + " used after free");
        }
        return ClearRule.BY_INTERFACE.removes(state, ifname);
    }

    private static Verdict admitAnyDirection(StateMessage message, int inet6, boolean debugging) {
        if (message.af() == 0) {
            return Verdict.IGNORE;
        }
        return message.af() == 2 || message.af() == inet6 ? Verdict.ADMIT : Verdict.REFUSE;
    }

    /** {@code BEHAVIOUR.md} 9.1 and 10.1: the first stale peer ends it; only an older responder lets the initiator through. */
    private static int mergeAllOrNothing(State ours, boolean tcp, WirePeer src, WirePeer dst) {
        boolean leavesProxy = tcp && ours.src.state >= Peer.PROXY_SRC && src.state() < Peer.PROXY_SRC;
        if (MergeRule.lower(ours.src, src) && !leavesProxy) {
            return MergeRule.STALE;
        }
        if (tcp && Peer.after(ours.src.seqlo, src.seqlo())) {
            return MergeRule.STALE;
        }
        if (MergeRule.lower(ours.dst, dst)) {
            if (tcp) {
                ours.src.take(src);
            }
            return MergeRule.STALE;
        }
        if (tcp && ours.dst.state >= Peer.SYN_SENT && Peer.after(ours.dst.seqlo, dst.seqlo())) {
            return MergeRule.STALE;
        }
        ours.src.take(src);
        ours.dst.take(dst);
        return MergeRule.NEWS | MergeRule.TAKE_TIMES;
    }

    /** {@code BEHAVIOUR.md} 9.4 to 9.6: each peer on its own, and then the responder once more. */
    private static int mergeDstTwice(State ours, boolean tcp, WirePeer src, WirePeer dst) {
        boolean staleSrc = tcp ? MergeRule.staleTcpSrc(ours.src, src) : MergeRule.lower(ours.src, src);
        boolean olderDst = tcp && ours.dst.state >= Peer.SYN_SENT && Peer.after(ours.dst.seqlo, dst.seqlo());
        boolean staleDst = MergeRule.lower(ours.dst, dst) || olderDst;
        if (!staleSrc) {
            ours.src.take(src);
        }
        if (!(staleSrc && staleDst)) {
            ours.dst.take(dst);
        }
        return MergeRule.NEWS
                | (staleSrc || staleDst ? MergeRule.STALE : 0)
                | (staleSrc && staleDst ? 0 : MergeRule.TAKE_TIMES);
    }

    /** {@code BEHAVIOUR.md} 8.10, until 2011: the remaining lifetime becomes the time of last activity. */
    private static final class LifetimeAndTimeout implements ExpiryRule {
        @Override
        public int imported(int now, int remaining, int timeout) {
            return now + remaining;
        }

        @Override
        public int updated(int now, int remaining) {
            return now + remaining;
        }
    }
}
