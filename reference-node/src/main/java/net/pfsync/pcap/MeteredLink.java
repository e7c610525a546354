package net.pfsync.pcap;

import net.pfsync.net.Link;

/** A station on a real Ethernet that knows what it lost. Every method is called on the thread of its event loop. */
public interface MeteredLink extends Link, AutoCloseable {

    /**
     * What became of its frames.
     *
     * @return so far
     */
    LinkStatistics statistics();

    /**
     * The longest packet that its interface takes.
     *
     * @return in bytes
     */
    int mtu();

    /** Gives the interface back. */
    @Override
    void close();
}
