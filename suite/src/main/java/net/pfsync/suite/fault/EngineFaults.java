package net.pfsync.suite.fault;

import static net.pfsync.suite.fault.FaultList.V5;
import static net.pfsync.suite.fault.FaultList.V6;
import static net.pfsync.suite.fault.FaultList.rules;

import java.time.Duration;
import java.util.List;
import java.util.function.UnaryOperator;
import net.pfsync.pf.Peer;
import net.pfsync.pf.State;
import net.pfsync.suite.target.embedded.Sabotage;
import net.pfsync.sync.ClassicBulkRequester;
import net.pfsync.sync.ClearRule;
import net.pfsync.sync.DeferralRule;
import net.pfsync.sync.DeferralRule.Fate;
import net.pfsync.sync.ExpiryRule;
import net.pfsync.sync.ImportRule;
import net.pfsync.sync.ImportRule.Admission;
import net.pfsync.sync.ImportRule.Verdict;
import net.pfsync.sync.MergeRule;
import net.pfsync.sync.OutputRule;
import net.pfsync.sync.PacedBulkSender;
import net.pfsync.sync.QueueTransitions;
import net.pfsync.sync.Rules;
import net.pfsync.wire.WirePeer;

/** Faults in how the engine decides: one of its rules is another. */
final class EngineFaults {

    private static final int ALL = MergeRule.NEWS | MergeRule.TAKE_TIMES;

    private EngineFaults() {}

    static List<Fault> all() {
        FaultList list = new FaultList();
        merging(list);
        importing(list);
        sending(list);
        holding(list);
        configuring(list);
        return list.faults();
    }

    // ---- updates ----

    private static void merging(FaultList list) {
        list.both(
                        "STALE_TAKEN",
                        "takes every update, however old",
                        merge((ours, tcp, src, dst) -> {
                            ours.src.take(src);
                            ours.dst.take(dst);
                            return ALL;
                        }),
                        "PFSYNC-UPD-04",
                        "PFSYNC-UPDC-07",
                        "PFSYNC-COMB-10")
                .both(
                        "NOTHING_TAKEN",
                        "takes no update",
                        merge((ours, tcp, src, dst) -> ALL),
                        "PFSYNC-UPD-01",
                        "PFSYNC-UPDC-01")
                .both(
                        "STALE_NOT_REPORTED",
                        "ignores stale updates without telling the sender",
                        merged(result -> result & ~MergeRule.STALE),
                        "PFSYNC-UPD-04")
                .both(
                        "SPLIT_PATH_NOT_SEEN",
                        "forgets that a peer just updated a state",
                        merged(result -> result & ~MergeRule.NEWS),
                        "PFSYNC-TIMER-05")
                .both(
                        "STALE_IS_NO_NEWS",
                        "forgets that a peer just sent a stale update of a state",
                        merged(result -> (result & MergeRule.STALE) == 0 ? result : result & ~MergeRule.NEWS),
                        "PFSYNC-TIMER-11")
                .both(
                        "TIMEOUT_NOT_TAKEN",
                        "does not take the timeout of an update",
                        merged(result -> result & ~MergeRule.TAKE_TIMES),
                        "PFSYNC-UPD-21")
                .both(
                        "SEQUENCE_UNSIGNED",
                        "compares sequence numbers as unsigned numbers",
                        merge(EngineFaults::unsigned),
                        "PFSYNC-UPD-11")
                .both(
                        "SEQUENCE_OF_UDP",
                        "compares the sequence numbers of every protocol",
                        merge((ours, tcp, src, dst) -> MergeRule.EACH_PEER.merge(ours, true, src, dst)),
                        "PFSYNC-UPD-15")
                .both(
                        "SEQUENCE_NOT_COMPARED",
                        "compares only the states of peers",
                        merge((ours, tcp, src, dst) -> MergeRule.EACH_PEER.merge(ours, false, src, dst)),
                        "PFSYNC-UPD-06")
                .both(
                        "STATE_NOT_COMPARED",
                        "compares only the sequence numbers of peers",
                        merge(EngineFaults::onlySequence),
                        "PFSYNC-UPD-08")
                .both(
                        "PROXY_IS_PROGRESS",
                        "takes leaving the syn-proxy for going back",
                        merge(EngineFaults::proxyStays),
                        "PFSYNC-UPD-12")
                .both(
                        "EQUAL_IS_STALE",
                        "takes an update with equal sequence numbers for stale",
                        merge(EngineFaults::equalIsStale),
                        "PFSYNC-UPD-10");
    }

