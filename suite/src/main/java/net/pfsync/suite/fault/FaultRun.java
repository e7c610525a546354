package net.pfsync.suite.fault;

import java.util.ArrayList;
import java.util.List;
import net.pfsync.suite.catalogue.Catalogue;
import net.pfsync.suite.catalogue.Entry;
import net.pfsync.suite.requirement.CaseListener;
import net.pfsync.suite.requirement.CaseOutcome;
import net.pfsync.suite.requirement.CaseRun;
import net.pfsync.suite.run.CaseFinder.FoundCase;
import net.pfsync.suite.run.SuiteRunner;
import net.pfsync.suite.verdict.Verdict;

/**
 * The cases that find a fault.
 *
 * @param fault the fault
 * @param outcomes of the cases that did not pass
 */
public record FaultRun(Fault fault, List<CaseOutcome> outcomes) {

    /**
     * Runs cases against a firewall with a fault.
     *
     * @param fault the fault
     * @param catalogue the requirements
     * @param cases which to run
     * @param seed everything random comes from it
     * @return what failed
     */
    public static FaultRun of(Fault fault, Catalogue catalogue, List<FoundCase> cases, long seed) {
        List<CaseOutcome> outcomes = new ArrayList<>();
        CaseListener listener = new CaseListener() {
            @Override
            public void started(Entry entry, String methodName) {}

            @Override
            public void finished(CaseOutcome outcome) {
                if (outcome.verdict().againstTarget() || outcome.verdict() == Verdict.UNKNOWN) {
                    outcomes.add(outcome);
                }
            }
        };
        SuiteRunner.run(new CaseRun(catalogue, fault.arena(), seed, listener, () -> false), cases);
        return new FaultRun(fault, outcomes);
    }

    /**
     * Whether the fault was found.
     *
     * @return true if a case of a requirement that the fault names failed
     */
    public boolean noticed() {
        return outcomes.stream()
                .anyMatch(outcome -> outcome.verdict().againstTarget()
                        && fault.noticedBy().contains(outcome.entry().id()));
    }
}
