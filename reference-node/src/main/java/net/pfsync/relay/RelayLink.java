package net.pfsync.relay;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import net.pfsync.net.MacAddress;
import net.pfsync.pcap.LinkException;
import net.pfsync.pcap.LinkStatistics;
import net.pfsync.pcap.MeteredLink;
import net.pfsync.relay.RelayMessage.Failure;
import net.pfsync.relay.RelayMessage.Frame;
import net.pfsync.relay.RelayMessage.Status;
import net.pfsync.time.Lane;
import net.pfsync.time.RealTime;

/**
 * The near side: a station on a real Ethernet through the interface of another machine, on which a {@link Relay} runs.
 *
 * <p>What the relay lost is known here within a tenth of a second. When the connection ends, the link is down for good, frames that are sent count
 * as errors, and one frame counts as lost: nobody knows how many were.
 */
public final class RelayLink implements MeteredLink {

    private static final int LANE = 1 << 16;
    private static final int LONGEST_BANNER = 4096;

    private final RealTime loop;
    private final Lane<byte[]> lane;
    private final Outgoing out;
    private final AutoCloseable connection;
    private final AtomicLong droppedHere = new AtomicLong();
    private final AtomicLong refusedHere = new AtomicLong();
    private final CompletableFuture<Status> first = new CompletableFuture<>();
    private volatile Status status;
    private volatile boolean ended;
    private Consumer<byte[]> receiver = frame -> {};
    private Consumer<Boolean> listener = up -> {};

    private RelayLink(OutputStream output, AutoCloseable connection, RealTime loop) {
        this.loop = loop;
        this.connection = connection;
        this.lane = loop.lane(LANE, frame -> receiver.accept(frame));
        this.out = new Outgoing(new DataOutputStream(new BufferedOutputStream(output)), "to the relay");
    }

    /**
     * Waits until a relay has said what its interface is.
     *
     * @param in from the relay
     * @param output to the relay
     * @param connection closed with the link
     * @param loop the station's event loop
     * @param patience how long to wait
     * @return the link
     * @throws LinkException if there is no relay at the other end, or it cannot work; the message is one line
     */
    public static RelayLink open(
            InputStream in, OutputStream output, AutoCloseable connection, RealTime loop, Duration patience)
            throws LinkException {
        RelayLink link = new RelayLink(output, connection, loop);
        Thread thread = new Thread(() -> link.read(new DataInputStream(new BufferedInputStream(in))), "from the relay");
        thread.setDaemon(true);
        thread.start();
        boolean ready = false;
        try {
            Status first = link.first.get(patience.toNanos(), TimeUnit.NANOSECONDS);
            ready = first != null;
            return link;
        } catch (ExecutionException e) {
            throw new LinkException("the relay does not work: " + e.getCause().getMessage(), e);
        } catch (TimeoutException e) {
            throw new LinkException("the relay said nothing within " + patience.toSeconds() + " s", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new LinkException("interrupted", e);
        } finally {
            if (!ready) {
                link.close();
            }
        }
    }

    // ---- the reading thread ----

    private void read(DataInputStream in) {
        try {
            greeting(in);
            while (true) {
                switch (RelayMessage.read(in)) {
                    case Frame frame -> take(frame.bytes());
                    case Status now -> take(now);
                    case Failure failure -> throw new IOException(failure.why());
                }
            }
        } catch (IOException e) {
            end(e.getMessage() == null ? "it ended without a word" : e.getMessage());
        }
    }

    private static void greeting(DataInputStream in) throws IOException {
        StringBuilder line = new StringBuilder();
        String before = "";
        for (int read = 0; read < LONGEST_BANNER; read++) {
            int next = in.read();
            if (next < 0) {
                throw new IOException("it ended" + (before.isEmpty() ? " without a word" : " with: " + before));
            }
            if (next != '\n') {
                line.append((char) next);
            } else if (line.toString().strip().equals(RelayMessage.GREETING)) {
                return;
            } else {
                before = printable(line.toString());
                line.setLength(0);
            }
        }
        throw new IOException("it is no relay" + (before.isEmpty() ? "" : ": " + before));
    }

    private static String printable(String text) {
        return new String(text.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8)
                .replaceAll("\\p{Cntrl}+", " ")
                .strip();
    }

    private void take(byte[] frame) {
        if (!lane.offer(frame)) {
            droppedHere.incrementAndGet();
        }
    }

    private void take(Status now) {
        Status before = status;
        status = now;
        if (before == null) {
            first.complete(now);
        } else if (before.up() != now.up()) {
            loop.execute(() -> listener.accept(now.up()));
        }
    }

    private void end(String why) {
        ended = true;
        boolean early = first.completeExceptionally(new IOException(why));
        if (!early) {
            loop.execute(() -> listener.accept(false));
        }
    }

    // ---- the loop's thread ----

    @Override
    public void send(byte[] frame) {
        if (ended || !out.offer(new Frame(frame))) {
            refusedHere.incrementAndGet();
        }
    }

    @Override
    public void onReceive(Consumer<byte[]> consumer) {
        receiver = consumer;
    }

    @Override
    public boolean up() {
        return !ended && status.up();
    }

    @Override
    public void onStatus(Consumer<Boolean> consumer) {
        listener = consumer;
    }

    @Override
    public MacAddress address() {
        return status.address();
    }

    @Override
    public int mtu() {
        return status.mtu();
    }

    @Override
    public LinkStatistics statistics() {
        LinkStatistics there = status.counters();
        return new LinkStatistics(
                there.received(),
                there.sent(),
                there.droppedByKernel(),
                there.droppedByInterface(),
                there.droppedByLoop() + droppedHere.get() + (ended ? 1 : 0),
                there.tooLong(),
                there.sendErrors() + refusedHere.get());
    }

    /** Ends the connection. */
    @Override
    public void close() {
        out.close();
        try {
            connection.close();
        } catch (Exception e) {
            // It is gone in any case.
        }
        loop.close(lane);
    }
}