    private static int unsigned(State ours, boolean tcp, WirePeer src, WirePeer dst) {
        boolean staleSrc = ours.src.state > src.state()
                || (ours.src.state == src.state() && Integer.compareUnsigned(ours.src.seqlo, src.seqlo()) > 0);
        boolean staleDst = ours.dst.state > dst.state()
                || (ours.dst.state == dst.state() && Integer.compareUnsigned(ours.dst.seqlo, dst.seqlo()) > 0);
        return take(ours, src, dst, staleSrc, staleDst);
    }

    private static int onlySequence(State ours, boolean tcp, WirePeer src, WirePeer dst) {
        return take(ours, src, dst, Peer.after(ours.src.seqlo, src.seqlo()), Peer.after(ours.dst.seqlo, dst.seqlo()));
    }

    private static int proxyStays(State ours, boolean tcp, WirePeer src, WirePeer dst) {
        return take(
                ours,
                src,
                dst,
                MergeRule.lower(ours.src, src) || MergeRule.staleTcpSrc(ours.src, src),
                MergeRule.staleTcpDst(ours.dst, dst));
    }

    private static int equalIsStale(State ours, boolean tcp, WirePeer src, WirePeer dst) {
        return take(
                ours,
                src,
                dst,
                ours.src.state == src.state() && ours.src.seqlo == src.seqlo(),
                ours.dst.state == dst.state() && ours.dst.seqlo == dst.seqlo());
    }

    private static int take(State ours, WirePeer src, WirePeer dst, boolean staleSrc, boolean staleDst) {
        if (!staleSrc) {
            ours.src.take(src);
        }
        if (!staleDst) {
            ours.dst.take(dst);
        }
        return MergeRule.NEWS
                | (staleSrc || staleDst ? MergeRule.STALE : 0)
                | (staleSrc && staleDst ? 0 : MergeRule.TAKE_TIMES);
    }

    private static Sabotage merge(MergeRule merge) {
        return rules(rules -> rules.merge = merge);
    }

    private static Sabotage merged(UnaryOperator<Integer> change) {
        return merge((ours, tcp, src, dst) -> change.apply(MergeRule.EACH_PEER.merge(ours, tcp, src, dst)));
    }

    // ---- imports ----

    private static void importing(FaultList list) {
        list.both(
                        "CLEAR_EVERYWHERE",
                        "removes all states of a creator whatever interface a CLR names",
                        clear((state, ifname) -> true),
                        "PFSYNC-CLR-04")
                .both(
                        "CLEAR_NEEDS_INTERFACE",
                        "removes nothing for a CLR without an interface name",
                        clear((state, ifname) -> state.ifname.equals(ifname)),
                        "PFSYNC-CLR-01")
                .both(
                        "CLEAR_LEAVES_FLOATING_STATES",
                        "leaves floating states for a CLR without an interface name",
                        clear((state, ifname) -> !state.ifname.equals("all")),
                        "PFSYNC-CLR-01")
                .both(
                        "NOBODY_ADMITTED",
                        "imports no state",
                        imports(i -> with(i, (message, inet6, debugging) -> Verdict.REFUSE, i.expiry())),
                        "PFSYNC-INS-01")
                .both(
                        "ONLY_IPV4_ADMITTED",
                        "imports no state of IPv6",
                        imports(i -> with(
                                i,
                                (message, inet6, debugging) -> message.af() == inet6
                                        ? Verdict.REFUSE
                                        : i.admission().check(message, inet6, debugging),
                                i.expiry())),
                        "PFSYNC-INS-03")
                .both(
                        "CREATOR_ZERO_ADMITTED",
                        "imports states without a creator",
                        imports(i -> with(i, Admission.STRICT, i.expiry())),
                        "PFSYNC-INS-16")
                .both(
                        "IMPORTS_LIVE_ANEW",
                        "gives imported states their full timeout",
                        imports(i -> with(
                                i, i.admission(), expiry((now, remaining, timeout) -> now, (now, remaining) -> now))),
                        "PFSYNC-EXPIRE-01")
                .both(
                        "IMPORTS_WITHOUT_LIFETIME_DIE",
                        "lets a state die at once whose message says 0 seconds",
                        imports(i -> with(
                                i,
                                i.admission(),
                                expiry(
                                        (now, remaining, timeout) -> now - (timeout - remaining),
                                        (now, remaining) -> now))),
                        "PFSYNC-EXPIRE-03")
                .both(
                        "UPDATES_DO_NOT_PROLONG",
                        "does not prolong the life of a state that is updated",
                        imports(i ->
                                with(i, i.admission(), expiry(i.expiry()::imported, (now, remaining) -> now - 600))),
                        "PFSYNC-EXPIRE-04",
                        "PFSYNC-EXPIRE-05")
                .on(
                        V5,
                        "RULE_NOT_TAKEN",
                        "ties no inserted state to its rule",
                        imports(i -> new ImportRule(
                                i.admission(),
                                i.expiry(),
                                false,
                                i.updateTakesRule(),
                                i.keepsNosync(),
                                i.protocolIsNosync())),
                        "PFSYNC-INS-21")
                .on(
                        V5,
                        "NOSYNC_KEPT",
                        "does not synchronise what its creator did not",
                        imports(i -> new ImportRule(
                                i.admission(),
                                i.expiry(),
                                i.insertTakesRule(),
                                i.updateTakesRule(),
                                true,
                                i.protocolIsNosync())),
                        "PFSYNC-INS-28")
                .on(
                        V6,
                        "NOSYNC_LOST",
                        "sends states on that must not be synchronised",
                        imports(i -> new ImportRule(
                                i.admission(),
                                i.expiry(),
                                i.insertTakesRule(),
                                i.updateTakesRule(),
                                false,
                                i.protocolIsNosync())),
                        "PFSYNC-INS-29");
    }

