package net.pfsync.pcap;

/**
 * What became of the frames of a {@link PcapLink} so far.
 *
 * @param received taken from the kernel, whatever became of them then
 * @param sent handed to the kernel
 * @param droppedByKernel arrived while the kernel's buffer was full
 * @param droppedByInterface lost in the interface before, as far as the kernel knows
 * @param droppedByLoop taken from the kernel, but the event loop was too far behind
 * @param tooLong longer than the interface's MTU allows, and so put together by it (GRO, LRO) or not yet cut (TSO); they are left out
 * @param sendErrors refused by the kernel, for example because the interface is down
 */
public record LinkStatistics(
        long received,
        long sent,
        long droppedByKernel,
        long droppedByInterface,
        long droppedByLoop,
        long tooLong,
        long sendErrors) {

    /**
     * How many frames were on the wire and not seen here.
     *
     * @return 0 if everything was
     */
    public long lost() {
        return droppedByKernel + droppedByInterface + droppedByLoop + tooLong;
    }

    /**
     * What was lost, and why.
     *
     * @return a line such as {@code 7 frames lost (kernel 5, interface 0, event loop 2, too long 0)}
     */
    public String losses() {
        return lost() + " frames lost (kernel " + droppedByKernel + ", interface " + droppedByInterface
                + ", event loop " + droppedByLoop + ", too long " + tooLong + ")";
    }
}
