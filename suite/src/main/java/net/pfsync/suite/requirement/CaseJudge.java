package net.pfsync.suite.requirement;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import net.pfsync.suite.catalogue.Entry;
import net.pfsync.suite.evidence.Evidence;
import net.pfsync.suite.evidence.Evidence.Snapshot;
import net.pfsync.suite.lab.LabSession;
import net.pfsync.suite.verdict.CannotTell;
import net.pfsync.suite.verdict.Disagreement;
import net.pfsync.suite.verdict.Mismatch;
import net.pfsync.suite.verdict.NotOffered;
import net.pfsync.suite.verdict.Verdict;
import org.opentest4j.AssertionFailedError;
import org.opentest4j.TestAbortedException;

/** Turns every way in which a case can end into one outcome. */
final class CaseJudge {

    private final Entry entry;
    private final String className;
    private final String methodName;
    private final long seed;

    CaseJudge(Entry entry, String className, String methodName, long seed) {
        this.entry = entry;
        this.className = className;
        this.methodName = methodName;
        this.seed = seed;
    }

    /** The case was not run. */
    CaseOutcome skipped(String reason) {
        return outcome(Verdict.SKIPPED, "", reason, "", "", Duration.ZERO, null);
    }

    /**
     * The body of the case ended.
     *
     * @param session the lab of the case
     * @param thrown what it ended with, null if it ended without complaint
     * @return the outcome
     */
    CaseOutcome ended(LabSession session, Throwable thrown) {
        List<Snapshot> after = session.look();
        Throwable end = thrown == null ? complaint(session) : thrown;
        Optional<String> lost = session.lost();
        if (lost.isPresent()) {
            end = new CannotTell(lost.get());
        } else if (end instanceof Mismatch mismatch && session.meddling().isPresent()) {
            end = new CannotTell(
                    session.meddling().get() + "; without that it would be a failure: " + mismatch.getMessage());
        }
        String stopped = session.stopped();
        if (!stopped.isEmpty() && !(end instanceof Mismatch)) {
            end = new Mismatch("the target to work on", "the target stopped: " + stopped, "console of a");
        }
        String bootedAnew = session.bootedAnew();
        if (!bootedAnew.isEmpty()) {
            end = new Mismatch("every firewall to work on", bootedAnew, "boot time");
        }
        CaseOutcome judged = judged(end);
        session.note(judged.verdict() + (judged.observed().isEmpty() ? "" : ": " + judged.observed()));
        Evidence evidence = session.evidence(after);
        return outcome(
                judged.verdict(),
                judged.expected(),
                judged.observed(),
                judged.where(),
                judged.trouble(),
                evidence.end().minus(evidence.beginning()),
                evidence);
    }

    private static Throwable complaint(LabSession session) {
        try {
            session.judge();
            return null;
        } catch (Mismatch | Disagreement | RuntimeException e) {
            return e;
        }
    }

    private CaseOutcome judged(Throwable end) {
        return switch (end) {
            case null -> plain(Verdict.PASS, "");
            case Mismatch mismatch ->
                outcome(Verdict.FAIL, mismatch.expected(), mismatch.observed(), mismatch.where(), "", null, null);
            case Disagreement disagreement ->
                outcome(
                        Verdict.DISAGREE,
                        "console and wire to agree about " + disagreement.about(),
                        disagreement.contradiction(),
                        "console and wire",
                        "",
                        null,
                        null);
            case AssertionFailedError failed
            when failed.isExpectedDefined() ->
                outcome(Verdict.FAIL, text(failed.getExpected()), text(failed.getActual()), "case", "", null, null);
            case AssertionError failed ->
                outcome(Verdict.FAIL, entry.sentence(), failed.getMessage(), "case", "", null, null);
            case CannotTell unknown -> plain(Verdict.UNKNOWN, unknown.getMessage());
            case NotOffered missing -> plain(Verdict.SKIPPED, missing.getMessage());
            case TestAbortedException aborted -> plain(Verdict.SKIPPED, aborted.getMessage());
            default -> outcome(Verdict.UNKNOWN, "", "the case itself is at fault: " + end, "", trace(end), null, null);
        };
    }

    private static String text(org.opentest4j.ValueWrapper value) {
        return value == null ? "" : value.getStringRepresentation();
    }

    private static String trace(Throwable end) {
        StringWriter text = new StringWriter();
        end.printStackTrace(new PrintWriter(text));
        return text.toString();
    }

    private CaseOutcome plain(Verdict verdict, String observed) {
        return outcome(verdict, "", observed, "", "", null, null);
    }

    private CaseOutcome outcome(
            Verdict verdict,
            String expected,
            String observed,
            String where,
            String trouble,
            Duration time,
            Evidence evidence) {
        return new CaseOutcome(
                entry, className, methodName, verdict, expected, observed, where, time, seed, trouble, evidence);
    }
}
