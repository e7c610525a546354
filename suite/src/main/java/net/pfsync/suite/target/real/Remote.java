package net.pfsync.suite.target.real;

/** Runs commands on a firewall. */
public interface Remote extends AutoCloseable {

    /**
     * What a command left behind.
     *
     * @param out its standard output
     * @param err its standard error
     * @param exit its exit code
     */
    record Output(String out, String err, int exit) {}

    /**
     * Runs a command.
     *
     * @param command a line for the firewall's shell
     * @param input its standard input
     * @return what came of it, whatever its exit code
     * @throws net.pfsync.suite.verdict.CannotTell if the firewall cannot be reached or does not answer in time
     */
    Output run(String command, String input);

    /** Ends the connection. */
    @Override
    void close();
}
