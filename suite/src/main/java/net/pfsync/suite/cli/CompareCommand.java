package net.pfsync.suite.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import net.pfsync.pcap.LinkException;
import net.pfsync.suite.capture.SyncPacket;
import net.pfsync.suite.capture.SyncPackets;
import net.pfsync.suite.compare.ConsoleParty;
import net.pfsync.suite.compare.FileParty;
import net.pfsync.suite.compare.JsonResult;
import net.pfsync.suite.compare.Party;
import net.pfsync.suite.compare.Result;
import net.pfsync.suite.compare.TextResult;
import net.pfsync.suite.compare.Tolerance;
import net.pfsync.suite.compare.WireParty;
import net.pfsync.suite.target.real.Consoles;
import net.pfsync.suite.target.real.LabConfig.FirewallEntry;
import net.pfsync.suite.target.real.LabException;
import net.pfsync.suite.target.real.LabFile;
import net.pfsync.suite.target.real.Remote;
import net.pfsync.yaml.YamlException;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code compare}: two firewalls side by side, without touching them. */
@Command(
        name = "compare",
        description = {
            "Compares the states, settings and counters of two firewalls without touching them: a and b of a lab file,"
                    + " each listed",
            "once through its console; or two saved outputs of 'pfctl -s states -vv'; or one of these and what was"
                    + " heard on the wire.",
            "States that begin or end within --tolerance are not judged, nor are the windows of a state on which a"
                    + " packet passed in",
            "the last two seconds: the other firewall is told of it only then. Sequence numbers of a connection that"
                    + " stands still may",
            "differ by what pf itself lets pass (--window).",
            "Exit code: 0 equal, 1 different, 2 wrong arguments or files, 3 a console or interface that is not reached"
                    + " or answers half",
            "(what it answered is compared), 4 no pfsync was heard, 130 ended by Ctrl-C."
        },
        mixinStandardHelpOptions = true)
final class CompareCommand implements Callable<Integer> {

    private static final int DIFFERENT = 1;
    private static final int ALL_DETAILS = 20;

    @Spec
    private CommandSpec spec;

    @ParentCommand
    private Main main;

    @Option(names = "--lab", paramLabel = "FILE", description = "The lab file; its firewalls a and b are compared.")
    private Path lab;

    @Option(names = "--firewall", paramLabel = "NAME", description = "Only this one of them, with something else.")
    private String only;

    @Parameters(paramLabel = "LISTING", arity = "0..2", description = "A saved 'pfctl -s states -vv'.")
    private List<Path> listings = new ArrayList<>();

    @ArgGroup(exclusive = true)
    private CaptureOptions.From wire;

    @Mixin
    private CaptureOptions.DialectOption dialect;

    @Option(
            names = "--for",
            paramLabel = "TIME",
            converter = TimeSpan.class,
            description = "How long to listen on an interface, such as 60s; the console is listed behind it.")
    private Duration span = Duration.ofMinutes(1);

    @Option(
            names = "--tolerance",
            paramLabel = "SECONDS",
            description = "What ages and lifetimes may differ; ${DEFAULT-VALUE} if not given.")
    private int seconds = Tolerance.SECONDS;

    @Option(
            names = "--window",
            paramLabel = "BYTES",
            description = "What sequence numbers may differ; ${DEFAULT-VALUE} (MAXACKWINDOW of pf) if not given.")
    private int window = Tolerance.MAXACKWINDOW;

    @Option(
            names = "--details",
            paramLabel = "N",
            arity = "0..1",
            fallbackValue = "" + ALL_DETAILS,
            description = "The first N differences one by one; 20 if N is not given.")
    private int details;

    @Option(names = "--json", description = "A line of JSON with all of it.")
    private boolean json;

    @Option(names = "--watch", paramLabel = "SECONDS", description = "Compares again so often, until Ctrl-C.")
    private int watch;

