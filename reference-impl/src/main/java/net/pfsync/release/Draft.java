package net.pfsync.release;

import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import net.pfsync.pf.TrackingRule;
import net.pfsync.sync.BulkRequester;
import net.pfsync.sync.BulkSender;
import net.pfsync.sync.ClassicBulkRequester;
import net.pfsync.sync.ClassicBulkRequester.FirstWait;
import net.pfsync.sync.ClassicBulkSender;
import net.pfsync.sync.ClearRule;
import net.pfsync.sync.ConfigException.Errno;
import net.pfsync.sync.DeferralRule;
import net.pfsync.sync.DeferralRule.Fate;
import net.pfsync.sync.ExpiryRule;
import net.pfsync.sync.ImportRule;
import net.pfsync.sync.ImportRule.Admission;
import net.pfsync.sync.MergeRule;
import net.pfsync.sync.OutputRule;
import net.pfsync.sync.PacedBulkSender;
import net.pfsync.sync.Part;
import net.pfsync.sync.Pfsync;
import net.pfsync.sync.QueueTransitions;
import net.pfsync.sync.Rules;
import net.pfsync.sync.StagedBulkRequester;
import net.pfsync.wire.Dialect;

/**
 * The rules of a release while it is put together: the intended protocol, on which numbers and quirks are laid.
 *
 * <p>Every field starts with what is intended for both versions; {@link #v5} and {@link #v6} add what differs between them by design.
 */
final class Draft {

    private static final int SLACK_FOR_BUS = 16;
    private static final int SUBHEADER = 4;

    String dialect;

    // What is received.
    boolean countsSilentRequests;
    boolean countsLowerAssociations = true;
    boolean processesHeaderUnderflow;
    boolean readsUncountedBus;
    boolean panicsPastTheEnd;
    ClearRule clear = ClearRule.BY_INTERFACE;
    MergeRule merge = MergeRule.EACH_PEER;
    Admission admission = Admission.STRICT;
    boolean creatorZeroAccepted;
    ExpiryRule expiry = ExpiryRule.REMAINING_LIFETIME;
    boolean insertTakesRule = true;
    boolean updateTakesRule = true;
    boolean keepsNosync;
    boolean protocolIsNosync = true;

    // What is sent.
    List<Part> order;
    QueueTransitions transitions = QueueTransitions.forgiving();
    boolean requestsAlone;
    boolean requestsReversed;
    boolean keepsPendingTimer;
    boolean countsAllProtocols;
    boolean associationsArmTimer = true;
    boolean compressedExpire;
    boolean sendsChecksum;

    // How packets are tracked.
    TrackingRule tracking;

    // First packets.
    boolean defers = true;
    Duration hold;
    Fate peerUpdate;
    Fate localPacket = Fate.SENT;
    Fate deletion = Fate.DROPPED;
    boolean losesInet6;

    // What may be configured.
    boolean busyWhileRunning;
    Errno unknownDevice = Errno.EINVAL;
    boolean needsDevice;
    int largestMtu;
    int smallestMtu;
    boolean requestsOnlyWhenConfigured;
    boolean unchangedIsError;
    boolean leavesGroupWhenDown;

    // Bulk transfers, v5.
    FirstWait firstWait = FirstWait.BY_TABLE_SIZE;
    boolean endtimeWraps;
    boolean waitsWhileDown;
    long tickNanos = 10_000_000L;
    boolean panicsWhenEmpty;
    boolean sendsStates = true;
    boolean sendsImported = true;

    // Bulk transfers, v6.
    boolean staged;
    boolean needsStart;
    boolean givesUpAfterLostEnd;
    long paceNanos = 20_000_000L;
    boolean startsWhenEmpty = true;
    boolean forgetsSecondRequest;
    boolean sendsUnlinked;

    /** Version 5 as OpenBSD 4.6 speaks it. */
    static Draft v5() {
        Draft draft = new Draft();
        draft.dialect = "v5-4.6";
        draft.tracking = TrackingRule.OF_2009;
        draft.order = OutputRule.V5_ORDER;
        draft.compressedExpire = true;
        draft.sendsChecksum = true;
        draft.largestMtu = 2048;
        draft.hold = Duration.ofMillis(100);
        draft.peerUpdate = Fate.DROPPED;
        return draft;
    }

    /** Version 6 as OpenBSD 7.4 and later speak it. */
    static Draft v6() {
        Draft draft = new Draft();
        draft.dialect = "v6-7.4";
        draft.tracking = TrackingRule.CURRENT;
        draft.order = OutputRule.V6_ORDER;
        draft.requestsAlone = true;
        draft.countsSilentRequests = true;
        draft.countsLowerAssociations = false;
        draft.insertTakesRule = false;
        draft.updateTakesRule = false;
        draft.keepsNosync = true;
        draft.transitions = QueueTransitions.sliced();
        draft.busyWhileRunning = true;
        draft.unknownDevice = Errno.ENXIO;
        draft.needsDevice = true;
        draft.unchangedIsError = true;
        draft.leavesGroupWhenDown = true;
        draft.staged = true;
        draft.hold = Duration.ofMillis(20);
        draft.peerUpdate = Fate.SENT;
        return draft;
    }

    Rules rules() {
        Dialect wire = Dialect.of(dialect);
        int smallest = smallestMtu == 0
                ? wire.minimumPacket() + SUBHEADER + Math.max(wire.stateSize(), SLACK_FOR_BUS)
                : smallestMtu;
        return new Rules(
                wire,
                new Rules.InputRule(
                        countsSilentRequests,
                        countsLowerAssociations,
                        processesHeaderUnderflow,
                        readsUncountedBus,
                        panicsPastTheEnd),
                clear,
                new ImportRule(
                        admission.andCreator(creatorZeroAccepted),
                        expiry,
                        insertTakesRule,
                        updateTakesRule,
                        keepsNosync,
                        protocolIsNosync),
                merge,
                new OutputRule(
                        order,
                        transitions,
                        requestsAlone,
                        requestsReversed,
                        keepsPendingTimer,
                        countsAllProtocols,
                        associationsArmTimer,
                        compressedExpire,
                        sendsChecksum),
                new DeferralRule(defers, hold, peerUpdate, localPacket, deletion, losesInet6),
                new Rules.ConfigRule(
                        busyWhileRunning,
                        unknownDevice,
                        needsDevice,
                        largestMtu,
                        smallest,
                        requestsOnlyWhenConfigured,
                        unchangedIsError,
                        leavesGroupWhenDown),
                requester(),
                sender());
    }

    private Function<Pfsync, BulkRequester> requester() {
        return staged
                ? pfsync -> new StagedBulkRequester(pfsync, needsStart, givesUpAfterLostEnd)
                : pfsync -> new ClassicBulkRequester(pfsync, firstWait, endtimeWraps, waitsWhileDown);
    }

    private Function<Pfsync, BulkSender> sender() {
        if (staged) {
            PacedBulkSender.Style style =
                    new PacedBulkSender.Style(paceNanos, startsWhenEmpty, forgetsSecondRequest, sendsUnlinked);
            return pfsync -> new PacedBulkSender(pfsync, style);
        }
        ClassicBulkSender.Style style =
                new ClassicBulkSender.Style(tickNanos, panicsWhenEmpty, sendsStates, sendsImported);
        return pfsync -> new ClassicBulkSender(pfsync, style);
    }
}
