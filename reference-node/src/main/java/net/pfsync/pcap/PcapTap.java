package net.pfsync.pcap;

import java.sql.Timestamp;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.pcap4j.core.BpfProgram.BpfCompileMode;
import org.pcap4j.core.NotOpenException;
import org.pcap4j.core.PcapHandle;
import org.pcap4j.core.PcapNativeException;
import org.pcap4j.core.PcapNetworkInterface.PromiscuousMode;
import org.pcap4j.core.PcapStat;

/**
 * An interface that is listened to and never spoken on: the pfsync packets that pass it in both directions, with the kernel's times.
 *
 * <p>Frames are taken in a thread of their own and wait to be asked for. When too many wait the thread does too, the kernel's buffer fills, and the
 * kernel counts what it drops: nothing is lost without a number.
 */
public final class PcapTap implements AutoCloseable {

    /** All interfaces of this machine at once. */
    private static final String ANY = "any";

    private static final int SNAP_LENGTH = 65_535;
    private static final int BUFFER_BYTES = 64 << 20;
    /** The kernel hands over what it has when so much time has passed: no line is later than that. */
    private static final int READ_TIMEOUT_MILLIS = 100;

    private static final int MOST_WAITING = 4096;
    private static final long LOOK_MILLIS = 100;
    private static final long PATIENCE_MILLIS = 5000;
    private static final int ETHERNET = 1;
    private static final String PLAIN = "ip proto 240 or ip6 proto 240";
    /** Behind {@code vlan} everything is looked for four bytes later, so it stands last. */
    private static final String TAGGED = PLAIN + " or (vlan and (" + PLAIN + "))";

    private static final long MILLIS_PER_SECOND = 1000;

    private final String name;
    private final PcapHandle handle;
    private final Thread thread;
    private final ArrayBlockingQueue<Heard> waiting = new ArrayBlockingQueue<>(MOST_WAITING);
    private volatile boolean ended;
    private volatile boolean finished;
    private volatile LinkException lost;
    private long taken;
    private Losses last = new Losses(0, 0, 0);

    /**
     * A frame.
     *
     * @param nanos when, since 1970; the kernel's time
     * @param bytes as many as were captured
     * @param length how many there were
     */
    @SuppressWarnings("ArrayRecordComponent") // handed on, never compared
    public record Heard(long nanos, byte[] bytes, int length) {}

    /**
     * What became of the packets.
     *
     * @param received how many the filter let pass
     * @param droppedByKernel how many came while the kernel's buffer was full
     * @param droppedByInterface how many the interface lost before, as far as the kernel knows
     */
    public record Losses(long received, long droppedByKernel, long droppedByInterface) {}

    private PcapTap(String name, PcapHandle handle) {
        this.name = name;
        this.handle = handle;
        thread = new Thread(this::run, "tap " + name);
        thread.setDaemon(true);
    }

    /**
     * Begins to listen.
     *
     * @param name an interface such as {@code eth1}, or {@code any}
     * @return the tap
     * @throws LinkException if there is no such interface, no permission, no libpcap, or nothing like an IP packet on it
     */
    public static PcapTap open(String name) throws LinkException {
        boolean all = name.equals(ANY);
        if (!all) {
            KernelInterface.mustExist(name);
        }
        try {
            PcapHandle handle = new PcapHandle.Builder(name)
                    .snaplen(SNAP_LENGTH)
                    .promiscuousMode(all ? PromiscuousMode.NONPROMISCUOUS : PromiscuousMode.PROMISCUOUS)
                    .timeoutMillis(READ_TIMEOUT_MILLIS)
                    .bufferSize(BUFFER_BYTES)
                    .build();
            PcapTap tap = new PcapTap(name, handle);
            tap.filter();
            tap.thread.start();
            return tap;
        } catch (PcapNativeException e) {
            throw LinkException.refused(name, e);
        } catch (LinkageError e) {
            throw LinkException.withoutLibpcap(e);
        }
    }

    private void filter() throws LinkException {
        try {
            handle.setFilter(linkType() == ETHERNET ? TAGGED : PLAIN, BpfCompileMode.OPTIMIZE);
        } catch (PcapNativeException | NotOpenException e) {
            handle.close();
            throw new LinkException(name + " carries no IP packets: " + e.getMessage(), e);
        }
    }

    /** The number of what stands in front of its packets, as in capture files ({@code LINKTYPE_…}). */
    public int linkType() {
        return handle.getDlt().value();
    }

    // ---- the thread ----

    private void run() {
        try {
            handle.loop(-1, this::captured);
        } catch (InterruptedException e) {
            // Asked to end.
        } catch (PcapNativeException | NotOpenException e) {
            lost = ended ? null : new LinkException(name + " is gone: " + e.getMessage(), e);
        } finally {
            finished = true;
        }
    }

    private void captured(byte[] frame) {
        Timestamp at = handle.getTimestamp();
        long nanos = TimeUnit.SECONDS.toNanos(Math.floorDiv(at.getTime(), MILLIS_PER_SECOND)) + at.getNanos();
        Heard heard = new Heard(nanos, frame, handle.getOriginalLength());
        try {
            boolean put = false;
            while (!put && !ended) {
                put = waiting.offer(heard, LOOK_MILLIS, TimeUnit.MILLISECONDS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    // ---- who asks ----

    /**
     * The next frame; waits for it.
     *
     * @return null when {@link #end} was called and nothing waits any more
     * @throws LinkException if the interface went away
     */
    public Heard next() throws LinkException {
        try {
            while (true) {
                boolean over = ended || finished;
                Heard heard = waiting.poll(over ? 0 : LOOK_MILLIS, TimeUnit.MILLISECONDS);
                if (heard != null) {
                    taken++;
                    return heard;
                }
                if (over) {
                    if (lost != null) {
                        throw lost;
                    }
                    return null;
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return null;
        }
    }

    /** Whether {@link #next} would have to wait. */
    public boolean idle() {
        return waiting.isEmpty();
    }

    /** How many frames were handed on. */
    public long taken() {
        return taken;
    }

    /** Stops listening, from any thread; what was heard before can still be had. */
    public void end() {
        ended = true;
        try {
            handle.breakLoop();
        } catch (NotOpenException e) {
            // It is closed already.
        }
    }

    /** What became of the packets so far; after {@link #close} of all. */
    public synchronized Losses losses() {
        try {
            PcapStat now = handle.getStats();
            last = new Losses(now.getNumPacketsReceived(), now.getNumPacketsDropped(), now.getNumPacketsDroppedByIf());
        } catch (PcapNativeException | NotOpenException e) {
            // The interface is gone; what was known stays.
        }
        return last;
    }

    @Override
    public void close() {
        end();
        try {
            thread.join(PATIENCE_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        Losses atLast = losses();
        handle.close();
        last = atLast;
    }
}
