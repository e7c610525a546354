package net.pfsync.suite.catalogue;

/** The catalogue, or a file about it, cannot be read: one line with file, line, column and what would be right. */
public final class CatalogueException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /**
     * States the problem.
     *
     * @param message one line that begins with {@code file:line:column:}
     */
    public CatalogueException(String message) {
        super(message);
    }
}
