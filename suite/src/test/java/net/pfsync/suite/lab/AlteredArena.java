package net.pfsync.suite.lab;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import net.pfsync.release.Release;
import net.pfsync.suite.state.StateView;
import net.pfsync.suite.target.Adapter;
import net.pfsync.suite.target.Arena;
import net.pfsync.suite.target.Bench;
import net.pfsync.suite.target.Capability;
import net.pfsync.suite.target.Extent;
import net.pfsync.suite.target.Hosts;
import net.pfsync.suite.target.Pace;
import net.pfsync.suite.target.ReleaseInfo;
import net.pfsync.suite.target.SyncLan;
import net.pfsync.suite.target.embedded.EmbeddedArena;

/** The embedded arena with one thing in it that is not as it should be: the suite must notice. */
public final class AlteredArena implements Arena {

    private final Arena arena = new EmbeddedArena(Release.of("reference-v5"));
    private final Set<Capability> capabilities = EnumSet.copyOf(arena.capabilities());
    private boolean shared;
    private String lost;
    private String meddling;
    private UnaryOperator<Adapter> firewall = UnaryOperator.identity();
    private UnaryOperator<SyncLan> lan = UnaryOperator.identity();

    /** A target that can only be reached over the wire. */
    public AlteredArena withoutConsole() {
        capabilities.removeAll(EnumSet.of(Capability.STATE_TABLE, Capability.COUNTERS, Capability.DEMOTION));
        return this;
    }

    /** A lab without hosts. */
    public AlteredArena withoutTraffic() {
        capabilities.remove(Capability.TRAFFIC);
        return this;
    }

    /** A console that leaves states out of its table. */
    public AlteredArena hiding(Predicate<StateView> hidden) {
        return this.<List<StateView>>console(
                "table", table -> table.stream().filter(hidden.negate()).toList());
    }

    /** A target that has states of others, too: only those of the suite's creator are a case's business. */
    AlteredArena shared() {
        shared = true;
        return this;
    }

    /** A target that was lost in the middle of the case. */
    public AlteredArena lost(String why) {
        lost = why;
        return this;
    }

    /** A case in which somebody else had a hand. */
    public AlteredArena meddling(String who) {
        meddling = who;
        return this;
    }

    /** A console whose answer to one question is changed. */
    <T> AlteredArena console(String method, UnaryOperator<T> change) {
        firewall = real -> altered(Adapter.class, real, method, change);
        return this;
    }

    /** A wire on which frames are seen differently. */
    <T> AlteredArena lan(String method, UnaryOperator<T> change) {
        lan = real -> altered(SyncLan.class, real, method, change);
        return this;
    }

    @SuppressWarnings("unchecked")
    private static <I, T> I altered(Class<I> type, I real, String method, UnaryOperator<T> change) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (proxy, called, args) -> {
            try {
                Object answer = called.invoke(real, args);
                return called.getName().equals(method) ? change.apply((T) answer) : answer;
            } catch (InvocationTargetException e) {
                throw e.getCause();
            }
        }));
    }

    @Override
    public String name() {
        return arena.name();
    }

    @Override
    public ReleaseInfo release() {
        return arena.release();
    }

    @Override
    public Set<Capability> capabilities() {
        return capabilities;
    }

    @Override
    public Bench open(Extent extent, long seed) {
        Bench bench = arena.open(extent, seed);
        Adapter target = firewall.apply(bench.target());
        SyncLan sync = lan.apply(bench.lan());
        return new Bench() {
            @Override
            public boolean concerns(long id, int creatorId) {
                return !shared || creatorId == LabSetup.CREATOR || creatorId == 0x7e570005;
            }

            @Override
            public boolean busy() {
                return shared;
            }

            @Override
            public Optional<String> lost() {
                return Optional.ofNullable(lost);
            }

            @Override
            public Optional<String> meddling() {
                return Optional.ofNullable(meddling);
            }

            @Override
            public Pace pace() {
                return bench.pace();
            }

            @Override
            public SyncLan lan() {
                return sync;
            }

            @Override
            public Adapter target() {
                return target;
            }

            @Override
            public List<Adapter> peers() {
                return bench.peers();
            }

            @Override
            public Optional<Hosts> hosts() {
                return bench.hosts();
            }

            @Override
            public void close() {
                bench.close();
            }
        };
    }
}
