package net.pfsync.pf;

/** Why a packet got its verdict: the counters of {@code pfctl -si}, in its order and with its names. */
public enum Reason {
    /** A rule, or the default, decided. */
    MATCH("match"),
    /** A fragment that starts behind the headers and cannot be judged. */
    BAD_OFFSET("bad-offset"),
    /** A fragment. */
    FRAGMENT("fragment"),
    /** The headers are not complete. */
    SHORT("short"),
    /** Not what a sane host sends. */
    NORMALIZE("normalize"),
    /** No memory. */
    MEMORY("memory"),
    /** A TCP timestamp that does not fit. */
    BAD_TIMESTAMP("bad-timestamp"),
    /** Too busy. */
    CONGESTION("congestion"),
    /** IP options that no rule allows. */
    IP_OPTION("ip-option"),
    /** A wrong checksum. */
    PROTO_CKSUM("proto-cksum"),
    /** The packet does not fit its state. */
    STATE_MISMATCH("state-mismatch"),
    /** The state clashes with another one. */
    STATE_INSERT("state-insert"),
    /** There are as many states as there may be. */
    STATE_LIMIT("state-limit"),
    /** Too many states of one source. */
    SRC_LIMIT("src-limit"),
    /** synproxy answered, or did not like what it saw. */
    SYNPROXY("synproxy"),
    /** No port is left to translate to. */
    TRANSLATE("translate"),
    /** No route. */
    NO_ROUTE("no-route");

    private final String text;

    Reason(String text) {
        this.text = text;
    }

    /**
     * The name that pfctl prints.
     *
     * @return such as {@code state-mismatch}
     */
    public String text() {
        return text;
    }
}
