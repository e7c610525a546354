package net.pfsync.suite.target;

import java.time.Duration;
import java.time.Instant;
import java.util.function.BooleanSupplier;

/** How time passes in an arena: real time is waited for, virtual time is moved. */
public interface Pace {

    /** The wall clock at the moment when the lab was opened, as its firewalls have it. */
    Instant opened();

    /** Time since the lab was opened. */
    Duration elapsed();

    /**
     * Lets time pass until something has happened.
     *
     * @param condition asked again and again
     * @param atMost the longest time to wait
     * @return whether the condition came to hold
     */
    boolean until(BooleanSupplier condition, Duration atMost);

    /**
     * Lets time pass.
     *
     * @param duration how long, in the protocol's time
     */
    default void pass(Duration duration) {
        boolean ignored = until(() -> false, duration);
    }

    /** How exactly times can be told in this arena. */
    Timing timing();
}
