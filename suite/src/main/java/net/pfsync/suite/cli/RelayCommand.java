package net.pfsync.suite.cli;

import java.io.IOException;
import java.util.concurrent.Callable;
import net.pfsync.pcap.LinkException;
import net.pfsync.pcap.PcapLink;
import net.pfsync.relay.Relay;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code relay}: lends an interface of this machine to a suite elsewhere, through standard input and output. */
@Command(
        name = "relay",
        description =
                "Passes the frames of an interface between standard input and output, for a suite on another machine;"
                        + " 'sync: {relay: \"ssh://…\"}' in its lab file starts it.",
        mixinStandardHelpOptions = true,
        exitCodeListHeading = "Exit codes:%n",
        exitCodeList = {
            "0:the input ended",
            "2:wrong arguments, or what came in was not from a suite",
            "3:the interface cannot be opened"
        })
final class RelayCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Option(names = "--interface", paramLabel = "IF", required = true, description = "The interface, such as eth1.")
    private String name;

    @Override
    public Integer call() {
        try {
            Relay.run(loop -> PcapLink.open(name, null, loop), System.in, System.out);
            return 0;
        } catch (LinkException e) {
            spec.commandLine().getErr().println(e.getMessage());
            return Main.UNREACHABLE;
        } catch (IOException e) {
            spec.commandLine().getErr().println("relay: " + e.getMessage());
            return Main.USAGE;
        }
    }
}
