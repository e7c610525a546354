package net.pfsync.suite.verdict;

/** A case needs something that this firewall or lab does not offer, which only shows while it runs: verdict SKIPPED. */
public final class NotOffered extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /**
     * States the reason.
     *
     * @param reason one sentence: what is not offered, and why
     */
    public NotOffered(String reason) {
        super(reason);
    }
}
