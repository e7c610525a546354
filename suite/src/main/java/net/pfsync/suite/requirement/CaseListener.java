package net.pfsync.suite.requirement;

import net.pfsync.suite.catalogue.Entry;

/** Is told of every case of a run, on the thread that runs them. */
public interface CaseListener {

    /**
     * A case begins.
     *
     * @param entry the requirement that it checks
     * @param methodName its method
     */
    void started(Entry entry, String methodName);

    /**
     * A case ended, or was not run; then it did not begin either.
     *
     * @param outcome how
     */
    void finished(CaseOutcome outcome);
}
