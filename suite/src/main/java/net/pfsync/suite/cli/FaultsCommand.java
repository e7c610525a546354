package net.pfsync.suite.cli;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import net.pfsync.suite.catalogue.Catalogue;
import net.pfsync.suite.fault.Fault;
import net.pfsync.suite.fault.FaultRun;
import net.pfsync.suite.fault.FaultTable;
import net.pfsync.suite.fault.Faults;
import net.pfsync.suite.run.CaseFinder;
import net.pfsync.suite.run.CaseFinder.FoundCase;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code faults}: shows that the suite can fail. */
@Command(
        name = "faults",
        description = {
            "Lays faults on the reference firewall, one at a time, and tells which cases notice each.",
            "Exit code: 0 every fault is noticed, 1 a fault survives, 2 wrong arguments."
        },
        mixinStandardHelpOptions = true)
final class FaultsCommand implements Callable<Integer> {

    private static final int NOTICED = 0;
    private static final int SURVIVES = 1;
    private static final long SEED = 240;

    @Spec
    private CommandSpec spec;

    @Option(names = "--fault", paramLabel = "NAME", description = "Lay only this fault; may be repeated.")
    private List<String> names = new ArrayList<>();

    @Option(names = "--all-cases", description = "Run every case, not only those that must notice the fault.")
    private boolean allCases;

    @Option(names = "--markdown", description = "Print a table for a page.")
    private boolean markdown;

    @Override
    public Integer call() {
        List<Fault> faults = Faults.all().stream()
                .filter(fault -> names.isEmpty() || names.contains(fault.name()))
                .toList();
        for (String name : names) {
            if (faults.stream().noneMatch(fault -> fault.name().equals(name))) {
                spec.commandLine().getErr().println("unknown fault " + name + "; 'pfsync faults' lists them");
                return Main.USAGE;
            }
        }
        Catalogue catalogue = Catalogue.load();
        List<FoundCase> cases = CaseFinder.in(Main.CASES);
        PrintWriter out = spec.commandLine().getOut();
        List<FaultRun> runs = new ArrayList<>();
        for (Fault fault : faults) {
            List<FoundCase> chosen = allCases ? cases : fault.cases(cases);
            FaultRun run = FaultRun.of(fault, catalogue, chosen, SEED);
            runs.add(run);
            if (!markdown) {
                out.println(line(run));
                out.flush();
            }
        }
        long survivors = runs.stream().filter(run -> !run.noticed()).count();
        if (markdown) {
            out.print(FaultTable.of(runs));
        } else {
            out.printf("%d faults, %d survive%n", runs.size(), survivors);
        }
        out.flush();
        return survivors == 0 ? NOTICED : SURVIVES;
    }

    private static String line(FaultRun run) {
        String found = run.outcomes().stream()
                .filter(outcome -> outcome.verdict().againstTarget())
                .map(outcome -> outcome.entry().id())
                .distinct()
                .collect(Collectors.joining(" "));
        return (run.noticed() ? "noticed   " : "SURVIVES  ") + run.fault() + ": "
                + run.fault().sentence() + (found.isEmpty() ? "" : " -> " + found);
    }
}
