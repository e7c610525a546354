package net.pfsync.sync;

/**
 * How the wire's "seconds until expiry" becomes a time of last activity, from which pf counts the timeout.
 *
 * <p>Source: {@code BEHAVIOUR.md} 8.10, 9.3 and 9.6.
 */
public interface ExpiryRule {

    /** The intended rule: an imported state dies when its creator's does, and an update is activity. */
    ExpiryRule REMAINING_LIFETIME = new ExpiryRule() {
        @Override
        public int imported(int now, int remaining, int timeout) {
            return remaining == 0 ? now : now - (timeout - remaining);
        }

        @Override
        public int updated(int now, int remaining) {
            return now;
        }
    };

    /**
     * The time of last activity of a state that is imported.
     *
     * @param now seconds of uptime
     * @param remaining the wire's expire, seconds
     * @param timeout the value of the state's timeout, seconds
     * @return seconds of uptime
     */
    int imported(int now, int remaining, int timeout);

    /**
     * The time of last activity of a known state after an update was taken.
     *
     * @param now seconds of uptime
     * @param remaining the wire's expire, seconds
     * @return seconds of uptime
     */
    int updated(int now, int remaining);
}
