package net.pfsync.suite.cli;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import net.pfsync.suite.samples.Samples;
import picocli.CommandLine;

/** The program as a test starts it: the sample cases, a clock that stands, and what it prints. */
final class Program {

    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-01-02T03:04:05Z"), ZoneOffset.UTC);

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private final int exitCode;

    private Program(String cases, String... args) {
        CommandLine command = Main.commandLine(CLOCK, cases, Samples::catalogue)
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true));
        exitCode = command.execute(args);
    }

    /** Runs the program with all sample cases. */
    static Program run(String... args) {
        return new Program("net.pfsync.suite.samples", args);
    }

    /** Runs the program with the sample cases of one package. */
    static Program with(String cases, String... args) {
        return new Program(cases, args);
    }

    int exitCode() {
        return exitCode;
    }

    String out() {
        return out.toString();
    }

    /** The lines of the error output. */
    List<String> err() {
        return err.toString().lines().toList();
    }
}
