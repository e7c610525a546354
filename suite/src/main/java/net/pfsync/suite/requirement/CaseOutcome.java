package net.pfsync.suite.requirement;

import java.time.Duration;
import java.util.Locale;
import net.pfsync.suite.catalogue.Entry;
import net.pfsync.suite.evidence.Evidence;
import net.pfsync.suite.verdict.Verdict;

/**
 * How one case ended.
 *
 * @param entry the requirement that it checks
 * @param className the simple name of the class it is in
 * @param methodName its method
 * @param verdict what it came to
 * @param expected what the requirement leads to, empty unless FAIL or DISAGREE
 * @param observed what there was instead; for UNKNOWN and SKIPPED the reason; empty for PASS
 * @param where which observation shows it, empty unless FAIL or DISAGREE
 * @param time how long it took in the protocol's time
 * @param seed the seed of the run, which repeats it
 * @param trouble the stack trace of a fault in the case itself, empty without one
 * @param evidence what it leaves behind, null if it was not run
 */
public record CaseOutcome(
        Entry entry,
        String className,
        String methodName,
        Verdict verdict,
        String expected,
        String observed,
        String where,
        Duration time,
        long seed,
        String trouble,
        Evidence evidence) {

    /** Class and method, as reports have it. */
    public String name() {
        return className + "." + methodName;
    }

    /** The method's name as words: {@code asksForAState} becomes "asks for a state". */
    public String title() {
        return methodName.replaceAll("([A-Z])", " $1").toLowerCase(Locale.ROOT);
    }

    /** One line. */
    @Override
    public String toString() {
        String text = verdict + " " + entry.id() + " " + name();
        return switch (verdict) {
            case PASS -> text;
            case FAIL, DISAGREE -> text + ": expected " + expected + ", observed " + observed + " (" + where + ")";
            case UNKNOWN, SKIPPED -> text + ": " + observed;
        };
    }
}
