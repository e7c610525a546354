package net.pfsync.node;

/** Names for states made here: when pf was started, in seconds since 1970, and a counter behind it, as recorded kernels have it. */
final class StateIds {

    private long next;

    StateIds(long pfStartEpochSeconds, long first) {
        next = (pfStartEpochSeconds << 32) + first;
    }

    long next() {
        return next++;
    }
}
