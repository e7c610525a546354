package net.pfsync.net.tcp;

import java.time.Duration;

/**
 * How one end of a connection behaves.
 *
 * @param window how many bytes it takes ahead of what it has acknowledged
 * @param shift the window scale that it offers, 0 to 14; -1 if it does not offer any, and then its window is at most 65535
 * @param packetsPerSecond how many segments with data it sends in a second at most, evenly spaced; 0 for as many as windows let through
 * @param shortestTimeout the least time before something is sent again
 * @param timeWait how long a closed connection is remembered by the end that closed first
 */
public record TcpSettings(int window, int shift, int packetsPerSecond, Duration shortestTimeout, Duration timeWait) {

    /** A window of 256 KiB with a scale of 7, no limit to the rate; timeouts as hosts have them today. */
    public static final TcpSettings DEFAULT =
            new TcpSettings(256 * 1024, 7, 0, Duration.ofMillis(200), Duration.ofSeconds(60));

    /**
     * The same with another rate.
     *
     * @param packets segments with data in a second; 0 for no limit
     * @return new settings
     */
    public TcpSettings withPacketsPerSecond(int packets) {
        return new TcpSettings(window, shift, packets, shortestTimeout, timeWait);
    }

    /**
     * The same with another window.
     *
     * @param bytes its size
     * @param scale its scale, or -1 for none
     * @return new settings
     */
    public TcpSettings withWindow(int bytes, int scale) {
        return new TcpSettings(bytes, scale, packetsPerSecond, shortestTimeout, timeWait);
    }
}
