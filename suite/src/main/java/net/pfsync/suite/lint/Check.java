package net.pfsync.suite.lint;

/** What is looked for, with the requirement of the catalogue where there is one, and what may be done. */
public enum Check {
    FRAME_MALFORMED(
            "LINT-FRAME",
            Severity.ERROR,
            "Find out what sends such frames, or what cuts them on the way; receivers count them in netstat -s -p"
                    + " pfsync."),
    VALUE_OUT_OF_RANGE(
            "LINT-RANGE",
            Severity.ERROR,
            "The receiver drops the state and counts badval; compare the releases of both."),
    TTL("PFSYNC-FRAME-02", Severity.ERROR, "Something routes the packets: the sync interfaces must be on one link."),
    FRAGMENTED("LINT-FRAGMENT", Severity.WARNING, "Give the sync interface an MTU not below pfsync0's."),
    DF_MISSING("LINT-DF", Severity.WARNING, "Frames must not be fragmented; look for what clears the bit on the way."),
    ABOVE_MTU(
            "PFSYNC-QUEUE-08",
            Severity.ERROR,
            "Set the MTU of pfsync0 to that of the sync interface; --mtu says another."),
    SECTION_ORDER(
            "LINT-ORDER", Severity.WARNING, "No known release sends sections so; receivers take them all the same."),
    LEFTOVER_BYTES(
            "LINT-MEMORY",
            Severity.WARNING,
            "Memory of the kernel leaves the firewall; keep the sync LAN private, update."),
    DIALECT_MIX("LINT-MIX", Severity.ERROR, "Run the same release on both; FreeBSD: ifconfig pfsync0 version."),
    CREATOR_SHARED("LINT-CREATOR", Severity.ERROR, "Set a different hostid in pf.conf on each firewall."),
    ONE_WAY("LINT-ONEWAY", Severity.ERROR, "Give both the same kind of syncpeer, or none; look at switches and rules."),
    RULESETS_DIFFER("LINT-RULESET", Severity.WARNING, "Load the same rules on both; else states are tied to no rule."),
    REQUEST_UNANSWERED(
            "PFSYNC-UREQ-01", Severity.ERROR, "States stay unknown on one firewall: ask again by a bulk transfer."),
    INSERT_UNACKNOWLEDGED(
            "PFSYNC-IACK-01",
            Severity.ERROR,
            "Held packets wait for the timeout: look at the peer's counters, or -defer."),
    BULK_UNANSWERED(
            "PFSYNC-BULK-01", Severity.ERROR, "The requester comes into service without states; look at its peer."),
    BULK_NOBODY(
            "LINT-ALONE",
            Severity.WARNING,
            "Is the peer up, is protocol 240 passed by its rules, are syncdev, syncpeer and the group right?"),
    BULK_NO_START("PFSYNC-BULK-14", Severity.WARNING, "Some requesters take an END without a START for nothing."),
    BULK_NO_END("PFSYNC-BULK-06", Severity.ERROR, "The requester stays demoted until it gives up."),
    BULK_INCOMPLETE(
            "PFSYNC-BULK-03", Severity.ERROR, "Connections of these states break at a failover: keep both up, update."),
    SECOND_SWALLOWED(
            "PFSYNC-BULK-09",
            Severity.ERROR,
            "The second requester comes into service without the states before its request; let it ask again."),
    END_IGNORED(
            "PFSYNC-BUS-03",
            Severity.ERROR,
            "The requester stays demoted until its last request; wait, or make a state."),
    STATE_BACKWARDS(
            "PFSYNC-UPD-06", Severity.ERROR, "The firewall took a stale update; connections over it may stall."),
    PING_PONG("LINT-PINGPONG", Severity.WARNING, "Both firewalls tell each other the same again and again."),
    INSERTED_TWICE("PFSYNC-LOCAL-02", Severity.WARNING, "The peer counts nothing and ignores it."),
    DELETED_UNKNOWN(
            "LINT-UNKNOWN", Severity.WARNING, "The peer counts badstate, and never had the state: was a frame lost?"),
    DELETED_TWICE("LINT-DELETE", Severity.WARNING, "The peer counts badstate."),
    NOSYNC_SENT("PFSYNC-LOCAL-07", Severity.ERROR, "A state that should stay local crosses the wire."),
    REMOVED_SENT("PFSYNC-BULK-12", Severity.ERROR, "The peer counts badval for each; nothing is lost."),
    PFSYNC_STATE_SENT("PFSYNC-LOCAL-11", Severity.ERROR, "Pass protocol 240 with 'keep state (no-sync)'."),
    EXPIRY_STORM("LINT-STORM", Severity.WARNING, "Was a table flushed, a ruleset reloaded, or were timeouts lowered?");

    /** How bad it is. */
    public enum Severity {
        /** States or connections are lost or wrong, or the protocol is broken. */
        ERROR,
        /** Something to look at. */
        WARNING
    }

    private final String id;
    private final Severity severity;
    private final String remedy;

    Check(String id, Severity severity, String remedy) {
        this.id = id;
        this.severity = severity;
        this.remedy = remedy;
    }

    /** The requirement of the catalogue, or {@code LINT-…} where the catalogue has none. */
    public String id() {
        return id;
    }

    /** How bad it is. */
    public Severity severity() {
        return severity;
    }

    /** What may be done, a sentence. */
    public String remedy() {
        return remedy;
    }
}
