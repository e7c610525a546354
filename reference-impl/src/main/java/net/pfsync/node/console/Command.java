package net.pfsync.node.console;

import java.util.List;

/** One program of the system. */
@FunctionalInterface
interface Command {

    /**
     * Runs it.
     *
     * @param arguments without its name
     * @param input its standard input
     * @return what it printed
     * @throws Failure if it gives up
     */
    Answer run(List<String> arguments, String input) throws Failure;
}
