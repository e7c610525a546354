package net.pfsync.suite.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import net.pfsync.pcap.LinkException;
import net.pfsync.suite.capture.CapturedFrame;
import net.pfsync.suite.capture.DialectFinder;
import net.pfsync.suite.capture.SyncPacket;
import net.pfsync.suite.capture.SyncPackets;
import net.pfsync.suite.dump.JsonPrinter;
import net.pfsync.suite.dump.PacketFilter;
import net.pfsync.suite.dump.Printer;
import net.pfsync.suite.dump.TextPrinter;
import net.pfsync.wire.Dialect;
import net.pfsync.wire.Kind;
import net.pfsync.wire.text.TextOptions;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code dump}: what is in a capture or on an interface, as tcpdump prints it. */
@Command(
        name = "dump",
        description = {
            "Prints the pfsync packets of a capture or of an interface as tcpdump does: of versions 3 to 5 as the"
                    + " thesis's,",
            "of version 6 as OpenBSD's, of FreeBSD as FreeBSD's. Which layout a sender speaks is found out from its"
                    + " packets.",
            "Exit code: 0 printed, 2 wrong arguments or a capture that is broken (what is whole is printed),",
            "3 the interface cannot be listened to, 4 nothing to print, 130 ended by Ctrl-C."
        },
        mixinStandardHelpOptions = true)
final class DumpCommand implements Callable<Integer> {

    private static final int FLUSHED_AT = 1 << 16;

    @Spec
    private CommandSpec spec;

    @Mixin
    private CaptureOptions capture;

    @Option(
            names = "-v",
            description = "More: -v numbers and ages of states, both addresses of a packet; -vv ids of states.")
    private boolean[] verbose = {};

    @Option(names = "-e", description = "Addresses and length of the link; in versions before 6 pfsync's header.")
    private boolean link;

    @Option(names = "-n", description = "Protocols as numbers. Addresses are never looked up.")
    private boolean numeric;

    @Option(names = "-x", description = "The bytes of each packet.")
    private boolean hex;

    @Option(names = "--json", description = "A line of JSON for each packet.")
    private boolean json;

    @Option(
            names = "--action",
            paramLabel = "KIND",
            description = "Packets with such a message: ${COMPLETION-CANDIDATES}.")
    private List<Kind> actions = new ArrayList<>();

    @Option(names = "--creator", paramLabel = "HEX", description = "Packets with a message of this creator id.")
    private List<String> creators = new ArrayList<>();

    @Option(names = "--id", paramLabel = "HEX", description = "Packets with a message of this state id.")
    private List<String> ids = new ArrayList<>();

    @Option(names = "--address", paramLabel = "IP", description = "Packets with a state that has this address.")
    private List<String> addresses = new ArrayList<>();

    @Option(names = "--peer", paramLabel = "IP", description = "Packets from or to this firewall.")
    private List<String> peers = new ArrayList<>();

    @Option(names = "--count", paramLabel = "N", description = "Ends behind that many packets.")
    private long count = Long.MAX_VALUE;

    private final StringBuilder text = new StringBuilder();
    private long printed;

    @Override
    public Integer call() {
        PrintWriter err = spec.commandLine().getErr();
        try {
            if (count < 1) {
                throw new IllegalArgumentException("--count " + count + ": at least one packet is expected");
            }
            PacketFilter filter = new PacketFilter(actions, creators, ids, addresses, peers);
            DialectFinder finder = capture.finder();
            ReadProgress progress = new ReadProgress(err, Terminal.onlyErrors(), capture.size());
            try (PacketSource source = capture.open();
                    Ending ending = new Ending(capture.live(), null)) {
                ending.of(source);
                source.welcome(err);
                SyncPackets packets = new SyncPackets(() -> shown(source), finder, source.ahead());
                try {
                    print(packets, filter, () -> progress.at(source.position()));
                } finally {
                    progress.clear();
                    flush();
                    source.farewell(err);
                }
                return outcome(packets, finder);
            }
        } catch (IllegalArgumentException | IOException e) {
            err.println(e.getMessage());
            return capture.live() && e instanceof IOException ? Main.UNREACHABLE : Main.USAGE;
        } catch (LinkException e) {
            err.println(e.getMessage());
            return Main.UNREACHABLE;
        }
    }

    /** The next frame; before it is waited for, everything is shown. Ends when nobody reads any more. */
    private CapturedFrame shown(PacketSource source) throws IOException {
        return source.idle() && !flush() ? null : source.next();
    }

    private void print(SyncPackets packets, PacketFilter filter, Runnable progress) throws IOException {
        Printer printer = json
                ? new JsonPrinter()
                : new TextPrinter(new TextOptions(verbose.length, link, numeric), hex, ZoneId.systemDefault());
        for (SyncPacket packet = packets.next(); packet != null; packet = packets.next()) {
            Dialect dialect = packets.dialect(packet);
            if (!filter.passes(packet, dialect)) {
                continue;
            }
            printer.append(text, packet, dialect);
            if (++printed >= count) {
                return;
            }
            if (text.length() >= FLUSHED_AT) {
                progress.run();
                if (!flush()) {
                    return;
                }
            }
        }
    }

    /** False if nobody reads any more, as behind {@code | head}. */
    private boolean flush() {
        PrintWriter out = spec.commandLine().getOut();
        out.append(text);
        text.setLength(0);
        return !out.checkError();
    }

    private int outcome(SyncPackets packets, DialectFinder finder) {
        PrintWriter err = spec.commandLine().getErr();
        if (!finder.undecided().isEmpty()) {
            err.println(
                    capture.name() + ": no packet of version 5 has a state, so OpenBSD 4.6 (v5-4.6, taken) and FreeBSD"
                            + " (fbsd-1301) look the same; --dialect decides");
        }
        if (printed > 0) {
            return 0;
        }
        if (capture.live()) {
            return Main.NOTHING;
        }
        String why = packets.hadUnreadLinks() ? " that can be read (unknown link type)" : "";
        err.println(capture.name() + ": no pfsync packet to print in " + packets.frames() + " frames" + why);
        return Main.NOTHING;
    }
}
