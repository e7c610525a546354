package net.pfsync.net;

import java.util.SplittableRandom;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import net.pfsync.time.EventLoop;
import net.pfsync.time.Timer;

/**
 * A link on which frames get lost, are doubled, arrive late, in another order or with a wrong bit, in both directions. With the same seed and the
 * same frames the same happens again.
 *
 * <p>Of one frame every fault is drawn on its own, in the order in which {@link Faults} names them; a lost one has no others.
 */
public final class FaultyLink extends ForwardingLink {

    /** How long a frame that is to be overtaken waits for the next one. */
    static final long OVERTAKEN_NANOS = 20_000_000L;

    private final EventLoop loop;
    private final Way out;
    private final Way in;
    private Consumer<byte[]> receiver = frame -> {};

    /**
     * What befalls frames.
     *
     * @param loss how many of them are lost, from 0 for none to 1 for all
     * @param duplication how many arrive twice
     * @param corruption how many have one wrong bit, somewhere behind the Ethernet header
     * @param reordering how many are overtaken by the next one, or wait 20 ms if there is none
     * @param delayNanos how much later each arrives
     * @param jitterNanos up to how much later still, drawn for each frame
     */
    public record Faults(
            double loss, double duplication, double corruption, double reordering, long delayNanos, long jitterNanos) {

        /** Nothing befalls them. */
        public static final Faults NONE = new Faults(0, 0, 0, 0, 0, 0);

        /** Checks the numbers. */
        public Faults {
            for (double share : new double[] {loss, duplication, corruption, reordering}) {
                if (!(share >= 0 && share <= 1)) {
                    throw new IllegalArgumentException("a share lies between 0 and 1, and not at " + share);
                }
            }
            if (delayNanos < 0 || jitterNanos < 0) {
                throw new IllegalArgumentException("a delay is not negative");
            }
        }
    }

    /**
     * Puts faults before a link.
     *
     * @param link the link; this object is its only user
     * @param loop the event loop of whoever uses it
     * @param faults what befalls the frames of either direction
     * @param seed of the numbers that are drawn
     */
    public FaultyLink(Link link, EventLoop loop, Faults faults, long seed) {
        super(link);
        this.loop = loop;
        SplittableRandom random = new SplittableRandom(seed);
        this.out = new Way(faults, random.split(), link::send);
        this.in = new Way(faults, random.split(), frame -> receiver.accept(frame));
        link.onReceive(in::take);
    }

    @Override
    public void send(byte[] frame) {
        out.take(frame);
    }

    @Override
    public void onReceive(Consumer<byte[]> consumer) {
        receiver = consumer;
    }

    /** One direction. */
    private final class Way {
        private final Faults faults;
        private final RandomGenerator random;
        private final Consumer<byte[]> end;
        /** Waits to be overtaken, and for how long. */
        private byte[] overtaken;

        private Timer patience;

        Way(Faults faults, RandomGenerator random, Consumer<byte[]> end) {
            this.faults = faults;
            this.random = random;
            this.end = end;
        }

        void take(byte[] frame) {
            if (drawn(faults.loss)) {
                return;
            }
            boolean twice = drawn(faults.duplication);
            byte[] arriving = drawn(faults.corruption) ? corrupted(frame) : frame;
            if (overtaken == null && drawn(faults.reordering)) {
                overtaken = arriving;
                patience = loop.schedule(OVERTAKEN_NANOS, this::letGo);
            } else {
                deliver(arriving);
                letGo();
            }
            if (twice) {
                deliver(arriving);
            }
        }

        private boolean drawn(double share) {
            return share > 0 && random.nextDouble() < share;
        }

        private byte[] corrupted(byte[] frame) {
            byte[] wrong = frame.clone();
            if (wrong.length > Ethernet.HEADER) {
                wrong[random.nextInt(Ethernet.HEADER, wrong.length)] ^= (byte) (1 << random.nextInt(Byte.SIZE));
            }
            return wrong;
        }

        private void letGo() {
            if (overtaken != null) {
                byte[] frame = overtaken;
                overtaken = null;
                patience.cancel();
                deliver(frame);
            }
        }

        private void deliver(byte[] frame) {
            long delay = faults.delayNanos + (faults.jitterNanos == 0 ? 0 : random.nextLong(faults.jitterNanos + 1));
            if (delay == 0) {
                end.accept(frame);
            } else {
                loop.schedule(delay, () -> end.accept(frame));
            }
        }
    }
}
