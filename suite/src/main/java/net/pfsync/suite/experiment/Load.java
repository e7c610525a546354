package net.pfsync.suite.experiment;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the client sends to the server: some connections at a time, the same number of bytes on each.
 *
 * @param connections 1 to {@value #MOST_CONNECTIONS}
 * @param bytes per connection; at most {@value #MOST_BYTES} in all
 */
record Load(int connections, int bytes) {

    private static final int MOST_CONNECTIONS = 1000;
    private static final long MOST_BYTES = 100_000_000;
    private static final Pattern FORM = Pattern.compile("(?:(\\d{1,9})x)?(\\d{1,9})(B|kB|MB)");

    /**
     * Reads such as {@code 10MB} or {@code 50x100kB}.
     *
     * @throws IllegalArgumentException if it is no load, or too much
     */
    static Load parse(String text) {
        Matcher matcher = FORM.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("'" + text + "' is no load; possible: 100kB, 10MB, 50x100kB");
        }
        long connections = matcher.group(1) == null ? 1 : Long.parseLong(matcher.group(1));
        long bytes = Long.parseLong(matcher.group(2)) * unit(matcher.group(3));
        if (connections < 1 || connections > MOST_CONNECTIONS || bytes < 1 || connections * bytes > MOST_BYTES) {
            throw new IllegalArgumentException("'" + text + "': from 1 to " + MOST_CONNECTIONS
                    + " connections, and from 1 B to " + MOST_BYTES / unit("MB") + " MB in all");
        }
        return new Load((int) connections, (int) bytes);
    }

    private static int unit(String name) {
        return switch (name) {
            case "kB" -> 1_000;
            case "MB" -> 1_000_000;
            default -> 1;
        };
    }

    /** As {@link #parse} takes it. */
    @Override
    public String toString() {
        String unit = bytes % unit("MB") == 0 ? "MB" : bytes % unit("kB") == 0 ? "kB" : "B";
        return (connections == 1 ? "" : connections + "x") + bytes / unit(unit) + unit;
    }
}
