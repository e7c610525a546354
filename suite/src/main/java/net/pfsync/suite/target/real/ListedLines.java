package net.pfsync.suite.target.real;

import java.io.IOException;
import java.io.Reader;
import net.pfsync.suite.verdict.CannotTell;

/** The lines of a listing, one at a time; a line that has no end does not fill the memory. */
final class ListedLines {

    private static final int LONGEST = 4096;
    private static final int BUFFER = 1 << 16;

    private final Reader in;
    private final char[] buffer = new char[BUFFER];
    private int at;
    private int end;
    private long number;

    ListedLines(Reader in) {
        this.in = in;
    }

    /** Whether something follows; waits for it. */
    boolean more() throws IOException {
        if (at < end) {
            return true;
        }
        at = 0;
        end = Math.max(0, in.read(buffer));
        return end > 0;
    }

    /** The next line, without its end; there must be one. */
    String next() throws IOException {
        number++;
        StringBuilder begun = null;
        while (true) {
            for (int i = at; i < end; i++) {
                if (buffer[i] == '\n') {
                    String rest = new String(buffer, at, i - at);
                    at = i + 1;
                    return begun == null ? rest : begun.append(rest).toString();
                }
            }
            begun = begun == null ? new StringBuilder() : begun;
            begun.append(buffer, at, end - at);
            at = end;
            if (begun.length() > LONGEST) {
                throw new CannotTell("line " + number + " of the list of states is no line: it has more than " + LONGEST
                        + " characters");
            }
            if (!more()) {
                return begun.toString();
            }
        }
    }

    /** Of the line that was read last, 1 for the first. */
    long number() {
        return number;
    }
}
