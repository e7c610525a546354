package net.pfsync.pf;

/**
 * The ports that one side of a rule is about.
 *
 * @param low the first
 * @param high the last
 */
record PortRange(int low, int high) {

    static final int HIGHEST = 65535;

    static final PortRange ANY = new PortRange(0, HIGHEST);

    boolean any() {
        return low == 0 && high == HIGHEST;
    }

    boolean contains(int port) {
        return port >= low && port <= high;
    }

    /** As pfctl prints it behind an address of a rule. */
    String criterion() {
        return low == high ? " port = " + low : " port " + low + ":" + high;
    }

    /** As pfctl prints it behind the address that is translated to. */
    String target() {
        return low == high ? " port " + low : " port " + low + ":" + high;
    }
}