    private static ImportRule with(ImportRule rule, Admission admission, ExpiryRule expiry) {
        return new ImportRule(
                admission,
                expiry,
                rule.insertTakesRule(),
                rule.updateTakesRule(),
                rule.keepsNosync(),
                rule.protocolIsNosync());
    }

    private interface Imported {
        int at(int now, int remaining, int timeout);
    }

    private interface Updated {
        int at(int now, int remaining);
    }

    private static ExpiryRule expiry(Imported imported, Updated updated) {
        return new ExpiryRule() {
            @Override
            public int imported(int now, int remaining, int timeout) {
                return imported.at(now, remaining, timeout);
            }

            @Override
            public int updated(int now, int remaining) {
                return updated.at(now, remaining);
            }
        };
    }

    private static Sabotage clear(ClearRule clear) {
        return rules(rules -> rules.clear = clear);
    }

    private static Sabotage imports(UnaryOperator<ImportRule> change) {
        return rules(rules -> rules.imports = change.apply(rules.imports));
    }

    // ---- output and bulk transfers ----

    private static void sending(FaultList list) {
        list.on(
                        V6,
                        "MAXUPD_COUNTS_UDP",
                        "counts updates of every protocol towards maxupd",
                        output(o -> new OutputRule(
                                o.order(),
                                o.transitions(),
                                o.requestsAlone(),
                                o.requestsReversed(),
                                o.keepsPendingTimer(),
                                true,
                                o.associationsArmTimer(),
                                o.compressedExpire(),
                                o.sendsChecksum())),
                        "PFSYNC-TIMER-08")
                .on(
                        V6,
                        "CHANGES_OF_INSERTS_COUNTED",
                        "counts changes towards maxupd while the insert waits",
                        output(o -> new OutputRule(
                                o.order(),
                                QueueTransitions.forgiving(),
                                o.requestsAlone(),
                                o.requestsReversed(),
                                o.keepsPendingTimer(),
                                o.countsAllProtocols(),
                                o.associationsArmTimer(),
                                o.compressedExpire(),
                                o.sendsChecksum())),
                        "PFSYNC-TIMER-13")
                .on(
                        V6,
                        "LONE_ASSOCIATION_WAITS",
                        "sends the counters of an association only with other traffic",
                        output(o -> new OutputRule(
                                o.order(),
                                o.transitions(),
                                o.requestsAlone(),
                                o.requestsReversed(),
                                o.keepsPendingTimer(),
                                o.countsAllProtocols(),
                                false,
                                o.compressedExpire(),
                                o.sendsChecksum())),
                        "PFSYNC-TDB-08")
                .on(
                        V5,
                        "BULK_NOT_ASKED_TWICE",
                        "waits an hour for the answer to its first bulk request",
                        requesting(pfsync -> Duration.ofHours(1)),
                        "PFSYNC-BULK-22")
                .on(
                        V6,
                        "BULK_UNPACED",
                        "sends a bulk transfer without pauses",
                        rules(rules -> rules.sender = pfsync ->
                                new PacedBulkSender(pfsync, new PacedBulkSender.Style(0, true, false, false))),
                        "PFSYNC-BULK-07")
                .on(
                        V6,
                        "BULK_SLOW",
                        "sends a frame of a bulk transfer every second",
                        rules(rules -> rules.sender = pfsync -> new PacedBulkSender(
                                pfsync, new PacedBulkSender.Style(1_000_000_000L, true, false, false))),
                        "PFSYNC-BULK-07");
    }

