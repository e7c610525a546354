package net.pfsync.time;

/**
 * What time it is, as two independent readings.
 *
 * <p>pfsync measures ages and delays on the monotonic clock. The wall clock is only used where a release uses it: in the upper
 * half of state ids, and by OpenBSD 4.5 for the time of a peer's last message.
 */
public interface Clock {

    /**
     * The monotonic clock.
     *
     * @return nanoseconds since an arbitrary origin that stays the same for the life of this clock; never decreases
     */
    long nanos();

    /**
     * The wall clock.
     *
     * @return whole seconds since 1970-01-01T00:00:00Z
     */
    long epochSeconds();
}
