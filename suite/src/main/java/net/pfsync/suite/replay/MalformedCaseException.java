package net.pfsync.suite.replay;

/** A line that is JSON but no case; the message names the field. {@link CaseReader} adds file and line. */
final class MalformedCaseException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    MalformedCaseException(String field, String problem) {
        super(field + ": " + problem);
    }
}
