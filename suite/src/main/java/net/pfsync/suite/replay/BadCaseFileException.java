package net.pfsync.suite.replay;

import java.nio.file.Path;

/** A file of recorded cases that cannot be used; the message is one line with the file, the line and what is wrong. */
final class BadCaseFileException extends Exception {

    private static final long serialVersionUID = 1L;
    private static final int LONGEST = 500;

    BadCaseFileException(Path file, String problem) {
        super(file + ": " + oneLine(problem));
    }

    BadCaseFileException(Path file, int line, String problem) {
        super(file + ":" + line + ": " + oneLine(problem));
    }

    /** A file may hold anything, and what is wrong with it is quoted. */
    private static String oneLine(String problem) {
        String shown = problem.length() > LONGEST ? problem.substring(0, LONGEST) + " …" : problem;
        return shown.replaceAll("\\p{Cntrl}", "?");
    }
}