    private static Sabotage output(UnaryOperator<OutputRule> change) {
        return rules(rules -> rules.output = change.apply(rules.output));
    }

    private static Sabotage requesting(ClassicBulkRequester.FirstWait wait) {
        return rules(rules -> rules.requester = pfsync -> new ClassicBulkRequester(pfsync, wait, false, false));
    }

    // ---- deferral ----

    private static void holding(FaultList list) {
        list.both(
                        "DEFERRAL_NEVER_ENDS",
                        "holds first packets until somebody acknowledges",
                        deferral(d -> new DeferralRule(
                                true,
                                Duration.ofDays(1),
                                d.peerUpdate(),
                                d.localPacket(),
                                d.deletion(),
                                d.losesInet6())),
                        "PFSYNC-DEFER-20",
                        "PFSYNC-DEFER-21")
                .both(
                        "DEFERRAL_TOO_SHORT",
                        "holds first packets for a millisecond",
                        deferral(d -> new DeferralRule(
                                true,
                                Duration.ofMillis(1),
                                d.peerUpdate(),
                                d.localPacket(),
                                d.deletion(),
                                d.losesInet6())),
                        "PFSYNC-DEFER-20",
                        "PFSYNC-DEFER-21")
                .both(
                        "DEFERRAL_MISSING",
                        "cannot hold packets",
                        deferral(d -> new DeferralRule(
                                false, d.hold(), d.peerUpdate(), d.localPacket(), d.deletion(), d.losesInet6())),
                        "PFSYNC-DEFER-01")
                .both(
                        "DEFERRAL_SURVIVES_UPDATES",
                        "goes on holding a packet when a peer updates its state",
                        deferral(d -> new DeferralRule(
                                true, d.hold(), Fate.HELD, d.localPacket(), d.deletion(), d.losesInet6())),
                        "PFSYNC-DEFER-26",
                        "PFSYNC-DEFER-27")
                .both(
                        "DEFERRAL_OVERTAKEN",
                        "lets later packets overtake the one that it holds",
                        deferral(d -> new DeferralRule(
                                true, d.hold(), d.peerUpdate(), Fate.HELD, d.deletion(), d.losesInet6())),
                        "PFSYNC-DEFER-25")
                .both(
                        "DEFERRAL_SENDS_DELETED",
                        "sends the packet whose state was removed",
                        deferral(d -> new DeferralRule(
                                true, d.hold(), d.peerUpdate(), d.localPacket(), Fate.SENT, d.losesInet6())),
                        "PFSYNC-DEFER-28",
                        "PFSYNC-DEFER-29");
    }

    private static Sabotage deferral(UnaryOperator<DeferralRule> change) {
        return rules(rules -> rules.deferral = change.apply(rules.deferral));
    }

    // ---- settings ----

    private static void configuring(FaultList list) {
        list.on(
                        V6,
                        "CHANGED_WHILE_UP",
                        "lets the sync device be changed while pfsync is up",
                        config(c -> new Rules.ConfigRule(
                                false,
                                c.unknownDevice(),
                                c.needsDevice(),
                                c.largestMtu(),
                                c.smallestMtu(),
                                c.requestsOnlyWhenConfigured(),
                                c.unchangedIsError(),
                                c.leavesGroupWhenDown())),
                        "PFSYNC-CONF-12")
                .on(
                        V6,
                        "MTU_NOT_LIMITED_ABOVE",
                        "accepts an MTU that its sync device does not have",
                        config(c -> new Rules.ConfigRule(
                                c.busyWhileRunning(),
                                c.unknownDevice(),
                                c.needsDevice(),
                                16_384,
                                c.smallestMtu(),
                                c.requestsOnlyWhenConfigured(),
                                c.unchangedIsError(),
                                c.leavesGroupWhenDown())),
                        "PFSYNC-CONF-18")
                .on(
                        V5,
                        "MTU_NOT_LIMITED_BELOW",
                        "accepts an MTU without room for a state",
                        config(c -> new Rules.ConfigRule(
                                c.busyWhileRunning(),
                                c.unknownDevice(),
                                c.needsDevice(),
                                c.largestMtu(),
                                64,
                                c.requestsOnlyWhenConfigured(),
                                c.unchangedIsError(),
                                c.leavesGroupWhenDown())),
                        "PFSYNC-CONF-08",
                        "PFSYNC-CONF-09");
    }

    private static Sabotage config(UnaryOperator<Rules.ConfigRule> change) {
        return rules(rules -> rules.config = change.apply(rules.config));
    }
}
