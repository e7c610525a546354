package net.pfsync.suite.experiment;

import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import net.pfsync.release.Release;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code simulate}: the experiments of the thesis. */
@Command(
        name = "simulate",
        description = {
            "Sends files through one firewall, a symmetric pair, and split paths without and with defer, on virtual"
                    + " time, and prints what it cost.",
            "Exit code: 0 done, 2 wrong arguments."
        },
        mixinStandardHelpOptions = true)
public final class SimulateCommand implements Callable<Integer> {

    private static final int DONE = 0;
    private static final int USAGE = 2;
    private static final int HIGHEST_RATE = 1_000_000;

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

    @Option(
            names = "--rate",
            paramLabel = "N",
            split = ",",
            defaultValue = "100,1000,10000,50000",
            description = "Packets with data in a second, of all connections together (default: ${DEFAULT-VALUE}).")
    private List<Integer> rates;

    @Option(
            names = "--size",
            paramLabel = "SIZE",
            split = ",",
            defaultValue = "100kB,10MB,50x100kB",
            description = "How much is sent, 50x100kB for 50 connections at a time (default: ${DEFAULT-VALUE}).")
    private List<String> sizes;

    @Option(names = "--markdown", description = "Print the table in Markdown.")
    private boolean markdown;

    @Override
    public Integer call() {
        try {
            run(Release.of(release), sizes.stream().map(Load::parse).toList());
            return DONE;
        } catch (IllegalArgumentException e) {
            spec.commandLine().getErr().println(e.getMessage());
            return USAGE;
        }
    }

    private void run(Release running, List<Load> loads) {
        loads.forEach(load -> rates.forEach(rate -> check(load, rate)));
        PrintWriter out = spec.commandLine().getOut();
        ExperimentTable table = new ExperimentTable(markdown);
        out.println(running.name() + ", seed " + seed + (markdown ? "\n" : ""));
        table.head().forEach(out::println);
        for (Load load : loads) {
            for (int rate : rates) {
                Outcome one = null;
                for (Setup setup : Setup.values()) {
                    Outcome outcome = Experiment.run(running, setup, load, rate, seed);
                    one = setup == Setup.ONE ? outcome : one;
                    out.println(table.row(load, rate, setup, outcome, one));
                    out.flush();
                }
            }
        }
        out.println();
        ExperimentTable.NOTES.forEach(note -> out.println((markdown ? "- " : "") + note));
    }

    private static void check(Load load, int rate) {
        if (rate < load.connections() || rate > HIGHEST_RATE) {
            throw new IllegalArgumentException("--rate " + rate + ": from " + load.connections()
                    + ", one for each connection of " + load + ", to " + HIGHEST_RATE);
        }
    }
}
