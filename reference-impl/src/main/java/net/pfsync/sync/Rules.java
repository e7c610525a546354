package net.pfsync.sync;

import java.util.function.Function;
import net.pfsync.wire.Dialect;

/**
 * Everything in which releases differ, as the engine asks for it: a release is one value of this record.
 *
 * @param dialect the wire layout
 * @param input what is done with received messages beyond the common checks
 * @param clear which states a CLR removes
 * @param imports how received states are imported
 * @param merge what is taken from an update
 * @param output how frames are put together
 * @param deferral how first packets are held back
 * @param config what may be configured when
 * @param requester makes the machine that asks for a bulk transfer
 * @param sender makes the machine that answers
 */
public record Rules(
        Dialect dialect,
        InputRule input,
        ClearRule clear,
        ImportRule imports,
        MergeRule merge,
        OutputRule output,
        DeferralRule deferral,
        ConfigRule config,
        Function<Pfsync, BulkRequester> requester,
        Function<Pfsync, BulkSender> sender) {

    /**
     * What is done with received messages.
     *
     * @param countsSilentRequests whether a request for a state that must not be announced is counted as badstate
     * @param countsLowerAssociations whether TDB counters lower than ours are counted as badstate
     * @param processesHeaderUnderflow whether messages are processed although the header announces less than its own length
     * @param readsUncountedBus whether a BUS section of count 0 is read as if its message were there
     * @param panicsPastTheEnd whether reading a section behind the end of the packet is fatal; otherwise it is counted as badlen
     */
    public record InputRule(
            boolean countsSilentRequests,
            boolean countsLowerAssociations,
            boolean processesHeaderUnderflow,
            boolean readsUncountedBus,
            boolean panicsPastTheEnd) {}

    /**
     * What may be configured when.
     *
     * @param busyWhileRunning whether the sync interface and the peer cannot be changed while pfsync is up
     * @param unknownDevice the error for a sync interface that does not exist
     * @param needsDevice whether pfsync cannot come up without a sync interface
     * @param largestMtu a larger MTU is silently cut to this one; 0 if the sync interface's MTU is the limit and more is an error
     * @param smallestMtu the smallest MTU that is accepted
     * @param requestsOnlyWhenConfigured whether coming up asks for a bulk transfer only if the sync interface was configured since the last
     *     request; otherwise coming up always does
     * @param unchangedIsError whether taking an interface down that is down is an error
     * @param leavesGroupWhenDown whether the multicast group is only joined while pfsync is up
     */
    public record ConfigRule(
            boolean busyWhileRunning,
            ConfigException.Errno unknownDevice,
            boolean needsDevice,
            int largestMtu,
            int smallestMtu,
            boolean requestsOnlyWhenConfigured,
            boolean unchangedIsError,
            boolean leavesGroupWhenDown) {}
}
