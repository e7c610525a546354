package net.pfsync.suite.target;

/**
 * How much of a lab a case needs; what it does not need is not there.
 *
 * @param firewalls how many firewalls there are, 1 to 3
 * @param hosts whether there are hosts, whose packets the firewalls forward
 */
public record Extent(int firewalls, boolean hosts) {

    /** One firewall and the probe. */
    public static final Extent ONE_FIREWALL = new Extent(1, false);
}
