package net.pfsync.suite.verdict;

/** It cannot be told whether the requirement is met: verdict UNKNOWN. Not the target's fault, as far as can be seen. */
public final class CannotTell extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /**
     * States the reason.
     *
     * @param reason one sentence: what was missing to come to a verdict
     */
    public CannotTell(String reason) {
        super(reason);
    }
}
