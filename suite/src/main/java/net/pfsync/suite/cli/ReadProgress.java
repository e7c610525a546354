package net.pfsync.suite.cli;

import java.io.PrintWriter;

/** How much of a file was read: one line that is written over, only where a person watches. */
final class ReadProgress {

    private static final String LINE_START = "\r\u001b[K";
    private static final int WIDTH = 40;
    private static final int PERCENT = 100;

    private final PrintWriter err;
    private final long size;
    private long shown = -1;

    /**
     * Progress through a file.
     *
     * @param terminal whether the error output is one; nothing is printed elsewhere
     * @param size bytes of the file, 0 if not known
     */
    ReadProgress(PrintWriter err, boolean terminal, long size) {
        this.err = err;
        this.size = terminal ? size : 0;
    }

    /** That many bytes were read. */
    void at(long position) {
        if (size == 0) {
            return;
        }
        long percent = Math.min(PERCENT, position * PERCENT / size);
        if (percent != shown) {
            shown = percent;
            int full = (int) (percent * WIDTH / PERCENT);
            err.print(LINE_START + "[" + "#".repeat(full) + ".".repeat(WIDTH - full) + "] " + percent + " %");
            err.flush();
        }
    }

    /** Leaves the terminal as it was. */
    void clear() {
        if (shown >= 0) {
            err.print(LINE_START);
            err.flush();
        }
    }
}
