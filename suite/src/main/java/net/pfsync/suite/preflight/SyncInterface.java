package net.pfsync.suite.preflight;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What {@code ifconfig} prints of an interface, OpenBSD's or FreeBSD's. Source: TEXT-FORMATS.md 7, recorded outputs.
 *
 * @param running whether it is up and running
 * @param mtu in bytes
 * @param syncdev the interface that pfsync uses, empty without or of other interfaces
 * @param syncpeer the one to whom pfsync sends, empty for the group
 */
record SyncInterface(boolean running, int mtu, String syncdev, String syncpeer) {

    private static final String GROUP = "224.0.0.240";
    private static final Pattern HEAD = Pattern.compile("flags=[0-9a-f]+<([A-Z0-9_,]*)>.* mtu (\\d{1,6})");
    private static final Pattern SYNCDEV = Pattern.compile("syncdev: (\\S+)");
    private static final Pattern SYNCPEER = Pattern.compile("syncpeer: (\\S+)");

    /** Reads it; empty if that is no interface. */
    static Optional<SyncInterface> of(String text) {
        Matcher head = HEAD.matcher(text);
        if (!head.find()) {
            return Optional.empty();
        }
        String flags = "," + head.group(1) + ",";
        String peer = word(SYNCPEER, text);
        return Optional.of(new SyncInterface(
                flags.contains(",UP,") && flags.contains(",RUNNING,"),
                Integer.parseInt(head.group(2)),
                word(SYNCDEV, text),
                peer.equals(GROUP) ? "" : peer));
    }

    private static String word(Pattern pattern, String text) {
        Matcher matcher = pattern.matcher(text);
        return matcher.find() ? matcher.group(1) : "";
    }
}
