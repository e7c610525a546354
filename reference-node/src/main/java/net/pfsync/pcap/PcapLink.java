package net.pfsync.pcap;

import java.util.function.Consumer;
import net.pfsync.net.MacAddress;
import net.pfsync.time.Lane;
import net.pfsync.time.RealTime;
import net.pfsync.time.Timer;

/**
 * A station on a real Ethernet, through an interface of the kernel.
 *
 * <p>The station may have an Ethernet address of its own, and should: then the kernel takes the station's frames for somebody else's and neither
 * answers nor forwards them. The interface is promiscuous for that, and also because the frames of all groups arrive then, 224.0.0.240 and those of
 * IPv6 neighbour discovery among them: the kernel can join a group only on an interface with an address of its own, and these have none. Frames
 * that this machine sends are not seen again.
 *
 * <p>Checksums are neither made nor checked here. A host on the same machine (veth, bridges) leaves them to an interface that does not exist, and sends
 * packets longer than the MTU, unless told {@code ethtool -K IF tx off tso off gso off}; a real interface may put packets together unless told
 * {@code gro off lro off}. The latter are counted as {@link LinkStatistics#tooLong}.
 */
public final class PcapLink implements MeteredLink {

    private static final int LANE = 1 << 16;
    private static final long LOOK_NANOS = 100_000_000L;

    private final RealTime loop;
    private final KernelInterface at;
    private final MacAddress address;
    private final Capture capture;
    private final Lane<byte[]> lane;
    private Consumer<byte[]> receiver = frame -> {};
    private Consumer<Boolean> listener = status -> {};
    private Timer look;
    private boolean up;
    private long sent;
    private long sendErrors;

    private PcapLink(RealTime loop, KernelInterface at, MacAddress address, Capture capture) {
        this.loop = loop;
        this.at = at;
        this.address = address;
        this.capture = capture;
        this.up = at.up();
        this.lane = loop.lane(LANE, frame -> receiver.accept(frame));
    }

    /**
     * Opens an interface. Called on the loop's thread, as every method is.
     *
     * @param name the interface, such as {@code eth1}
     * @param address the station's Ethernet address; the interface's own one if null
     * @param loop the station's event loop
     * @return the link, whose frames arrive from now on
     * @throws LinkException if there is no such interface, no permission, or no libpcap
     */
    public static PcapLink open(String name, MacAddress address, RealTime loop) throws LinkException {
        return open(name, address, loop, Capture.BUFFER_BYTES);
    }

    /** The same with another size of the kernel's buffer. */
    static PcapLink open(String name, MacAddress address, RealTime loop, int bufferBytes) throws LinkException {
        KernelInterface at = KernelInterface.of(name);
        MacAddress own = address == null ? at.address() : address;
        PcapLink link = new PcapLink(loop, at, own, new Capture(at, bufferBytes));
        link.capture.start(link.lane);
        link.lookLater();
        return link;
    }

    private void lookLater() {
        look = loop.schedule(LOOK_NANOS, () -> {
            boolean now = at.up();
            if (now != up) {
                up = now;
                listener.accept(now);
            }
            lookLater();
        });
    }

    @Override
    public void send(byte[] frame) {
        if (capture.send(frame)) {
            sent++;
        } else {
            sendErrors++;
        }
    }

    @Override
    public void onReceive(Consumer<byte[]> consumer) {
        receiver = consumer;
    }

    @Override
    public boolean up() {
        return up;
    }

    @Override
    public void onStatus(Consumer<Boolean> consumer) {
        listener = consumer;
    }

    @Override
    public MacAddress address() {
        return address;
    }

    @Override
    public LinkStatistics statistics() {
        return capture.statistics(sent, sendErrors);
    }

    @Override
    public int mtu() {
        return at.mtu();
    }

    @Override
    public void close() {
        look.cancel();
        capture.close();
        loop.close(lane);
    }
}
