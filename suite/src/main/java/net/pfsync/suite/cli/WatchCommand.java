package net.pfsync.suite.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import net.pfsync.pcap.LinkException;
import net.pfsync.suite.capture.SyncPackets;
import net.pfsync.suite.lint.Finding;
import net.pfsync.suite.lint.Verdict;
import net.pfsync.suite.watch.WatchPage;
import net.pfsync.time.RealTime;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code watch}: what passes an interface at this moment, on one page of the terminal. */
@Command(
        name = "watch",
        description = {
            "Shows who speaks pfsync on an interface and how much, the last bulk transfer, and what lint finds, on one"
                    + " page of the",
            "terminal that is drawn again every second; on a terminal that cannot draw, and into files, a line every"
                    + " second.",
            "q and Ctrl-C end it. A capture is played as it was recorded, to try it.",
            "Exit code: 0 ended, 2 wrong arguments or a capture that is broken, 3 the interface cannot be listened to,",
            "4 no pfsync was heard."
        },
        mixinStandardHelpOptions = true)
final class WatchCommand implements Callable<Integer> {

    private static final int ETHERNET_MTU = 1500;
    private static final long REFRESH_MILLIS = 1000;

    @Spec
    private CommandSpec spec;

    @Mixin
    private CaptureOptions capture;

    @Option(names = "--mtu", paramLabel = "N", description = "MTU of pfsync0; 1500 if not given.")
    private int mtu = ETHERNET_MTU;

    @Option(names = "--speed", paramLabel = "X", description = "Plays a capture so many times faster; 1 if not given.")
    private double speed = 1;

    private final CountDownLatch over = new CountDownLatch(1);
    private Verdict before;
    private long lookedAt;

    @Override
    public Integer call() throws InterruptedException {
        PrintWriter err = spec.commandLine().getErr();
        try (RealTime time = new RealTime("watch", Throwable::printStackTrace);
                Interruption interruption = new Interruption()) {
            if (!(speed > 0)) {
                throw new IllegalArgumentException("--speed " + speed + ": a number above 0 is expected");
            }
            interruption.whenRequested(over::countDown);
            try (PacketSource source = capture.open()) {
                SyncPackets packets = new SyncPackets(source, capture.finder(), source.ahead());
                WatchFeed feed = new WatchFeed(packets, mtu, capture.live() ? 0 : speed, time);
                feed.start();
                show(source, feed, time);
                source.end();
                feed.end();
                return outcome(feed);
            }
        } catch (IllegalArgumentException | IOException e) {
            err.println(e.getMessage());
            return Main.USAGE;
        } catch (LinkException e) {
            err.println(e.getMessage());
            return Main.UNREACHABLE;
        }
    }

    private int outcome(WatchFeed feed) {
        if (feed.broken() != null) {
            spec.commandLine().getErr().println(feed.broken());
            return capture.live() ? Main.UNREACHABLE : Main.USAGE;
        }
        if (feed.soFar().packets() == 0) {
            spec.commandLine().getErr().println(capture.name() + ": no pfsync packet");
            return Main.NOTHING;
        }
        return 0;
    }

    private void show(PacketSource source, WatchFeed feed, RealTime time) throws IOException, InterruptedException {
        lookedAt = time.nanos();
        if (!capture.standardInput()) {
            Terminal terminal = terminal();
            if (WatchScreen.possible(terminal)) {
                try (WatchScreen screen = new WatchScreen(terminal, over::countDown)) {
                    draw(screen, feed, time);
                }
                return;
            }
            terminal.close();
        }
        source.welcome(spec.commandLine().getErr());
        print(feed, time);
    }

    /** The one that a person sits at. */
    Terminal terminal() throws IOException {
        return TerminalBuilder.builder().system(true).dumb(true).jni(true).build();
    }

    private void draw(WatchScreen screen, WatchFeed feed, RealTime time) throws IOException {
        WatchPage page = new WatchPage(capture.name());
        boolean goesOn = true;
        while (goesOn && over.getCount() > 0) {
            Verdict now = feed.soFar();
            long nanos = time.nanos();
            screen.draw(page.lines(before, now, nanos - lookedAt, feed.over(), screen.width(), screen.height()));
            before = now;
            lookedAt = nanos;
            goesOn = screen.goesOn(REFRESH_MILLIS);
        }
    }

    /** A line every second, and each finding once. */
    private void print(WatchFeed feed, RealTime time) throws InterruptedException {
        WatchPage page = new WatchPage(capture.name());
        PrintWriter out = spec.commandLine().getOut();
        Set<String> told = new HashSet<>();
        boolean last = false;
        while (!last) {
            last = over.await(feed.over() ? 0 : REFRESH_MILLIS, TimeUnit.MILLISECONDS) || feed.over();
            Verdict now = feed.soFar();
            long nanos = time.nanos();
            out.println(page.line(before, now, nanos - lookedAt));
            for (Finding finding : now.findings()) {
                if (told.add(finding.check() + finding.sender() + finding.sentence())) {
                    out.println(page.line(finding));
                }
            }
            last |= out.checkError();
            before = now;
            lookedAt = nanos;
        }
    }
}
