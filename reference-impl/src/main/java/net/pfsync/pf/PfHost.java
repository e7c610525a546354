package net.pfsync.pf;

/** What the packet filter needs of the machine that it runs on. */
public interface PfHost {

    /**
     * The name of the next state made here.
     *
     * @return seconds since 1970 at which pf started in the upper 32 bits, a counter from 0 on in the lower; recorded on OpenBSD 4.6 and 7.6
     */
    long nextStateId();

    /**
     * The host id, by which states made here are named.
     *
     * @return the 32 bits as they are on the wire
     */
    int hostId();

    /**
     * How many states there may be.
     *
     * @return pf's limit "states"
     */
    int stateLimit();

    /**
     * The MTU of the interface through which an address is reached, for the segment size that synproxy offers.
     *
     * @param inet6 whether the address is IPv6
     * @param hi the first eight bytes of the address; IPv4 uses the upper half
     * @param lo the last eight bytes
     * @return in bytes
     */
    int mtuTowards(boolean inet6, long hi, long lo);
}
