package net.pfsync.suite.fault;

import java.util.List;
import java.util.stream.Collectors;
import net.pfsync.suite.verdict.Verdict;

/** The page that tells which cases notice which fault. */
public final class FaultTable {

    private FaultTable() {}

    /**
     * Writes the page.
     *
     * @param runs of every fault
     * @return Markdown
     */
    public static String of(List<FaultRun> runs) {
        StringBuilder text = new StringBuilder("""
            # Faults, and the cases that notice them

            Made by `ci/pfsync faults --markdown > fixtures/FAULTS.md`; a test fails when it is stale or when a fault survives.

            Each fault is laid alone on a reference firewall, and the cases of the requirements that must notice it are run. The first faults are the
            quirks of real systems. DISAGREE: console and wire contradict each other.

            | fault | laid on | a firewall with it | cases that fail |
            |---|---|---|---|
            """);
        for (FaultRun run : runs) {
            text.append("| ")
                    .append(run.fault().name())
                    .append(" | ")
                    .append(run.fault().laidOn())
                    .append(" | ")
                    .append(run.fault().sentence())
                    .append(" | ")
                    .append(cases(run))
                    .append(" |\n");
        }
        return text.toString();
    }

    private static String cases(FaultRun run) {
        String found = run.outcomes().stream()
                .filter(outcome -> outcome.verdict().againstTarget())
                .map(outcome -> outcome.entry().id() + " " + outcome.methodName()
                        + (outcome.verdict() == Verdict.DISAGREE ? " (DISAGREE)" : ""))
                .sorted()
                .collect(Collectors.joining(", "));
        return found.isEmpty() ? "**none**" : found;
    }
}
