package net.pfsync.suite.target.real;

import java.io.IOException;
import java.io.Reader;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import net.pfsync.suite.state.Endpoint;
import net.pfsync.suite.state.Scrub;
import net.pfsync.suite.state.StateId;
import net.pfsync.suite.state.StateKey;
import net.pfsync.suite.state.StatePeer;
import net.pfsync.suite.state.StateSpec;
import net.pfsync.suite.state.StateView;
import net.pfsync.suite.verdict.CannotTell;

/**
 * What {@code pfctl -s states -vv} prints, read back.
 *
 * <pre>
 * all tcp 203.0.113.5:51234 (10.1.2.3:40000) -> 198.51.100.9:443       ESTABLISHED:ESTABLISHED
 *    [2712847316 + 65536](+4096) wscale 7  [270544960 + 49152] wscale 6
 *    age 00:00:37, expires in 23:59:23, 12:9 pkts, 4294967587:4567 bytes, rule 4
 *    id: 4a1b2c3d00000007 creatorid: deadbeef
 * </pre>
 *
 * <p>Window, maximum segment size, normalisation, the timeout's index and most flags of a state are not shown, the sequence numbers only of TCP, the
 * window scales only if both sides have one. Source: TEXT-FORMATS.md 5, and the recorded outputs.
 */
public final class StateListing {

    private static final int TCP = 6;
    private static final int WSCALE_MASK = 0x0f;
    private static final int SLOPPY = 0x0002;
    private static final int PFLOW = 0x0004;
    private static final int HEX = 16;
    private static final int MOST_SECONDS = 60;
    private static final int PROXY_SRC = 11;
    private static final int PROXY_DST = 12;

    private static final Map<String, Integer> PROTOCOLS = Map.ofEntries(
            Map.entry("icmp", 1),
            Map.entry("igmp", 2),
            Map.entry("ipencap", 4),
            Map.entry("tcp", TCP),
            Map.entry("udp", 17),
            Map.entry("ipv6", 41),
            Map.entry("gre", 47),
            Map.entry("esp", 50),
            Map.entry("ah", 51),
            Map.entry("ipv6-icmp", 58),
            Map.entry("ospf", 89),
            Map.entry("pim", 103),
            Map.entry("carp", 112),
            Map.entry("sctp", 132),
            Map.entry("pfsync", 240));
    private static final List<Integer> ICMP = List.of(1, 58);

    /** In the order of their numbers. */
    private static final List<String> TCP_STATES = List.of(
            "CLOSED",
            "LISTEN",
            "SYN_SENT",
            "SYN_RCVD",
            "ESTABLISHED",
            "CLOSE_WAIT",
            "FIN_WAIT_1",
            "CLOSING",
            "LAST_ACK",
            "FIN_WAIT_2",
            "TIME_WAIT");

    private static final List<String> OTHER_STATES = List.of("NO_TRAFFIC", "SINGLE", "MULTIPLE");

    private static final Pattern FIRST = Pattern.compile("(\\S+) (\\S+) (\\S.*?) (->|<-) (\\S.*?) {7}(\\S.*)");
    private static final Pattern BAD_LEVELS = Pattern.compile("<BAD STATE LEVELS (\\d+):(\\d+)>");
    private static final String ONE_HOST = "(?:\\(\\d+\\) )?([0-9a-f.:]+(?:\\[\\d+\\])?)";
    private static final Pattern HOST = Pattern.compile(ONE_HOST + "(?: \\(" + ONE_HOST + "\\))?(?: \\{\\S+\\})?");
    private static final Pattern INET = Pattern.compile("(\\d+\\.\\d+\\.\\d+\\.\\d+)(?::(\\d+))?");
    private static final Pattern INET6 = Pattern.compile("([0-9a-f:.]+)(?:\\[(\\d+)\\])?");
    private static final String ONE_WINDOW = "\\[(\\d+) \\+ (\\d+)\\](?:\\(\\+(\\d+)\\))?(?: wscale (\\d+))?";
    private static final Pattern WINDOWS = Pattern.compile(" {3}" + ONE_WINDOW + "  " + ONE_WINDOW);
    private static final int GROUPS_OF_A_WINDOW = 4;
    private static final Pattern AGES = Pattern.compile(
            " {3}age (\\d+:\\d\\d:\\d\\d), expires in (\\d+:\\d\\d:\\d\\d), \\d+:\\d+ pkts, \\d+:\\d+ bytes"
                    + "(?:, anchor \\d+)?(?:, rule (\\d+))?((?:, [a-z-]+)*)");
    private static final Pattern NAME = Pattern.compile(" {3}id: ([0-9a-f]{16}) creatorid: ([0-9a-f]{8})(?: .*)?");

