package net.pfsync.node.console;

/**
 * What a command leaves behind.
 *
 * @param out its standard output, with a newline behind every line
 * @param err its standard error, the same
 * @param exit its exit code
 */
public record Answer(String out, String err, int exit) {

    /** Nothing to say. */
    static final Answer OK = new Answer("", "", 0);

    static Answer out(String text) {
        return new Answer(text, "", 0);
    }

    /** A line of a command that failed. */
    static Answer error(int exit, String line) {
        return new Answer("", line + "\n", exit);
    }
}
