package net.pfsync.suite.catalogue;

/**
 * A release that is known not to meet a requirement, or to keep others from it.
 *
 * @param release the name of what does otherwise as the firewall under test; empty for any
 * @param peer the name of what the second firewall runs then; empty for any
 * @param how what is seen instead
 * @param seen where that was seen
 */
public record Deviation(String release, String peer, String how, String seen) {

    /**
     * Whether it shows between two firewalls.
     *
     * @param target the name of what the firewall under test runs
     * @param second the name of what the second one runs
     */
    boolean shows(String target, String second) {
        return (release.isEmpty() || release.equals(target)) && (peer.isEmpty() || peer.equals(second));
    }

    /** Whose deviation it is, in words. */
    public String whose() {
        return peer.isEmpty() ? release : release.isEmpty() ? "peer " + peer : release + " with " + peer;
    }
}
