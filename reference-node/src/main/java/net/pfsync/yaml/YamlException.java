package net.pfsync.yaml;

/** A file that somebody wrote cannot be taken: one line with file, line, column and what would be right. */
public final class YamlException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /**
     * States the problem.
     *
     * @param message one line that begins with {@code file:line:column:}
     */
    public YamlException(String message) {
        super(message);
    }
}
