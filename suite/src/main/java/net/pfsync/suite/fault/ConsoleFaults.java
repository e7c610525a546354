package net.pfsync.suite.fault;

import static net.pfsync.suite.fault.FaultList.console;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.BiFunction;
import net.pfsync.suite.state.StateId;
import net.pfsync.suite.state.StateView;
import net.pfsync.suite.target.Adapter;
import net.pfsync.suite.target.Health;
import net.pfsync.suite.target.Health.Memory;
import net.pfsync.suite.target.embedded.Sabotage;
import net.pfsync.wire.Counter;

/** Faults of what an administrator sets and sees: counters that are forgotten, settings that are ignored. */
final class ConsoleFaults {

    private static final int SUBHEADER = 4;

    private ConsoleFaults() {}

    static List<Fault> all() {
        FaultList list = new FaultList();
        uncounted(list, Counter.BADTTL, "PFSYNC-FRAME-02");
        uncounted(list, Counter.HDROPS, "PFSYNC-FRAME-03");
        uncounted(list, Counter.BADVER, "PFSYNC-FRAME-04");
        uncounted(list, Counter.BADLEN, "PFSYNC-FRAME-14");
        uncounted(list, Counter.BADIF, "PFSYNC-FRAME-07");
        uncounted(list, Counter.BADACT, "PFSYNC-FRAME-16", "PFSYNC-FRAME-19");
        uncounted(list, Counter.BADVAL, "PFSYNC-INS-09");
        uncounted(list, Counter.BADSTATE, "PFSYNC-DELC-03");
        uncounted(list, Counter.STALE, "PFSYNC-UPD-04");
        uncounted(list, Counter.IPACKETS, "PFSYNC-FRAME-01");
        uncounted(list, Counter.OPACKETS, "PFSYNC-INS-01", "PFSYNC-FRAME-30");
        list.both(
                        "NEVER_DEMOTED",
                        "is not demoted while it waits for a bulk transfer",
                        answers("demotion", 0),
                        "PFSYNC-BULK-21")
                .both(
                        "ALWAYS_DEMOTED",
                        "stays demoted when the bulk transfer is over",
                        answers("demotion", 1),
                        "PFSYNC-BUS-02")
                .both(
                        "TABLE_HIDES_NEWEST",
                        "does not show the newest state",
                        console(ConsoleFaults::hidesNewest),
                        "PFSYNC-INS-01")
                .both(
                        "TABLE_SHOWS_OTHER_WINDOWS",
                        "shows windows one lower than they are",
                        console(ConsoleFaults::otherWindows),
                        "PFSYNC-INS-01")
                .both(
                        "TABLE_KEEPS_REMOVED",
                        "still shows states that it removed",
                        console(ConsoleFaults::keepsRemoved),
                        "PFSYNC-DELC-01")
                .both(
                        "BOOTS_ANEW",
                        "goes down and comes back when it gets a state",
                        health((real, health) -> real.table().isEmpty()
                                ? health
                                : new Health(health.boot() + " and a second", health.messages(), health.memory())),
                        "PFSYNC-INS-01")
                .both(
                        "KERNEL_COMPLAINS",
                        "complains in its kernel's messages about a frame of another version",
                        health((real, health) -> counted(real, Counter.BADVER) == 0
                                ? health
                                : new Health(health.boot(), complaining(health), health.memory())),
                        "PFSYNC-FRAME-04")
                .both(
                        "MEMORY_LEAKS",
                        "keeps the packets that are shorter than they announce",
                        health((real, health) ->
                                new Health(health.boot(), health.messages(), List.of(leaking(real, health)))),
                        "PFSYNC-FRAME-14")
                .both(
                        "DEMOTED_BY_STALE_UPDATES",
                        "is demoted for good by a stale update",
                        console(console -> altered(
                                console,
                                "demotion",
                                (real, args) -> real.demotion("carp") + (counted(real, Counter.STALE) == 0 ? 0 : 1))),
                        "PFSYNC-UPD-04")
                .both(
                        "MAXUPD_NOT_SET",
                        "ignores a change of maxupd",
                        ignores("setMaxupd"),
                        "PFSYNC-TIMER-07",
                        "PFSYNC-TIMER-12",
                        "PFSYNC-TIMER-14",
                        "PFSYNC-CONF-01")
                .both("SYNCPEER_NOT_SET", "ignores the syncpeer", ignores("setSyncpeer"), "PFSYNC-CONF-02")
                .both("STATE_LIMIT_NOT_SET", "ignores the limit of states", ignores("setStateLimit"), "PFSYNC-INS-23")
                .both("MTU_NOT_SET", "ignores a change of the MTU", ignores("setMtu"), "PFSYNC-CONF-07")
                .both("PF_STAYS_ENABLED", "cannot be disabled", ignores("setPfEnabled"), "PFSYNC-CONF-14")
                .both("STAYS_UP", "does not go down", ignores("down"), "PFSYNC-CONF-05")
                .both(
                        "FRAMES_TOO_LONG",
                        "sends frames four bytes longer than the MTU",
                        console(ConsoleFaults::longer),
                        "PFSYNC-CONF-09",
                        "PFSYNC-CONF-07");
        return list.faults();
    }

