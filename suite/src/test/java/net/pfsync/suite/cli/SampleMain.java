package net.pfsync.suite.cli;

import java.time.Clock;
import net.pfsync.suite.samples.Samples;

/** The program with the sample cases, as a process of its own. */
public final class SampleMain {

    private SampleMain() {}

    /** The package of the cases comes first, then the program's arguments. */
    public static void main(String[] args) {
        String[] rest = java.util.Arrays.copyOfRange(args, 1, args.length);
        System.exit(
                Main.commandLine(Clock.systemUTC(), args[0], Samples::catalogue).execute(rest));
    }
}
