package net.pfsync.suite.cli;

import java.io.PrintWriter;
import java.util.concurrent.Callable;
import net.pfsync.release.Release;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code releases}: what the embedded lab can play. */
@Command(
        name = "releases",
        description = "Lists the releases that the embedded lab can play, with their dialects.",
        mixinStandardHelpOptions = true)
final class ReleasesCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        for (Release release : Release.all()) {
            out.printf(
                    "%-13s %-8s %s%n", release.name(), release.rules().dialect().name(), release.description());
        }
        return 0;
    }
}
