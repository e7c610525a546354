package net.pfsync.suite.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import net.pfsync.suite.cli.HexFile.BadHex;
import net.pfsync.wire.Dialect;
import net.pfsync.wire.FrameDecoder;
import net.pfsync.wire.FrameTree;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code decode}: packets as JSON. */
@Command(
        name = "decode",
        description = {
            "Prints pfsync packets as JSON: one object for one file, an array for several.",
            "A packet with a fault is printed as far as it can be read; 'problem' says what a receiver finds wrong."
        },
        mixinStandardHelpOptions = true)
final class DecodeCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Option(
            names = "--dialect",
            required = true,
            paramLabel = "D",
            description = "The layout to read, such as v5-4.6 or v6-7.4.")
    private String dialect;

    @Parameters(
            arity = "1..*",
            paramLabel = "FILE",
            description = "Hexadecimal digits of one packet from its IP header on; white space is ignored.")
    private List<Path> files;

    @Override
    public Integer call() throws JsonProcessingException {
        List<Map<String, Object>> trees = new ArrayList<>();
        try {
            Dialect layout = Dialect.of(dialect);
            for (Path file : files) {
                trees.add(FrameTree.of(FrameDecoder.decode(layout, HexFile.read(file))));
            }
        } catch (BadHex | IllegalArgumentException e) {
            spec.commandLine().getErr().println(e.getMessage());
            return Main.USAGE;
        }
        ObjectMapper mapper = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);
        Object printed = files.size() == 1 ? trees.get(0) : trees;
        spec.commandLine().getOut().println(mapper.writeValueAsString(printed));
        return 0;
    }
}
