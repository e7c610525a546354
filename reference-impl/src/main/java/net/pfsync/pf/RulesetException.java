package net.pfsync.pf;

/** A ruleset that cannot be taken: what is wrong, and where. */
public final class RulesetException extends Exception {

    private static final long serialVersionUID = 1L;

    private final int line;
    private final int column;

    /**
     * Tells about an error.
     *
     * @param line first is 1
     * @param column first is 1
     * @param problem what was wrong and what would be right
     */
    public RulesetException(int line, int column, String problem) {
        super("line " + line + ", column " + column + ": " + problem);
        this.line = line;
        this.column = column;
    }

    /**
     * Where the error is.
     *
     * @return line, the first is 1
     */
    public int line() {
        return line;
    }

    /**
     * Where the error is.
     *
     * @return column, the first is 1
     */
    public int column() {
        return column;
    }
}
