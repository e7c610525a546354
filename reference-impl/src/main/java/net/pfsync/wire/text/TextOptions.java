package net.pfsync.wire.text;

/**
 * What tcpdump's flags ask for.
 *
 * @param verbose how often {@code -v} was given: 1 sequence numbers and ages of states, 2 their ids
 * @param link {@code -e}: the link header, and in versions before 6 pfsync's header
 * @param numeric {@code -n}: protocols as numbers; addresses and ports always are numbers
 */
public record TextOptions(int verbose, boolean link, boolean numeric) {

    /** No flag. */
    public static final TextOptions NONE = new TextOptions(0, false, false);
}
