package net.pfsync.node;

/** Names for states made here: when the machine booted, in seconds since 1970, and a counter behind it, as recorded kernels have it. */
final class StateIds {

    private long next;

    StateIds(long bootEpochSeconds) {
        next = bootEpochSeconds << 32;
    }

    long next() {
        return next++;
    }
}
