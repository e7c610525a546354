package net.pfsync.suite.catalogue;

import java.util.Locale;
import java.util.Set;
import net.pfsync.suite.target.Capability;

/** What a requirement needs to be checked, in the catalogue's words. */
public enum Need {
    /** Frames are exchanged with the target; every case needs that. */
    WIRE,
    /** Table, statistics and demotion are read. */
    CONSOLE(Capability.STATE_TABLE, Capability.COUNTERS, Capability.DEMOTION),
    /** States are made, used and removed on the firewall itself. */
    LOCAL_EVENTS(Capability.LOCAL_EVENTS),
    /** States are removed on the firewall itself, whoever made them. */
    REMOVE_STATES(Capability.REMOVE_STATES),
    /** The pfsync interface is configured, or a limit set. */
    CONFIGURE(Capability.CONFIGURE),
    /** A second firewall of the target's version. */
    TWO_FIREWALLS(Capability.PEER),
    /** A second firewall of another version. */
    FOREIGN_PEER(Capability.FOREIGN_PEER),
    /** A second and a third firewall. */
    THREE_FIREWALLS(Capability.PEER, Capability.THIRD_FIREWALL),
    /** A frame is sent to another interface than the one that synchronises. */
    SECOND_INTERFACE(Capability.SECOND_INTERFACE),
    /** The target may be harmed, or its cable taken out. */
    DISRUPTIVE(Capability.DISRUPTION),
    /** Hosts on both sides of the firewall send packets through it, and its rules are set. */
    TRAFFIC(Capability.TRAFFIC),
    /** Frames reach the target at the same moment, or a few milliseconds are told apart. */
    EXACT_TIME(Capability.EXACT_TIME);

    @SuppressWarnings("ImmutableEnumChecker") // Set.of cannot be changed
    private final Set<Capability> capabilities;

    Need(Capability... capabilities) {
        this.capabilities = Set.of(capabilities);
    }

    /** What an arena must offer. */
    public Set<Capability> capabilities() {
        return capabilities;
    }

    /** As it stands in the catalogue. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