    private final ListedLines lines;
    private String line = "";

    private StateListing(Reader text) {
        lines = new ListedLines(text);
    }

    /**
     * Reads a listing.
     *
     * @param text what pfctl printed
     * @return the states in its order; what it does not show is 0
     * @throws CannotTell if a line is not what pfctl prints there, or the listing ends within a state
     */
    static List<StateView> read(String text) {
        List<StateView> states = new ArrayList<>();
        try {
            read(new StringReader(text), states::add);
        } catch (IOException e) {
            throw new UncheckedIOException("a text in memory is read", e);
        }
        return states;
    }

    /**
     * Reads a listing of any length, a state at a time.
     *
     * @param text what pfctl prints
     * @param taker gets each state when it is read whole
     * @throws CannotTell if a line is not what pfctl prints there, or the listing ends within a state
     * @throws IOException if it cannot be read
     */
    public static void read(Reader text, Consumer<StateView> taker) throws IOException {
        StateListing listing = new StateListing(text);
        while (listing.lines.more()) {
            taker.accept(listing.state());
        }
    }

    /**
     * What a listing shows of a state.
     *
     * @param whole the state with all its fields
     * @return the state as {@link #read} returns it
     */
    public static StateView shown(StateView whole) {
        boolean tcp = whole.proto() == TCP;
        int proxy = proxy(whole);
        boolean scaled = whole.src().wscale() != 0 && whole.dst().wscale() != 0;
        boolean out = whole.direction() == StateSpec.OUT;
        StateKey other = otherKey(out, whole);
        return new StateView(
                whole.id(),
                whole.ifname(),
                whole.proto(),
                // An arrow has two directions; whatever is not out points in.
                out ? StateSpec.OUT : StateSpec.IN,
                out ? whole.wireKey() : other,
                out ? other : whole.stackKey(),
                shown(whole.src(), proxy, tcp, scaled),
                shown(whole.dst(), proxy, tcp, scaled),
                0,
                whole.creation(),
                whole.expire(),
                whole.rule(),
                whole.flags() & (SLOPPY | PFLOW));
    }

    /** The key that stands in parentheses: for ICMP with the other one's type, which translation does not change. */
    private static StateKey otherKey(boolean out, StateView whole) {
        StateKey shown = out ? whole.wireKey() : whole.stackKey();
        StateKey other = out ? whole.stackKey() : whole.wireKey();
        if (!ICMP.contains(whole.proto())) {
            return other;
        }
        return out
                ? new StateKey(
                        new Endpoint(other.first().address(), shown.first().port()), other.second())
                : new StateKey(
                        other.first(),
                        new Endpoint(other.second().address(), shown.second().port()));
    }

    /** While one end is in a state of the syn proxy, nothing else is shown of both; 0 if neither is. */
    private static int proxy(StateView whole) {
        boolean source = whole.src().state() == PROXY_SRC || whole.dst().state() == PROXY_SRC;
        boolean destination = whole.src().state() == PROXY_DST || whole.dst().state() == PROXY_DST;
        return whole.proto() != TCP ? 0 : source ? PROXY_SRC : destination ? PROXY_DST : 0;
    }

    private static StatePeer shown(StatePeer whole, int proxy, boolean tcp, boolean scaled) {
        return tcp
                ? new StatePeer(
                        proxy == 0 ? whole.state() : proxy,
                        whole.seqlo(),
                        whole.seqhi(),
                        whole.seqdiff(),
                        0,
                        0,
                        scaled ? whole.wscale() & WSCALE_MASK : 0,
                        Scrub.NONE)
                : StatePeer.plain(whole.state());
    }

    // ---- one state ----

    private StateView state() throws IOException {
        Matcher first = next(FIRST, "a state");
        int proto = protocol(first.group(2));
        boolean out = first.group(4).equals("->");
        int[] levels = levels(proto, first.group(6));
        StateKey[] keys = keys(first.group(3), first.group(5));
        StatePeer left = StatePeer.plain(levels[0]);
        StatePeer right = StatePeer.plain(levels[1]);
        if (proto == TCP) {
            Matcher windows = next(WINDOWS, "the windows of a TCP state");
            left = window(levels[0], windows, 0);
            right = window(levels[1], windows, GROUPS_OF_A_WINDOW);
        }
        Matcher ages = next(AGES, "age and expiry of a state");
        Matcher name = next(NAME, "the id of a state");
        String flags = ages.group(4);
        return new StateView(
                new StateId(Long.parseUnsignedLong(name.group(1), HEX), Integer.parseUnsignedInt(name.group(2), HEX)),
                first.group(1),
                proto,
                out ? StateSpec.OUT : StateSpec.IN,
                out ? keys[0] : keys[1],
                out ? keys[1] : keys[0],
                out ? left : right,
                out ? right : left,
                0,
                seconds(ages.group(1)),
                seconds(ages.group(2)),
                ages.group(3) == null ? -1 : (int) number(ages.group(3)),
                (flags.contains(", sloppy") ? SLOPPY : 0) | (flags.contains(", pflow") ? PFLOW : 0));
    }

