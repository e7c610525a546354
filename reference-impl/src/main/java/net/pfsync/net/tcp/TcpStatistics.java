package net.pfsync.net.tcp;

/** What one end of a connection has done so far. */
public final class TcpStatistics {

    long establishedNanos = -1;
    long closedNanos = -1;
    long bytesReceived;
    long segmentsSent;
    long segmentsSentAgain;
    long segmentsReceived;

    TcpStatistics() {}

    /**
     * When both ends were connected.
     *
     * @return nanoseconds of the event loop's clock; -1 if they were not yet
     */
    public long establishedNanos() {
        return establishedNanos;
    }

    /**
     * When the connection was no more.
     *
     * @return nanoseconds of the event loop's clock; -1 if it still is
     */
    public long closedNanos() {
        return closedNanos;
    }

    /**
     * How many bytes were handed on, each once.
     *
     * @return 0 or more
     */
    public long bytesReceived() {
        return bytesReceived;
    }

    /**
     * How many segments were sent, acknowledgements included.
     *
     * @return 0 or more
     */
    public long segmentsSent() {
        return segmentsSent;
    }

    /**
     * How many of them had been sent before.
     *
     * @return 0 or more
     */
    public long segmentsSentAgain() {
        return segmentsSentAgain;
    }

    /**
     * How many segments came in.
     *
     * @return 0 or more
     */
    public long segmentsReceived() {
        return segmentsReceived;
    }
}
