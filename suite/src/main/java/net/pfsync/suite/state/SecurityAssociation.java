package net.pfsync.suite.state;

/**
 * An IPsec security association of a firewall, as far as pfsync carries it.
 *
 * @param spi security parameter index; 256 and above are valid
 * @param destination address of the receiving end, as text
 * @param proto 50 for ESP, 51 for AH
 * @param replay the replay counter
 * @param bytes bytes processed
 */
public record SecurityAssociation(int spi, String destination, int proto, long replay, long bytes) {

    /** The same association after it was used more. */
    public SecurityAssociation withCounters(long replayCounter, long byteCount) {
        return new SecurityAssociation(spi, destination, proto, replayCounter, byteCount);
    }
}
