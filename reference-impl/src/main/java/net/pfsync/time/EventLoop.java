package net.pfsync.time;

/**
 * The one thread of a firewall: runs one task at a time, in the order of their times.
 *
 * <p>Every method is called on the loop's own thread, except where an implementation says otherwise.
 */
public interface EventLoop extends Clock {

    /**
     * Runs a task later.
     *
     * @param delayNanos how much later, in nanoseconds; 0 or less means as soon as possible, never within this call
     * @param task what to run
     * @return the handle to cancel it with
     */
    Timer schedule(long delayNanos, Runnable task);

    /**
     * Runs a task after everything that was already received has been processed, as a kernel's soft interrupt does.
     *
     * @param task what to run, once per call
     */
    void soon(Runnable task);
}
