package net.pfsync.suite.replay;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * The table of recorded cases that are known to differ, {@code fixtures/observed/LEDGER.md}.
 *
 * @param entries its rows
 */
record Ledger(List<Entry> entries) {

    private static final int COLUMNS = 4;

    /** One row. */
    record Entry(String kernel, String id, String differs, String reason) {}

    /** Reads the rows below the heading; any other line is text for people. */
    static Ledger read(Stream<String> lines) {
        return new Ledger(lines.filter(line -> line.startsWith("|"))
                .skip(2)
                .map(Ledger::entry)
                .toList());
    }

    private static Entry entry(String line) {
        List<String> cells =
                Arrays.stream(line.split("\\|", -1)).map(String::trim).toList();
        if (cells.size() != COLUMNS + 2) {
            throw new IllegalArgumentException("not " + COLUMNS + " cells: " + line);
        }
        return new Entry(cells.get(1), cells.get(2), cells.get(3), cells.get(4));
    }

    List<Entry> of(String kernel) {
        return entries.stream().filter(each -> each.kernel().equals(kernel)).toList();
    }
}
