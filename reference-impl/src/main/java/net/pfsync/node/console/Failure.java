package net.pfsync.node.console;

/** A command gives up: what it says on standard error, and with which exit code. */
final class Failure extends Exception {

    private static final long serialVersionUID = 1L;

    private final int exit;

    /** Exit code 1. */
    Failure(String message) {
        this(1, message);
    }

    Failure(int exit, String message) {
        super(message);
        this.exit = exit;
    }

    int exit() {
        return exit;
    }
}
