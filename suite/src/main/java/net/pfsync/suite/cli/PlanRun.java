package net.pfsync.suite.cli;

import java.io.PrintWriter;
import java.util.List;
import net.pfsync.node.console.Answer;
import net.pfsync.suite.catalogue.Catalogue;
import net.pfsync.suite.plan.Plan;
import net.pfsync.suite.report.RunInfo;
import net.pfsync.suite.requirement.CaseRun;
import net.pfsync.suite.run.CaseFinder.FoundCase;
import net.pfsync.suite.run.SuiteRunner;
import net.pfsync.suite.target.Arena;
import net.pfsync.suite.target.embedded.EmbeddedArena;
import net.pfsync.suite.target.real.LabConfig;
import net.pfsync.suite.target.real.Rehearsal;
import net.pfsync.suite.target.real.Remote.Output;

/** {@code check --plan}: the run is rehearsed in memory, and nothing of the lab is touched. */
final class PlanRun {

    private PlanRun() {}

    /**
     * Rehearses and prints.
     *
     * @param catalogue the requirements
     * @param cases what would run
     * @param lab the lab in the mode of the run
     * @param memory what its firewalls are taken for
     * @param seed everything random comes from it
     * @param out where to
     */
    static void print(
            Catalogue catalogue, List<FoundCase> cases, LabConfig lab, Arena memory, long seed, PrintWriter out) {
        Plan plan = new Plan(memory.release().dialect());
        out.println("plan for " + lab.name() + ", mode " + lab.mode() + ", " + cases.size() + " cases, rehearsed with "
                + RunInfo.tested(memory) + "; nothing is touched");
        Rehearsal rehearsal = new Rehearsal(
                lab,
                memory,
                (firewall, line) -> input -> output(EmbeddedArena.typed(firewall, line, input)),
                new Rehearsal.Witness(plan::sends, plan::types, plan::takes));
        SuiteRunner.run(new CaseRun(catalogue, rehearsal, seed, plan, () -> false), cases);
        plan.print(catalogue, lab.patience().factor(), out);
    }

    private static Output output(Answer answer) {
        return new Output(answer.out(), answer.err(), answer.exit());
    }
}
