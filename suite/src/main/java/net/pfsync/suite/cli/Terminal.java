package net.pfsync.suite.cli;

import java.io.Console;
import java.lang.reflect.InvocationTargetException;

/** Whether a person watches. */
final class Terminal {

    private Terminal() {}

    /** Whether standard input and output are a terminal. */
    @SuppressWarnings("SystemConsoleNull") // newer consoles are asked below
    static boolean present() {
        Console console = System.console();
        return console != null && isTerminal(console);
    }

    /**
     * Whether the error output is a terminal and the output is not, so that progress can be shown beside what is printed.
     * Java cannot tell; {@code ci/pfsync} says it.
     */
    static boolean onlyErrors() {
        return Boolean.getBoolean("pfsync.terminal.errors");
    }

    /** Since Java 22 there is a console without a terminal, and a method that tells; before there is neither. */
    private static boolean isTerminal(Console console) {
        try {
            return (boolean) Console.class.getMethod("isTerminal").invoke(console);
        } catch (NoSuchMethodException e) {
            return true;
        } catch (IllegalAccessException | InvocationTargetException e) {
            return false;
        }
    }
}
