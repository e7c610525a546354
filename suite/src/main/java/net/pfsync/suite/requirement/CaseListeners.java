package net.pfsync.suite.requirement;

import java.util.List;
import net.pfsync.suite.catalogue.Entry;

/** Several listeners as one, told in their order. */
public final class CaseListeners implements CaseListener {

    private final List<CaseListener> listeners;

    /**
     * Joins listeners.
     *
     * @param listeners who is told, in this order
     */
    public CaseListeners(CaseListener... listeners) {
        this.listeners = List.of(listeners);
    }

    @Override
    public void started(Entry entry, String methodName) {
        listeners.forEach(listener -> listener.started(entry, methodName));
    }

    @Override
    public void finished(CaseOutcome outcome) {
        listeners.forEach(listener -> listener.finished(outcome));
    }
}