    private static void uncounted(FaultList list, Counter counter, String... noticedBy) {
        list.both(
                "FORGETS_" + counter.name(),
                "does not count " + counter.name().toLowerCase(Locale.ROOT),
                console(console -> altered(console, "counters", (real, args) -> {
                    Map<Counter, Long> counted = new EnumMap<>(real.counters());
                    counted.put(counter, 0L);
                    return counted;
                })),
                noticedBy);
    }

    private interface Answer {
        Object to(Adapter real, Object... args);
    }

    private static Sabotage answers(String method, Object answer) {
        return console(console -> altered(console, method, (real, args) -> answer));
    }

    private static Sabotage ignores(String method) {
        return answers(method, null);
    }

    private static Adapter hidesNewest(Adapter console) {
        return altered(console, "table", (real, args) -> {
            List<StateView> table = real.table();
            return table.isEmpty() ? table : table.subList(0, table.size() - 1);
        });
    }

    private static Sabotage health(BiFunction<Adapter, Health, Health> change) {
        return console(console -> altered(console, "health", (real, args) -> change.apply(real, real.health())));
    }

    private static long counted(Adapter real, Counter counter) {
        return real.counters().getOrDefault(counter, 0L);
    }

    private static List<String> complaining(Health health) {
        List<String> messages = new ArrayList<>(health.messages());
        messages.add("pool_do_get: mbufpl: page empty");
        return messages;
    }

    private static Memory leaking(Adapter real, Health health) {
        Memory held = health.memory().getFirst();
        return new Memory(held.what(), held.amount() + counted(real, Counter.BADLEN), held.swing());
    }

    private static Adapter otherWindows(Adapter console) {
        return altered(
                console,
                "table",
                (real, args) -> real.table().stream()
                        .map(view ->
                                view.withSrc(view.src().withSeqlo(view.src().seqlo() - 1)))
                        .toList());
    }

    private static Adapter keepsRemoved(Adapter console) {
        Map<StateId, StateView> shown = new LinkedHashMap<>();
        return altered(console, "table", (real, args) -> {
            real.table().forEach(view -> shown.put(view.id(), view));
            return List.copyOf(shown.values());
        });
    }

    private static Adapter longer(Adapter console) {
        return altered(console, "mtu", (real, args) -> real.mtu() - SUBHEADER);
    }

    private static Adapter altered(Adapter console, String method, Answer answer) {
        return (Adapter) Proxy.newProxyInstance(
                Adapter.class.getClassLoader(), new Class<?>[] {Adapter.class}, (proxy, called, args) -> {
                    if (called.getName().equals(method)) {
                        return answer.to(console, args);
                    }
                    try {
                        return called.invoke(console, args);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }
}
