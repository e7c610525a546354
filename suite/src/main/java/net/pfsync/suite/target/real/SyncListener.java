package net.pfsync.suite.target.real;

import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import net.pfsync.pcap.KernelInterface;
import net.pfsync.pcap.LinkException;
import net.pfsync.pcap.MeteredLink;
import net.pfsync.suite.capture.CapturedFrame;
import net.pfsync.suite.capture.LinkType;
import net.pfsync.time.RealTime;

/** Listens on a lab's sync LAN and sends nothing. */
public final class SyncListener {

    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final long NANOS = 1_000_000_000L;

    private SyncListener() {}

    /**
     * The probe's interface.
     *
     * @param missing why there is none, empty if there is
     * @param up whether it has a carrier
     * @param mtu the longest packet that it takes, in bytes
     */
    public record Ear(String missing, boolean up, int mtu) {}

    /**
     * Looks at the probe's interface without opening it.
     *
     * @param lab the lab
     * @return what there is
     */
    public static Ear look(LabConfig lab) {
        if (lab.relay() != null) {
            return throughRelay(lab);
        }
        try {
            KernelInterface at = KernelInterface.of(lab.syncInterface());
            return new Ear("", at.up(), at.mtu());
        } catch (LinkException e) {
            return new Ear(e.getMessage(), false, 0);
        }
    }

    private static Ear throughRelay(LabConfig lab) {
        try (RealTime loop = new RealTime("look", thrown -> {})) {
            MeteredLink link = SyncLinks.open(lab, loop);
            Ear ear = new Ear("", link.up(), link.mtu());
            close(loop, link);
            return ear;
        } catch (LinkException | LabException e) {
            return new Ear(e.getMessage(), false, 0);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Ear("interrupted", false, 0);
        } catch (ExecutionException | TimeoutException e) {
            return new Ear("the relay is not given back: " + e.getMessage(), false, 0);
        }
    }

    /**
     * Listens.
     *
     * @param lab where
     * @param time how long
     * @param heard gets every frame, on the calling thread
     * @throws LabException if nobody can listen there; the message is one line
     */
    public static void listen(LabConfig lab, Duration time, Consumer<CapturedFrame> heard) throws LabException {
        LinkedBlockingQueue<byte[]> frames = new LinkedBlockingQueue<>();
        try (RealTime loop = new RealTime("listener", thrown -> {})) {
            MeteredLink link = SyncLinks.open(lab, loop);
            loop.execute(() -> link.onReceive(frames::add));
            try {
                long end = loop.nanos() + time.toNanos();
                long number = 0;
                for (long left = time.toNanos(); left > 0; left = end - loop.nanos()) {
                    byte[] frame = frames.poll(left, TimeUnit.NANOSECONDS);
                    if (frame != null) {
                        number++;
                        heard.accept(new CapturedFrame(
                                number, loop.epochSeconds() * NANOS, LinkType.ETHERNET, frame, frame.length));
                    }
                }
            } finally {
                close(loop, link);
            }
        } catch (LinkException e) {
            throw new LabException(e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new LabException("interrupted", e);
        } catch (ExecutionException | TimeoutException e) {
            throw new LabException("the interface " + lab.syncInterface() + " is not given back: " + e.getMessage(), e);
        }
    }

    private static void close(RealTime loop, MeteredLink link)
            throws InterruptedException, ExecutionException, TimeoutException {
        Object ignored = loop.call(
                () -> {
                    link.close();
                    return null;
                },
                PATIENCE);
    }
}
