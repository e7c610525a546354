package net.pfsync.net;

/** Knows which IPv4 groups a machine belongs to; everybody belongs to 224.0.0.1. */
@FunctionalInterface
public interface Membership {

    /**
     * Whether a group was joined on an interface.
     *
     * @param ifname the interface
     * @param group the group's IPv4 address, the first byte highest
     * @return true if its packets are wanted
     */
    boolean joined(String ifname, int group);
}
