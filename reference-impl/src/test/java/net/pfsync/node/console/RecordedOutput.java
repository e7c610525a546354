package net.pfsync.node.console;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Collectors;
import net.pfsync.wire.Fixtures;

/**
 * A command as it was typed on OpenBSD 7.6, and what came of it.
 *
 * @param command the line
 * @param output standard output and standard error together
 * @param exit its exit code
 */
record RecordedOutput(String command, String output, int exit) {

    private static final String FOLDER = "observed/openbsd-7.6/outputs";
    private static final List<String> NAMES = Fixtures.names(FOLDER, ".txt");

    /** The file whose name begins with a number. */
    static RecordedOutput of(int number) {
        String prefix = String.format("%03d_", number);
        String name = NAMES.stream()
                .filter(file -> file.startsWith(prefix))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("nothing was recorded as " + prefix));
        List<String> lines =
                Arrays.asList(Fixtures.text(FOLDER + "/" + name + ".txt").split("\n", -1));
        int end = lines.lastIndexOf(lines.stream()
                .filter(line -> line.startsWith("[exit "))
                .findFirst()
                .orElseThrow());
        String text = lines.subList(1, end).stream().map(line -> line + "\n").collect(Collectors.joining());
        int exit = Integer.parseInt(lines.get(end).replaceAll("\\D", ""));
        return new RecordedOutput(lines.getFirst().substring("$ ".length()), text, exit);
    }

    /** Every state of the list in the file of raw states, 264 bytes each. */
    static List<byte[]> rawStates(int number) {
        return of(number)
                .output
                .lines()
                .filter(line -> line.matches("[0-9a-f]{528}"))
                .map(HexFormat.of()::parseHex)
                .toList();
    }
}
