package net.pfsync.suite.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import net.pfsync.machine.Node;
import net.pfsync.machine.NodeConfig;
import net.pfsync.machine.NodeException;
import net.pfsync.machine.NodeFile;
import net.pfsync.yaml.YamlException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code node}: runs a reference firewall on real interfaces until it is told to end. */
@Command(
        name = "node",
        description = "Runs a reference firewall on real interfaces, until SIGTERM or Ctrl-C.",
        mixinStandardHelpOptions = true,
        exitCodeListHeading = "Exit codes:%n",
        exitCodeList = {
            "1:the firewall stopped, as the kernel that it plays does",
            "2:wrong arguments or configuration",
            "3:an interface or the console's port cannot be opened",
            "130, 143:ended by Ctrl-C or SIGTERM"
        })
final class NodeCommand implements Callable<Integer> {

    private static final int STOPPED = 1;
    private static final int UNREACHABLE = 3;

    @Spec
    private CommandSpec spec;

    @Option(
            names = "--config",
            paramLabel = "FILE",
            required = true,
            description = "What it is to be; fixtures/nodes/example.yaml explains every key.")
    private Path file;

    @Override
    public Integer call() throws InterruptedException, ExecutionException {
        PrintWriter out = spec.commandLine().getOut();
        PrintWriter err = spec.commandLine().getErr();
        try (Interruption end = new Interruption()) {
            NodeConfig config = NodeFile.read(file);
            try (Node node = Node.start(config, line -> say(err, config.hostname() + ": " + line))) {
                end.whenRequested(node::end);
                say(out, config.hostname() + ": " + config.release() + " runs" + door(config, node));
                String panic = node.awaitEnd();
                if (panic.isEmpty()) {
                    return 0;
                }
                say(err, config.hostname() + ": " + panic);
                return STOPPED;
            }
        } catch (YamlException e) {
            err.println(e.getMessage());
            return Main.USAGE;
        } catch (NodeException e) {
            err.println(e.getMessage());
            return UNREACHABLE;
        }
    }

    private static String door(NodeConfig config, Node node) {
        return config.door() == null
                ? ""
                : "; console: ssh -p " + node.doorPort() + " root@"
                        + config.door().address();
    }

    private static void say(PrintWriter to, String line) {
        to.println(line);
        to.flush();
    }
}
