package net.pfsync.suite.target;

import net.pfsync.wire.Dialect;

/** What can be seen of a firewall, or done to it, besides exchanging frames with it. */
public enum Capability {
    /** The state table can be listed. */
    STATE_TABLE("a console that lists the state table"),
    /** The pfsync statistics can be read. */
    COUNTERS("a console that shows the pfsync statistics"),
    /** The carp demotion can be read. */
    DEMOTION("a console that shows the carp demotion"),
    /** Local states and security associations can be made, used and removed. */
    LOCAL_EVENTS("states made on the firewall itself"),
    /** States can be removed, one by its name or all of an interface. */
    REMOVE_STATES("a console that removes states"),
    /** The pfsync interface can be configured. */
    CONFIGURE("a console that configures the pfsync interface"),
    /** There is a second firewall that speaks the target's version of pfsync. */
    PEER("a second firewall of the same version of pfsync"),
    /** There is a second firewall that speaks another version of pfsync. */
    FOREIGN_PEER("a second firewall of another version of pfsync"),
    /** There is a third firewall. */
    THIRD_FIREWALL("a third firewall"),
    /** The probe has a foot in another network of the target. */
    SECOND_INTERFACE("a way to the target's other interface"),
    /** There are hosts on both sides of the firewall, and its rules can be set. */
    TRAFFIC("traffic through the firewall"),
    /** The target may be harmed: it is the suite's own or was given away for it. */
    DISRUPTION("a target that may be disrupted"),
    /** What is sent without a pause arrives at the same instant, and times are told to the millisecond. */
    EXACT_TIME("times that are exact to the millisecond");

    private final String text;

    Capability(String text) {
        this.text = text;
    }

    /**
     * What a second firewall is to the target: every firewall drops the frames of another version.
     *
     * @param target what the target speaks
     * @param second what the second firewall speaks
     * @return {@link #PEER} or {@link #FOREIGN_PEER}
     */
    public static Capability ofPeer(Dialect target, Dialect second) {
        return target.versionByte() == second.versionByte() ? PEER : FOREIGN_PEER;
    }

    /** In words, to stand behind "needs". */
    public String text() {
        return text;
    }
}
