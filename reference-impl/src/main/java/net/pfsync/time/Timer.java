package net.pfsync.time;

/** One task that an {@link EventLoop} will run once, unless it is cancelled first. */
public interface Timer {

    /** Gives the task up; without effect when it ran already or was cancelled before. */
    void cancel();

    /**
     * Whether the task is still to be run.
     *
     * @return true until the task starts or is cancelled
     */
    boolean pending();
}
