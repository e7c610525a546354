package net.pfsync.relay;

import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import net.pfsync.pcap.LinkException;
import net.pfsync.pcap.LinkStatistics;
import net.pfsync.pcap.MeteredLink;
import net.pfsync.relay.RelayMessage.Failure;
import net.pfsync.relay.RelayMessage.Frame;
import net.pfsync.relay.RelayMessage.Status;
import net.pfsync.time.RealTime;

/** The far side: passes the frames of an interface to a stream, and those of a stream to the interface. */
public final class Relay {

    private static final long STATUS_NANOS = 100_000_000L;
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final RealTime loop;
    private final Outgoing out;
    private MeteredLink link;
    private long noRoom;

    /** Opens the interface, on its event loop. */
    @FunctionalInterface
    public interface Opening {
        /**
         * Opens it.
         *
         * @param loop on which its frames arrive
         * @return the link
         * @throws LinkException if it cannot be opened
         */
        MeteredLink on(RealTime loop) throws LinkException;
    }

    private Relay(RealTime loop, Outgoing out) {
        this.loop = loop;
        this.out = out;
    }

    /**
     * Passes frames on until the input ends.
     *
     * @param opening of the interface
     * @param in from who uses the interface
     * @param output to the same
     * @throws LinkException if the interface cannot be opened; the other side is told
     * @throws IOException if what comes in is none of a relay's messages, or the output is gone
     */
    public static void run(Opening opening, InputStream in, OutputStream output) throws LinkException, IOException {
        DataOutputStream stream = new DataOutputStream(new BufferedOutputStream(output));
        stream.write((RelayMessage.GREETING + "\n").getBytes(StandardCharsets.US_ASCII));
        try (RealTime loop = new RealTime("relay", thrown -> {});
                Outgoing out = new Outgoing(stream, "relay output")) {
            Relay relay = new Relay(loop, out);
            try {
                relay.link = opening.on(loop);
            } catch (LinkException e) {
                out.offer(new Failure(e.getMessage()));
                throw e;
            }
            try {
                relay.onLoop(relay::begin);
                relay.serve(new DataInputStream(in));
            } finally {
                relay.onLoop(relay.link::close);
            }
        }
    }

    private void begin() {
        link.onReceive(this::heard);
        link.onStatus(up -> tell());
        tellAgain();
    }

    private void heard(byte[] frame) {
        if (!out.offer(new Frame(frame))) {
            noRoom++;
        }
    }

    private void tellAgain() {
        tell();
        loop.schedule(STATUS_NANOS, this::tellAgain);
    }

    /** What did not fit is known as soon as something fits again. */
    private void tell() {
        LinkStatistics now = link.statistics();
        LinkStatistics all = new LinkStatistics(
                now.received(),
                now.sent(),
                now.droppedByKernel(),
                now.droppedByInterface(),
                now.droppedByLoop() + noRoom,
                now.tooLong(),
                now.sendErrors());
        boolean ignored = out.offer(new Status(link.up(), link.address(), link.mtu(), all));
    }

    private void serve(DataInputStream in) throws IOException {
        try {
            while (!out.broken()) {
                if (RelayMessage.read(in) instanceof Frame frame) {
                    onLoop(() -> link.send(frame.bytes()));
                }
            }
            throw new IOException("nobody takes the frames any more");
        } catch (EOFException e) {
            // The other side has what it wanted.
        }
    }

    private void onLoop(Runnable task) throws IOException {
        try {
            Object ignored = loop.call(
                    () -> {
                        task.run();
                        return null;
                    },
                    PATIENCE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        } catch (ExecutionException | TimeoutException | CancellationException e) {
            throw new IOException("the relay does not work: " + e.getMessage(), e);
        }
    }
}
