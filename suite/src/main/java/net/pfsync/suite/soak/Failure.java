package net.pfsync.suite.soak;

import java.util.Locale;

/** What happens to a cluster now and then. */
enum Failure {
    /** Packets take other firewalls, out and back each for itself. */
    FLIP(false),
    /**
     * An administrator kills some states. One that is in use may come back to the firewall on which it was killed, because the peer's update of it
     * crosses the DEL, which waits for its second; then it is gone on the peer only.
     */
    KILL(true),
    /** The sync LAN loses frames for a while. */
    LOSS(true),
    /** The sync cable of a firewall is out for a while. */
    CUT(true),
    /** A firewall loses its power and comes back empty; the other does its work meanwhile. */
    REBOOT(true),
    /** An administrator removes all states of a firewall, and the peer those that it made. */
    FLUSH(true);

    private final boolean disturbs;

    Failure(boolean disturbs) {
        this.disturbs = disturbs;
    }

    /** Its name in what is printed. */
    String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Whether firewalls know different things afterwards, until they ask each other for all states. */
    boolean disturbs() {
        return disturbs;
    }
}
