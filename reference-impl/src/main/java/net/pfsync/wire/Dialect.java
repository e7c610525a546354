package net.pfsync.wire;

import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A wire layout of pfsync: version byte, action numbers, message layouts, and how a receiver walks a frame.
 *
 * <p>Immutable; one object per name, read from its {@code .layout} resource when it is first asked for. A new dialect is
 * a resource and its name in {@link #names}. Source: WIRE.md section 1.
 */
public final class Dialect {
    /** How many action numbers a byte can hold. */
    static final int ACTIONS = 256;

    private static final List<String> NAMES = List.of(
            "v3",
            "v4",
            "v5draft",
            "v5-4.6",
            "fbsd-1301",
            "fbsd-1400",
            "fbsd-1500",
            "v6-4.7",
            "v6-4.8",
            "v6-5.0",
            "v6-5.1",
            "v6-5.2",
            "v6-5.7",
            "v6-6.9",
            "v6-7.4",
            "v6-7.9");
    private static final Map<String, Dialect> LOADED = new HashMap<>();

    private final String name;
    private final String releases;
    private final Framing framing;
    private final Layout header;
    private final Layout subheader;
    private final int versionByte;
    private final int maxAction;
    private final int timeoutMax;
    private final int inet6;
    private final int minimumPacket;
    private final boolean ipv6Transport;
    private final boolean checksKeyFamilies;
    private final Action[] actions = new Action[ACTIONS];
    private final Map<Kind, Action> byKind = new EnumMap<>(Kind.class);

    Dialect(String name, DialectTable table) {
        this.name = name;
        releases = table.text("releases");
        framing = table.framing();
        header = table.layout("HEADER");
        subheader = table.layout("SUBHEADER");
        versionByte = table.number("version");
        maxAction = table.number("actions");
        timeoutMax = table.number("timeouts");
        inet6 = table.number("inet6");
        minimumPacket = table.number("minimum-packet");
        ipv6Transport = table.yes("ipv6-transport");
        checksKeyFamilies = table.yes("checks-key-families");
        for (int number = 0; number < ACTIONS; number++) {
            actions[number] = table.action(number);
        }
        for (Action action : table.ownActions()) {
            byKind.put(action.kind(), action);
        }
    }

    /**
     * The dialect of that name.
     *
     * @param name one of {@link #names}
     * @throws IllegalArgumentException if there is none, naming those there are
     */
    public static Dialect of(String name) {
        if (!NAMES.contains(name)) {
            throw NearMatch.unknown("dialect", name, NAMES);
        }
        synchronized (LOADED) {
            Dialect dialect = LOADED.get(name);
            if (dialect == null) {
                dialect = new Dialect(name, DialectParser.load(name));
                LOADED.put(name, dialect);
            }
            return dialect;
        }
    }

    /** The names of all dialects, oldest first within each family. */
    public static List<String> names() {
        return NAMES;
    }

    /** One of {@link #names}. */
    public String name() {
        return name;
    }

    /** The first byte of every frame. */
    public int versionByte() {
        return versionByte;
    }

    /** Who speaks it, in words. */
    public String releases() {
        return releases;
    }

    /** How a receiver finds the messages of a frame. */
    public Framing framing() {
        return framing;
    }

    /**
     * What a number means.
     *
     * @param number 0 to 255
     * @return never null; a number that is not assigned has the text {@code ?} and no kind
     */
    public Action action(int number) {
        return actions[number];
    }

    /**
     * The number under which this dialect sends a kind of message.
     *
     * @throws IllegalArgumentException if it does not have it
     */
    public int number(Kind kind) {
        return action(kind).number();
    }

    /** Whether the dialect has that kind of message. */
    public boolean has(Kind kind) {
        return byKind.containsKey(kind);
    }

    /**
     * The layout in which this dialect sends a kind of message; FreeBSD 14 and 15 accept older ones as well.
     *
     * @throws IllegalArgumentException if it does not have it
     */
    public Layout layout(Kind kind) {
        return action(kind).layout();
    }

    /** The first action number that is not assigned; all above are not assigned either. */
    public int maxAction() {
        return maxAction;
    }

    /** The first timeout index that is out of range on the wire: 20, or 25 since FreeBSD 14. */
    public int timeoutMax() {
        return timeoutMax;
    }

    /** The number of the IPv6 family: 24 (OpenBSD) or 28 (FreeBSD). */
    public int inet6() {
        return inet6;
    }

    /** Bytes that an empty frame is accounted with ({@code PFSYNC_MINPKT}): IP header, pfsync header and EOF. */
    public int minimumPacket() {
        return minimumPacket;
    }

    /** Bytes of a whole state. */
    public int stateSize() {
        return layout(Kind.INS).size();
    }

    /** Whether frames may come in IPv6 packets (FreeBSD). */
    public boolean ipv6Transport() {
        return ipv6Transport;
    }

    /** Whether the families of the keys of an INS are checked (OpenBSD since 5.1). */
    public boolean checksKeyFamilies() {
        return checksKeyFamilies;
    }

    /** The header behind the IP header, 20 bytes in every dialect. */
    public Layout header() {
        return header;
    }

    /** The 4 bytes in front of a section; without fields where there are no sections. */
    public Layout subheader() {
        return subheader;
    }

    @Override
    public String toString() {
        return name;
    }

    private Action action(Kind kind) {
        Action action = byKind.get(kind);
        if (action == null) {
            throw new IllegalArgumentException("dialect " + name + " has no " + kind + "; it has " + byKind.keySet());
        }
        return action;
    }
}
