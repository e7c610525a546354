package net.pfsync.suite.experiment;

import java.time.Duration;

/**
 * What became of one experiment.
 *
 * @param arrived bytes that reached the server
 * @param complete whether all did, and every connection was closed in order
 * @param handshake from the first SYN to the client's last connection being established; null if one never was
 * @param time from the first SYN until everything was closed, or until the experiment was given up
 * @param speed bytes per second of a connection once it was established, the mean of all; 0 unless complete
 * @param forwarded packets that the firewalls forwarded
 * @param unknown packets that were dropped because no state let them pass
 * @param mismatched packets that were dropped because they did not fit their state
 * @param syncFrames frames of pfsync
 * @param syncBytes their length in bytes, IP header included
 */
record Outcome(
        long arrived,
        boolean complete,
        Duration handshake,
        Duration time,
        double speed,
        long forwarded,
        long unknown,
        long mismatched,
        long syncFrames,
        long syncBytes) {}
