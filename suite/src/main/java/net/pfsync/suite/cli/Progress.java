package net.pfsync.suite.cli;

import java.io.PrintWriter;
import java.util.HashSet;
import java.util.Set;
import net.pfsync.suite.catalogue.Area;
import net.pfsync.suite.catalogue.Entry;
import net.pfsync.suite.requirement.CaseListener;
import net.pfsync.suite.requirement.CaseOutcome;

/** Says where a run is: one line that is written over on a terminal, else a line per area. */
final class Progress implements CaseListener {

    private static final String LINE_START = "\r\u001b[K";

    private final PrintWriter err;
    private final boolean terminal;
    private final int total;
    private final Set<Area> areas = new HashSet<>();
    private int ended;
    private int failed;

    Progress(PrintWriter err, boolean terminal, int total) {
        this.err = err;
        this.terminal = terminal;
        this.total = total;
    }

    @Override
    public void started(Entry entry, String methodName) {
        if (terminal) {
            String failures = failed == 0 ? "" : ", " + failed + " failed";
            err.print(LINE_START + ended + "/" + total + failures + "  " + entry.id());
            err.flush();
        } else if (areas.add(entry.area())) {
            err.println(ended + "/" + total + "  " + entry.area().title());
        }
    }

    @Override
    public void finished(CaseOutcome outcome) {
        ended++;
        if (outcome.verdict().againstTarget()) {
            failed++;
        }
    }

    /** Says what is done after the cases. */
    void then(String what) {
        if (terminal) {
            err.print(LINE_START + what);
            err.flush();
        }
    }

    /** Leaves the terminal as it was. */
    void clear() {
        if (terminal) {
            err.print(LINE_START);
            err.flush();
        }
    }
}