    private Matcher next(Pattern pattern, String what) throws IOException {
        if (!lines.more()) {
            throw new CannotTell("the list of states ends where " + what + " should stand");
        }
        line = lines.next();
        Matcher matcher = pattern.matcher(line);
        if (!matcher.matches()) {
            throw unreadable("not " + what);
        }
        return matcher;
    }

    private CannotTell unreadable(String why) {
        return new CannotTell("line " + lines.number() + " of the list of states is " + why + ": '" + line + "'");
    }

    private int protocol(String word) {
        Integer known = PROTOCOLS.get(word);
        return known == null ? (int) number(word) : known;
    }

    private int[] levels(int proto, String text) {
        if (text.equals("PROXY:SRC") || text.equals("PROXY:DST")) {
            int level = text.endsWith("DST") ? PROXY_DST : PROXY_SRC;
            return new int[] {level, level};
        }
        Matcher bad = BAD_LEVELS.matcher(text);
        if (bad.matches()) {
            return new int[] {(int) number(bad.group(1)), (int) number(bad.group(2))};
        }
        String[] words = text.split(":", -1);
        if (words.length != 2) {
            throw unreadable("without the two sides' states");
        }
        return Arrays.stream(words)
                .mapToInt(word -> {
                    int known = (proto == TCP ? TCP_STATES : OTHER_STATES).indexOf(word);
                    return known >= 0 ? known : (int) number(word);
                })
                .toArray();
    }

    /** The key that is shown, and the other one; index 1 stands left unless the families differ. */
    private StateKey[] keys(String left, String right) {
        Matcher one = host(left);
        Matcher two = host(right);
        Endpoint[] shown = {endpoint(one.group(1)), endpoint(two.group(1))};
        Endpoint[] other = {
            one.group(2) == null ? shown[0] : endpoint(one.group(2)),
            two.group(2) == null ? shown[1] : endpoint(two.group(2))
        };
        boolean translatesFamily =
                (shown[0].address().indexOf(':') < 0) != (other[0].address().indexOf(':') < 0);
        return translatesFamily
                ? new StateKey[] {new StateKey(shown[0], shown[1]), new StateKey(other[0], other[1])}
                : new StateKey[] {new StateKey(shown[1], shown[0]), new StateKey(other[1], other[0])};
    }

    private Matcher host(String text) {
        Matcher matcher = HOST.matcher(text);
        if (!matcher.matches()) {
            throw unreadable("without two hosts");
        }
        return matcher;
    }

    private Endpoint endpoint(String text) {
        Matcher inet = INET.matcher(text);
        Matcher matcher = inet.matches() ? inet : INET6.matcher(text);
        if (!matcher.matches()) {
            throw unreadable("without two hosts");
        }
        try {
            return new Endpoint(matcher.group(1), matcher.group(2) == null ? 0 : (int) number(matcher.group(2)));
        } catch (IllegalArgumentException e) {
            throw unreadable("without two hosts");
        }
    }

    private StatePeer window(int level, Matcher windows, int group) {
        int seqlo = (int) number(windows.group(group + 1));
        int seqhi = seqlo + (int) number(windows.group(group + 2));
        String seqdiff = windows.group(group + 3);
        String wscale = windows.group(group + 4);
        return new StatePeer(
                level,
                seqlo,
                seqhi,
                seqdiff == null ? 0 : (int) number(seqdiff),
                0,
                0,
                wscale == null ? 0 : (int) number(wscale),
                Scrub.NONE);
    }

    private long seconds(String hoursMinutesSeconds) {
        long seconds = 0;
        for (String part : hoursMinutesSeconds.split(":", -1)) {
            seconds = seconds * MOST_SECONDS + number(part);
        }
        return seconds;
    }

    /** A number of 32 bits without a sign. */
    private long number(String digits) {
        try {
            return Integer.toUnsignedLong(Integer.parseUnsignedInt(digits));
        } catch (NumberFormatException e) {
            throw unreadable("with something else than a number, '" + digits + "'");
        }
    }
}
