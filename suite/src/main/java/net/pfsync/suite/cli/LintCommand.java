package net.pfsync.suite.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import net.pfsync.pcap.LinkException;
import net.pfsync.suite.capture.DialectFinder;
import net.pfsync.suite.capture.SyncPacket;
import net.pfsync.suite.capture.SyncPackets;
import net.pfsync.suite.lint.HtmlReport;
import net.pfsync.suite.lint.JsonReport;
import net.pfsync.suite.lint.Judge;
import net.pfsync.suite.lint.TextReport;
import net.pfsync.suite.lint.Verdict;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code lint}: judges a capture, or what passes an interface for a while. */
@Command(
        name = "lint",
        description = {
            "Judges a capture of a sync LAN, or what passes an interface for a while, without touching anything:"
                    + " malformed",
            "frames, requests without answers, bulk transfers, states that go backwards, and more. Silent where it"
                    + " cannot be sure.",
            "Exit code: 0 nothing found, 1 something found, 2 wrong arguments or a capture that is broken (what is"
                    + " whole is",
            "judged), 3 the interface cannot be listened to, 4 no pfsync, 130 ended by Ctrl-C (what was heard is"
                    + " judged)."
        },
        mixinStandardHelpOptions = true)
final class LintCommand implements Callable<Integer> {

    private static final int ETHERNET_MTU = 1500;
    private static final int PROGRESS = 4096;
    private static final int FOUND = 1;

    @Spec
    private CommandSpec spec;

    @Mixin
    private CaptureOptions capture;

    @Option(names = "--json", description = "JSON instead of text.")
    private boolean json;

    @Option(names = "--html", paramLabel = "FILE", description = "Writes a page with plots over time as well.")
    private Path html;

    @Option(names = "--mtu", paramLabel = "N", description = "MTU of pfsync0; 1500 if not given.")
    private int mtu = ETHERNET_MTU;

    @Option(
            names = "--for",
            paramLabel = "TIME",
            converter = TimeSpan.class,
            description = "How long to listen on an interface, such as 60s or 5m; until Ctrl-C if not given.")
    private Duration span;

    @Override
    public Integer call() {
        PrintWriter err = spec.commandLine().getErr();
        Judge judge = new Judge(mtu);
        boolean broken = false;
        try {
            if (span != null && !capture.live()) {
                throw new IllegalArgumentException("--for is for interfaces; a file is read to its end");
            }
            DialectFinder finder = capture.finder();
            ReadProgress progress = new ReadProgress(err, Terminal.onlyErrors(), capture.size());
            try (PacketSource source = capture.open();
                    Ending ending = new Ending(capture.live(), span)) {
                ending.of(source);
                source.welcome(err);
                SyncPackets packets = new SyncPackets(source, finder, source.ahead());
                try {
                    judge(packets, judge, () -> progress.at(source.position()));
                } catch (IOException e) {
                    progress.clear();
                    err.println(e.getMessage());
                    broken = true;
                }
                progress.clear();
                source.farewell(err);
                return outcome(judge.verdict(), packets.frames(), broken);
            }
        } catch (IllegalArgumentException | IOException e) {
            err.println(e.getMessage());
            return Main.USAGE;
        } catch (LinkException e) {
            err.println(e.getMessage());
            return Main.UNREACHABLE;
        }
    }

    private int outcome(Verdict verdict, long frames, boolean broken) throws IOException {
        int bad = capture.live() ? Main.UNREACHABLE : Main.USAGE;
        if (verdict.packets() == 0) {
            spec.commandLine().getErr().println(capture.name() + ": no pfsync packet in " + frames + " frames");
            return broken ? bad : Main.NOTHING;
        }
        report(verdict);
        return broken ? bad : verdict.findings().isEmpty() ? 0 : FOUND;
    }

    private static void judge(SyncPackets packets, Judge judge, Runnable progress) throws IOException {
        long read = 0;
        for (SyncPacket packet = packets.next(); packet != null; packet = packets.next()) {
            judge.packet(packet, packets.dialect(packet));
            if (++read % PROGRESS == 0) {
                progress.run();
            }
        }
    }

    private void report(Verdict verdict) throws IOException {
        PrintWriter out = spec.commandLine().getOut();
        out.print(
                json
                        ? JsonReport.of(capture.name(), verdict) + System.lineSeparator()
                        : TextReport.of(capture.name(), verdict));
        out.flush();
        if (html != null) {
            try {
                Files.writeString(html, HtmlReport.of(capture.name(), verdict));
            } catch (IOException e) {
                throw new IOException(html + ": cannot be written (" + e.getMessage() + ")", e);
            }
        }
    }
}
