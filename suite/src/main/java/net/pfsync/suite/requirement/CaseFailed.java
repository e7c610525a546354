package net.pfsync.suite.requirement;

/** Tells JUnit what the run already knows: the verdict of a case counts against the target. */
public final class CaseFailed extends AssertionError {

    private static final long serialVersionUID = 1L;

    CaseFailed(CaseOutcome outcome, Throwable cause) {
        super(outcome.entry().id() + ": expected " + outcome.expected() + ", observed " + outcome.observed(), cause);
    }
}
