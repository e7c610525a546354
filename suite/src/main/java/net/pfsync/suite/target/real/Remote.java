package net.pfsync.suite.target.real;

import java.io.IOException;
import java.io.Reader;
import java.io.StringReader;

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

    /** Reads an output. */
    @FunctionalInterface
    interface OutputReader {

        /**
         * Reads it to its end, or as far as it likes.
         *
         * @param out the output
         * @throws IOException if it cannot be read
         */
        void read(Reader out) throws IOException;
    }

    /**
     * Runs a command whose output may be long, and reads it while it comes.
     *
     * @param command a line for the firewall's shell
     * @param reader takes the output
     * @return the exit code and what came on standard error; the output is with the reader
     * @throws IOException if the firewall goes away meanwhile
     */
    default Output read(String command, OutputReader reader) throws IOException {
        Output output = run(command, "");
        reader.read(new StringReader(output.out()));
        return new Output("", output.err(), output.exit());
    }

    /** Ends the connection. */
    @Override
    void close();
}
