package net.pfsync.node;

import java.util.ArrayDeque;
import java.util.List;

/** The system's message buffer: the newest lines push the oldest out. */
final class SystemLog {

    private static final int LINES = 500;

    private final ArrayDeque<String> lines = new ArrayDeque<>();

    void add(String line) {
        if (lines.size() == LINES) {
            lines.removeFirst();
        }
        lines.addLast(line);
    }

    List<String> lines() {
        return List.copyOf(lines);
    }
}
