package net.pfsync.suite.target.real;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import net.pfsync.suite.state.OwnStates;
import net.pfsync.suite.target.Adapter;
import net.pfsync.suite.target.Arena;
import net.pfsync.suite.target.Bench;
import net.pfsync.suite.target.Capability;
import net.pfsync.suite.target.Extent;
import net.pfsync.suite.target.FrameGuard;
import net.pfsync.suite.target.Pace;
import net.pfsync.suite.target.ReleaseInfo;
import net.pfsync.suite.target.real.LabConfig.FirewallEntry;
import net.pfsync.suite.target.real.LabConfig.Mode;
import net.pfsync.suite.target.real.LabConfig.NoDoor;
import net.pfsync.suite.target.real.LabConfig.Platform;
import net.pfsync.wire.Dialect;

/**
 * A lab in which everything happens as in the one of a lab file, by the same adapters and the same steps before and after each case, but to firewalls
 * in memory: what would be sent and typed is told instead.
 */
public final class Rehearsal implements Arena {

    /** Longer than a firewall that is alone asks for its states. */
    private static final Duration SETTLED = Duration.ofMinutes(3);

    private static final String SYNCDEV = "em0";
    private static final Extent WHOLE = new Extent(1, false);

    private final LabConfig lab;
    private final Arena memory;
    private final BiFunction<Adapter, String, Typed> consoles;
    private final Witness witness;
    private final Set<Capability> capabilities;
    private boolean opened;

    /** Types a line on the console of a firewall in memory, with its standard input. */
    public interface Typed {

        /**
         * Types it.
         *
         * @param input standard input
         * @return what it printed
         */
        Remote.Output with(String input);
    }

    /**
     * Is told what would happen.
     *
     * @param sent gets every packet of the probe, from its IP header on
     * @param typed gets the firewall's name and the line that would be typed on its console
     * @param took gets how long each case takes in the protocol's time
     */
    public record Witness(Consumer<byte[]> sent, BiConsumer<String, String> typed, Consumer<Duration> took) {}

    /**
     * A rehearsal.
     *
     * @param lab what the lab file says, in the mode of the run
     * @param memory firewalls in memory
     * @param consoles how a line is typed there
     * @param witness who is told
     */
    public Rehearsal(LabConfig lab, Arena memory, BiFunction<Adapter, String, Typed> consoles, Witness witness) {
        this.lab = lab;
        this.memory = memory;
        this.consoles = consoles;
        this.witness = witness;
        capabilities = LanArena.capabilities(rehearsed(WHOLE, 1).firewalls, lab.mode(), false);
        opened = true;
    }

    @Override
    public String name() {
        return lab.name();
    }

    @Override
    public ReleaseInfo release() {
        return memory.release();
    }

    @Override
    public List<ReleaseInfo> peers() {
        return memory.peers();
    }

    /** What a firewall is taken for. */
    private ReleaseInfo release(FirewallEntry entry) {
        int number = lab.firewalls().indexOf(entry);
        return number == 0 || peers().isEmpty() ? release() : peers().get(number - 1);
    }

    private FirewallEntry entry(String name) {
        return lab.firewalls().stream()
                .filter(entry -> entry.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    @Override
    public Set<Capability> capabilities() {
        return capabilities;
    }

    @Override
    public Optional<String> silence() {
        return LanArena.silence(lab.mode());
    }

    @Override
    public Bench open(Extent extent, long seed) {
        return rehearsed(extent, seed);
    }

    private Rehearsed rehearsed(Extent extent, long seed) {
        Bench bench = memory.open(new Extent(lab.firewalls().size(), false), seed);
        Stream.concat(Stream.of(bench.target()), bench.peers().stream()).forEach(Adapter::comeUp);
        bench.pace().pass(SETTLED);
        List<Dialect> dialects =
                lab.firewalls().stream().map(entry -> release(entry).dialect()).toList();
        FrameGuard guard = lab.mode() == Mode.SAFE ? new FrameGuard(dialects) : null;
        RehearsedStation station = new RehearsedStation(bench, guard, witness.sent());
        List<LanFirewall> firewalls = new ArrayList<>();
        for (int i = 0; i < lab.firewalls().size(); i++) {
            Adapter there = i == 0 ? bench.target() : bench.peers().get(i - 1);
            firewalls.add(firewall(lab.firewalls().get(i), there, station));
        }
        for (LanFirewall firewall : firewalls) {
            if (firewall instanceof OpenBsdAdapter console) {
                console.partOf(lab, release(entry(console.name())));
            }
            if (lab.mode() != Mode.FULL) {
                firewall.show(OwnStates::has);
            }
        }
        return new Rehearsed(bench, station, firewalls, extent);
    }

    private LanFirewall firewall(FirewallEntry entry, Adapter there, Station station) {
        FirewallEntry here = new FirewallEntry(
                entry.name(), entry.console(), entry.system(), there.address(), entry.syncInterface());
        return entry.console() instanceof NoDoor
                ? new WireFirewall(here, station, release(entry).dialect())
                : onConsole(here, there);
    }

    /** In the real lab an adapter is made once for all cases, and asks then what does not change. */
    private OpenBsdAdapter onConsole(FirewallEntry entry, Adapter there) {
        RehearsedConsole console = new RehearsedConsole(entry, there, !opened);
        OpenBsdAdapter adapter = new OpenBsdAdapter(entry, console);
        console.heard = true;
        return adapter;
    }

    /** A console at which the sync interface has the name that it has in the lab. */
    private final class RehearsedConsole implements Remote {
        private final FirewallEntry entry;
        private final Adapter there;
        private boolean heard;

        RehearsedConsole(FirewallEntry entry, Adapter there, boolean heard) {
            this.entry = entry;
            this.there = there;
            this.heard = heard;
        }

        @Override
        public Output run(String command, String input) {
            if (heard) {
                String line = entry.system() == Platform.FREEBSD ? FreeBsdConsole.typed(command) : command;
                witness.typed().accept(entry.name(), line);
            }
            Output output = consoles.apply(there, renamed(command, entry.syncInterface(), SYNCDEV))
                    .with(input);
            return new Output(renamed(output.out(), SYNCDEV, entry.syncInterface()), output.err(), output.exit());
        }

        private static String renamed(String text, String from, String to) {
            return text.replaceAll("\\b" + Pattern.quote(from) + "\\b", to);
        }

        @Override
        public void close() {
            // There is no connection.
        }
    }

    /** Firewalls that never boot. */
    private record Constant(List<LanFirewall> firewalls) implements LanBench.Roster {
        @Override
        public List<LanFirewall> present() {
            return firewalls;
        }
    }

    /** The real bench over the station in memory, which tells how long it was used. */
    private final class Rehearsed extends LanBench {
        private final List<LanFirewall> firewalls;
        private final Pace pace;
        private final Duration begin;

        Rehearsed(Bench memory, Station station, List<LanFirewall> firewalls, Extent extent) {
            super(
                    new Constant(firewalls),
                    station,
                    new Allowed(lab.mode() == Mode.FULL, release().dialect()),
                    null,
                    extent);
            this.firewalls = firewalls;
            this.pace = memory.pace();
            this.begin = pace.elapsed();
        }

        @Override
        public void close() {
            super.close();
            witness.took().accept(pace.elapsed().minus(begin));
        }
    }
}
