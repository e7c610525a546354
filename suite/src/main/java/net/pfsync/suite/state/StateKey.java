package net.pfsync.suite.state;

/**
 * One of a state's two keys, in wire order.
 *
 * <p>The initiator stands at index 1 of an outgoing state and at index 0 of an incoming one.
 *
 * @param first index 0
 * @param second index 1
 */
public record StateKey(Endpoint first, Endpoint second) {

    /** Both ends with an arrow that names no direction. */
    @Override
    public String toString() {
        return first + " <-> " + second;
    }
}
