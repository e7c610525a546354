package net.pfsync.suite.report;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import net.pfsync.suite.catalogue.Entry;
import net.pfsync.suite.fault.NoticedFault;
import net.pfsync.suite.requirement.CaseListener;
import net.pfsync.suite.requirement.CaseOutcome;

/**
 * Writes the report of a run while it runs: the evidence of a case is on disk as soon as the case has ended, so that an
 * interrupted run loses nothing.
 */
public final class RunReport implements CaseListener {

    /** The file to open. */
    public static final String SUMMARY = "summary.html";

    private static final String HTML = "report.html";

    private final RunInfo info;
    private final ReportDirectory directory;
    private final AllureResults allure;
    private final Map<String, List<String>> cases;
    private final List<CaseOutcome> outcomes = new ArrayList<>();
    private Conclusion conclusion = Conclusion.NOTHING_RAN;

    /**
     * Starts a report.
     *
     * @param info what the run is about
     * @param directory where it goes
     * @param cases the names of all cases of each requirement, whether they are run or not
     */
    public RunReport(RunInfo info, ReportDirectory directory, Map<String, List<String>> cases) {
        this.info = info;
        this.cases = cases;
        this.directory = directory;
        this.allure = new AllureResults(info, directory.allureResults());
    }

    @Override
    public void started(Entry entry, String methodName) {
        allure.started(entry.id(), methodName);
    }

    @Override
    public void finished(CaseOutcome outcome) {
        allure.finished(outcome, directory.keep(info, outcome));
        outcomes.add(outcome);
    }

    /** What ended so far, in the order in which it ended. */
    public List<CaseOutcome> outcomes() {
        return List.copyOf(outcomes);
    }

    /** What the finished run came to. */
    public Conclusion conclusion() {
        return conclusion;
    }

    /**
     * Writes what can only be written at the end.
     *
     * @param result how the run ended
     * @throws ReportException if the HTML cannot be written; everything else is there then
     */
    public void finish(RunResult result) throws ReportException {
        conclusion = result.conclusion();
        directory.write("junit.xml", JunitXml.of(result));
        directory.write("conformance.json", ConformanceJson.of(result));
        directory.write(SUMMARY, SummaryPage.of(result));
        directory.write("badge.svg", Badge.of(result));
        List<NoticedFault> faults = NoticedFault.all();
        directory.write("requirements.html", RequirementsPage.of(result, cases, faults));
        directory.write("faults.html", FaultsPage.of(result, faults));
        Path html = directory.path().resolve(HTML);
        try {
            directory.restoreHistory();
            directory.keepHistory(AllureHtml.write(
                    "pfsync conformance of " + info.tested(),
                    AllureResults.environment(info),
                    directory.allureResults(),
                    html));
        } catch (IOException | RuntimeException | LinkageError e) {
            throw new ReportException(html + " cannot be written: " + e + "; the rest of the report is complete");
        }
    }
}
