package net.pfsync.suite.cli;

import java.util.concurrent.Callable;
import net.pfsync.suite.dissector.DissectorSource;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code dissector}: the source of the dissector for Wireshark. */
@Command(
        name = "dissector",
        description =
                "Prints the dissector for Wireshark, in Lua; fixtures/wireshark/README.md says how to install it.",
        mixinStandardHelpOptions = true)
final class DissectorCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        spec.commandLine().getOut().print(DissectorSource.text());
        spec.commandLine().getOut().flush();
        return 0;
    }
}
