package net.pfsync.suite.soak;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import net.pfsync.release.Release;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code soak}: days in the life of two firewalls. */
@Command(
        name = "soak",
        description = {
            "Lets two firewalls live for days of virtual time, with mixed traffic and failures, and compares what they"
                    + " know at quiet moments.",
            "Exit code: 0 they always agreed and need no more memory than at first, 1 not, 2 wrong arguments."
        },
        mixinStandardHelpOptions = true)
public final class SoakCommand implements Callable<Integer> {

    private static final int SOUND = 0;
    private static final int NOT_SOUND = 1;
    private static final int USAGE = 2;
    private static final int LONGEST_DAYS = 1000;
    private static final int HOURS_PER_DAY = 24;
    private static final int MOST_LINES = 20;
    private static final double MEGABYTE = 1 << 20;

    @Spec
    private CommandSpec spec;

    @Option(
            names = "--release",
            paramLabel = "R",
            defaultValue = "reference-v5",
            description = "What the firewalls run (default: ${DEFAULT-VALUE}); 'releases' lists them.")
    private String release;

    @Option(
            names = "--seed",
            paramLabel = "N",
            defaultValue = "240",
            description = "Repeats a run exactly (default: ${DEFAULT-VALUE}).")
    private long seed;

    @Option(names = "--days", paramLabel = "N", description = "How many days (default: 7).")
    private Integer days;

    @Option(names = "--hours", paramLabel = "N", description = "How many hours, in place of days.")
    private Integer hours;

    @Override
    public Integer call() {
        try {
            return run(Release.of(release), length());
        } catch (IllegalArgumentException e) {
            spec.commandLine().getErr().println(e.getMessage());
            return USAGE;
        }
    }

    private int length() {
        if (days != null && hours != null) {
            throw new IllegalArgumentException("--days and --hours: one of them");
        }
        int length = hours != null ? hours : HOURS_PER_DAY * (days == null ? 7 : Math.min(days, LONGEST_DAYS + 1));
        if (length < 1 || length > LONGEST_DAYS * HOURS_PER_DAY) {
            throw new IllegalArgumentException("from 1 hour to " + LONGEST_DAYS + " days");
        }
        return length;
    }

    private int run(Release running, int length) {
        PrintWriter out = spec.commandLine().getOut();
        out.println(running.name() + ", seed " + seed + ", " + length + " hours");
        out.println("  hour  states A  states B    begun  forwarded  failures  compared   heap");
        Soak soak = new Soak(running, seed, SoakCommand::heap);
        List<Long> heaps = new ArrayList<>();
        List<String> differences = soak.run(length, hour -> {
            out.println(line(hour));
            out.flush();
            heaps.add(hour.heap());
        });
        for (Failure failure : Failure.values()) {
            out.print((failure == Failure.FLIP ? "failures: " : ", ") + soak.suffered(failure) + " " + failure.text());
        }
        out.println();
        out.println(soak.moments() + " quiet moments, " + soak.rounds() + " times all states were asked for, "
                + soak.twins() + " states under two names");
        differences.stream().limit(MOST_LINES).forEach(out::println);
        out.println(differences.size() + " differences");
        boolean flat = HeapTrend.flat(heaps);
        out.println(flat ? "memory: flat" : "memory: grows");
        return differences.isEmpty() && flat ? SOUND : NOT_SOUND;
    }

    private static String line(Soak.Hour hour) {
        return String.format(
                Locale.ROOT,
                "%6d %9d %9d %8d %10d %9d %9d %4.1f MB",
                hour.number(),
                hour.statesA(),
                hour.statesB(),
                hour.begun(),
                hour.forwarded(),
                hour.failures(),
                hour.compared(),
                hour.heap() / MEGABYTE);
    }

    private static long heap() {
        Runtime runtime = Runtime.getRuntime();
        System.gc();
        return runtime.totalMemory() - runtime.freeMemory();
    }
}