    /** There is nothing to compare with. */
    private static final class NothingHeardException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        NothingHeardException(String message) {
            super(message);
        }
    }

    private final List<Remote> consoles = new ArrayList<>();

    @Override
    public Integer call() throws InterruptedException {
        PrintWriter err = spec.commandLine().getErr();
        try {
            checked();
            List<Party> parties = parties();
            return watch > 0 ? repeat(parties) : once(parties);
        } catch (IllegalArgumentException | YamlException | IOException e) {
            err.println(e.getMessage());
            return Main.USAGE;
        } catch (NothingHeardException e) {
            err.println(e.getMessage());
            return Main.NOTHING;
        } catch (LinkException | LabException e) {
            err.println(e.getMessage());
            return Main.UNREACHABLE;
        } finally {
            consoles.forEach(Remote::close);
        }
    }

    private void checked() {
        int sides = (lab == null ? 0 : only == null ? 2 : 1) + listings.size() + (wire == null ? 0 : 1);
        if (sides != 2) {
            throw new IllegalArgumentException("two sides are compared, these are " + sides
                    + ": --lab FILE (with --firewall NAME one side, without two), LISTING, -r FILE or -i IF");
        }
        if (only != null && lab == null) {
            throw new IllegalArgumentException("--firewall is one of a lab file; --lab FILE is missing");
        }
        if (seconds < 0 || window < 0 || details < 0 || watch < 0) {
            throw new IllegalArgumentException("numbers below 0 mean nothing here");
        }
        if (watch > 0 && wire != null) {
            throw new IllegalArgumentException("--watch repeats listings; what was heard cannot be heard again");
        }
    }

    /** What was heard stands first, because it is heard before the others are listed. */
    private List<Party> parties() throws IOException, LinkException, LabException {
        List<Party> parties = new ArrayList<>();
        if (lab != null) {
            List<FirewallEntry> entries = LabFile.read(lab).firewalls();
            Consoles ways = new Consoles(new TerminalPerson(spec.commandLine().getErr()));
            for (String name : only == null ? List.of("a", "b") : List.of(only)) {
                FirewallEntry entry = entries.stream()
                        .filter(each -> each.name().equals(name))
                        .findFirst()
                        .orElseThrow(() -> new IllegalArgumentException(lab + " has no firewall " + name));
                Remote console = ways.open(entry);
                if (console == null) {
                    throw new IllegalArgumentException("firewall " + name + " of " + lab
                            + " has no console; --firewall takes the other one, and -r or -i the wire");
                }
                consoles.add(console);
                parties.add(new ConsoleParty(entry, console));
            }
        }
        listings.forEach(file -> parties.add(new FileParty(file)));
        if (wire != null) {
            parties.addFirst(heard());
        }
        return parties;
    }

    private Party heard() throws IOException, LinkException {
        WireParty party = new WireParty(wire.name());
        try (PacketSource source = wire.open();
                Ending ending = new Ending(wire.live(), span)) {
            ending.of(source);
            source.welcome(spec.commandLine().getErr());
            SyncPackets packets = new SyncPackets(source, dialect.finder(), source.ahead());
            for (SyncPacket packet = packets.next(); packet != null; packet = packets.next()) {
                party.packet(packet, packets.dialect(packet));
            }
            if (party.packets() == 0) {
                throw new NothingHeardException(wire.name() + ": no pfsync packet in " + packets.frames() + " frames");
            }
        }
        return party;
    }

    private int once(List<Party> parties) throws InterruptedException {
        Tolerance tolerance = new Tolerance(seconds, window);
        Result result = Result.of(parties.get(0), parties.get(1), tolerance);
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            out.println(JsonResult.of(result, tolerance, main.clock().instant()));
        } else {
            out.print(TextResult.of(result, tolerance, details));
        }
        out.flush();
        if (!result.incomplete().isEmpty()) {
            result.incomplete().forEach(spec.commandLine().getErr()::println);
            return lab == null ? Main.USAGE : Main.UNREACHABLE;
        }
        return result.differs() ? DIFFERENT : 0;
    }

    private int repeat(List<Party> parties) throws InterruptedException {
        CountDownLatch over = new CountDownLatch(1);
        try (Interruption interruption = new Interruption()) {
            interruption.whenRequested(over::countDown);
            int last = 0;
            do {
                if (!json) {
                    spec.commandLine().getOut().println(main.clock().instant());
                }
                last = once(parties);
            } while (!spec.commandLine().getOut().checkError() && !over.await(watch, TimeUnit.SECONDS));
            return last;
        }
    }
}
