package net.pfsync.pcap;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import net.pfsync.time.Lane;
import org.pcap4j.core.NotOpenException;
import org.pcap4j.core.PcapHandle;
import org.pcap4j.core.PcapHandle.PcapDirection;
import org.pcap4j.core.PcapNativeException;
import org.pcap4j.core.PcapNetworkInterface.PromiscuousMode;
import org.pcap4j.core.PcapStat;

/**
 * One interface opened with libpcap, and the thread that takes its frames. When the interface goes away, it is opened again as soon as it is back.
 *
 * <p>The kernel hands over every frame at once (immediate mode): a firewall must not wait until a block is full. In this mode every frame takes as
 * much of the kernel's buffer as the longest one, and what is longer than half a page takes a whole one; so the snap length is just above the MTU.
 */
final class Capture {

    /** For 32 000 frames: the program may stand still for a third of a second of 100 000 frames/s. */
    static final int BUFFER_BYTES = 64 << 20;

    /** Header and a VLAN tag. */
    private static final int ETHERNET_OVERHEAD = 18;

    private static final int READ_TIMEOUT_MILLIS = 100;
    private static final long RETRY_MILLIS = 250;
    private static final long PATIENCE_MILLIS = 5000;

    private final KernelInterface at;
    private final int longest;
    private final int bufferBytes;
    private final Thread thread;
    private final CountDownLatch ending = new CountDownLatch(1);
    private final AtomicLong received = new AtomicLong();
    private final AtomicLong droppedByLoop = new AtomicLong();
    private final AtomicLong tooLong = new AtomicLong();
    private Lane<byte[]> lane;
    private volatile PcapHandle handle;
    private volatile boolean closed;
    /** Of handles that were closed. */
    private long kernelDropsBefore;

    private long interfaceDropsBefore;

    Capture(KernelInterface at, int bufferBytes) throws LinkException {
        this.at = at;
        this.longest = at.mtu() + ETHERNET_OVERHEAD;
        this.bufferBytes = bufferBytes;
        this.handle = open();
        this.thread = new Thread(this::run, "capture " + at.name());
        thread.setDaemon(true);
    }

    /** Starts; every frame goes to the lane. */
    void start(Lane<byte[]> to) {
        lane = to;
        thread.start();
    }

    private PcapHandle open() throws LinkException {
        try {
            return new PcapHandle.Builder(at.name())
                    .snaplen(longest + 1)
                    .promiscuousMode(PromiscuousMode.PROMISCUOUS)
                    .timeoutMillis(READ_TIMEOUT_MILLIS)
                    .bufferSize(bufferBytes)
                    .immediateMode(true)
                    // What this machine sends itself is not seen, ours through another socket included.
                    .direction(PcapDirection.IN)
                    .build();
        } catch (PcapNativeException e) {
            throw LinkException.refused(at.name(), e);
        } catch (LinkageError e) {
            throw LinkException.withoutLibpcap(e);
        }
    }

    // ---- the thread ----

    private void run() {
        while (!closed) {
            try {
                handle.loop(-1, this::captured);
            } catch (InterruptedException e) {
                // Asked to end, which the condition sees.
            } catch (PcapNativeException | NotOpenException e) {
                reopen();
            }
        }
    }

    private void captured(byte[] frame) {
        add(received, 1);
        if (frame.length > longest) {
            add(tooLong, 1);
        } else if (!lane.offer(frame)) {
            add(droppedByLoop, 1);
        }
    }

    /** Only the capture's thread writes these. */
    private static void add(AtomicLong counter, long more) {
        counter.lazySet(counter.get() + more);
    }

    private void reopen() {
        while (!closed) {
            waitALittle();
            if (closed || !at.up()) {
                continue;
            }
            try {
                PcapHandle again = open();
                closeHandle();
                handle = again;
                return;
            } catch (LinkException e) {
                // Not back yet, or gone again.
            }
        }
    }

    private void waitALittle() {
        try {
            boolean ignored = ending.await(RETRY_MILLIS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized void closeHandle() {
        PcapStat last = stat();
        if (last != null) {
            kernelDropsBefore += last.getNumPacketsDropped();
            interfaceDropsBefore += last.getNumPacketsDroppedByIf();
        }
        handle.close();
    }

    private PcapStat stat() {
        try {
            return handle.getStats();
        } catch (PcapNativeException | NotOpenException e) {
            return null;
        }
    }

    // ---- other threads ----

    /** Sends a frame; false if the kernel refuses it. */
    boolean send(byte[] frame) {
        try {
            handle.sendPacket(frame);
            return true;
        } catch (PcapNativeException | NotOpenException e) {
            return false;
        }
    }

    synchronized LinkStatistics statistics(long sent, long sendErrors) {
        PcapStat now = closed ? null : stat();
        return new LinkStatistics(
                received.get(),
                sent,
                kernelDropsBefore + (now == null ? 0 : now.getNumPacketsDropped()),
                interfaceDropsBefore + (now == null ? 0 : now.getNumPacketsDroppedByIf()),
                droppedByLoop.get(),
                tooLong.get(),
                sendErrors);
    }

    /** Ends the thread, and gives the interface back. */
    void close() {
        if (closed) {
            return;
        }
        closed = true;
        ending.countDown();
        try {
            handle.breakLoop();
            thread.join(PATIENCE_MILLIS);
        } catch (NotOpenException e) {
            // The interface went away.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        closeHandle();
    }
}
