package net.pfsync.time;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** An event loop with a thread of its own, and the ways onto it. */
@Timeout(60)
class RealTimeTest {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final long MILLI = 1_000_000L;

    private final BlockingQueue<Throwable> faults = new LinkedBlockingQueue<>();
    private final RealTime time = new RealTime("under test", faults::add);

    @AfterEach
    void close() {
        time.close();
        assertThat(faults).isEmpty();
    }

    private <T> T onLoop(Callable<T> task) throws ExecutionException, TimeoutException, InterruptedException {
        return time.call(task, PATIENCE);
    }

    private static void await(CountDownLatch latch) throws InterruptedException {
        assertThat(latch.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
    }

    // ---- timers ----

    @Test
    void runsTimersInTheirOrderAndNeverEarly() throws Exception {
        List<String> ran = new ArrayList<>();
        List<Long> early = new ArrayList<>();
        CountDownLatch done = new CountDownLatch(3);
        onLoop(() -> {
            long start = time.nanos();
            for (int delay : new int[] {30, 10, 20}) {
                time.schedule(delay * MILLI, () -> {
                    ran.add(delay + " ms");
                    if (time.nanos() - start < delay * MILLI) {
                        early.add(time.nanos() - start);
                    }
                    done.countDown();
                });
            }
            return null;
        });
        await(done);
        assertThat(ran).containsExactly("10 ms", "20 ms", "30 ms");
        assertThat(early).isEmpty();
    }

    @Test
    void doesNotRunACancelledTimer() throws Exception {
        List<String> ran = new ArrayList<>();
        CountDownLatch done = new CountDownLatch(1);
        onLoop(() -> {
            Timer cancelled = time.schedule(MILLI, () -> ran.add("cancelled"));
            time.schedule(2 * MILLI, done::countDown);
            cancelled.cancel();
            return null;
        });
        await(done);
        assertThat(ran).isEmpty();
    }

    @Test
    void runsASoonAfterWhatWasHandedOverBefore() throws Exception {
        List<String> ran = new ArrayList<>();
        CountDownLatch done = new CountDownLatch(1);
        AtomicReference<Lane<String>> lane = new AtomicReference<>();
        lane.set(time.lane(8, item -> {
            ran.add(item);
            if (item.equals("first")) {
                time.soon(() -> {
                    ran.add("soon");
                    done.countDown();
                });
                lane.get().offer("second");
            }
        }));
        onLoop(() -> lane.get().offer("first"));
        await(done);
        assertThat(ran).containsExactly("first", "second", "soon");
    }

    @Test
    void readsBothClocks() throws Exception {
        long before = System.nanoTime();
        long nanos = onLoop(time::nanos);
        assertThat(nanos).isBetween(before, System.nanoTime());
        assertThat(onLoop(time::epochSeconds)).isCloseTo(System.currentTimeMillis() / 1000, Offset.offset(5L));
    }

    // ---- hand-over ----

    @Test
    void handsOverEverythingInOrder() throws Exception {
        int items = 1_000_000;
        AtomicLong taken = new AtomicLong();
        List<Integer> outOfOrder = new ArrayList<>();
        CountDownLatch done = new CountDownLatch(1);
        Lane<Integer> lane = time.lane(1024, item -> {
            if (item != taken.getAndIncrement()) {
                outOfOrder.add(item);
            }
            if (item == items - 1) {
                done.countDown();
            }
        });
        for (int i = 0; i < items; i++) {
            while (!lane.offer(i)) {
                Thread.onSpinWait();
            }
        }
        await(done);
        assertThat(outOfOrder).isEmpty();
        assertThat(taken).hasValue(items);
    }

    @Test
    void wakesUpForEverySingleItem() throws Exception {
        SynchronousQueue<Integer> answers = new SynchronousQueue<>();
        Lane<Integer> lane = time.lane(8, item -> {
            try {
                answers.put(item);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        long start = System.nanoTime();
        for (int i = 0; i < 2000; i++) {
            assertThat(lane.offer(i)).isTrue();
            assertThat(answers.poll(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isEqualTo(i);
        }
        // A missed one is only found when the longest sleep is over.
        assertThat(System.nanoTime() - start).isLessThan(PATIENCE.toNanos());
    }

    @Test
    void refusesWhatDoesNotFit() throws Exception {
        CountDownLatch busy = new CountDownLatch(1);
        CountDownLatch mayGoOn = new CountDownLatch(1);
        time.execute(() -> {
            busy.countDown();
            try {
                await(mayGoOn);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        await(busy);
        List<Integer> taken = new ArrayList<>();
        Lane<Integer> lane = time.lane(4, taken::add);
        for (int i = 0; i < 4; i++) {
            assertThat(lane.offer(i)).isTrue();
        }
        assertThat(lane.offer(4)).isFalse();
        mayGoOn.countDown();
        while (!onLoop(lane::empty)) {
            Thread.onSpinWait();
        }
        assertThat(lane.offer(5)).isTrue();
        while (!onLoop(lane::empty)) {
            Thread.onSpinWait();
        }
        assertThat(onLoop(() -> List.copyOf(taken))).containsExactly(0, 1, 2, 3, 5);
    }

    @Test
    void takesNothingFromALaneThatWasGivenUp() throws Exception {
        List<Integer> taken = new ArrayList<>();
        Lane<Integer> lane = time.lane(4, taken::add);
        time.close(lane);
        lane.offer(1);
        onLoop(() -> null);
        onLoop(() -> null);
        assertThat(taken).isEmpty();
    }

    @Test
    void aFloodHoldsUpNeitherTimersNorOtherLanes() throws Exception {
        CountDownLatch timer = new CountDownLatch(1);
        CountDownLatch other = new CountDownLatch(1);
        AtomicReference<Lane<Integer>> flood = new AtomicReference<>();
        // Every item taken puts another one in: without a limit the loop would never leave this lane.
        flood.set(time.lane(16, item -> flood.get().offer(item)));
        Lane<Integer> calm = time.lane(16, item -> other.countDown());
        onLoop(() -> flood.get().offer(1));
        onLoop(() -> time.schedule(MILLI, timer::countDown));
        calm.offer(1);
        await(timer);
        await(other);
    }

    @Test
    void aTaskThatComesBackForeverHoldsUpNobody() throws Exception {
        CountDownLatch timer = new CountDownLatch(1);
        CountDownLatch lane = new CountDownLatch(1);
        AtomicReference<Runnable> again = new AtomicReference<>();
        again.set(() -> time.execute(again.get()));
        time.execute(again.get());
        time.lane(4, item -> lane.countDown()).offer(1);
        time.execute(() -> time.schedule(MILLI, timer::countDown));
        await(timer);
        await(lane);
        again.set(() -> {});
    }

    // ---- calls ----

    @Test
    void givesTheCallerTheResultOrWhatWasThrown() throws Exception {
        assertThat(onLoop(() -> Thread.currentThread().getName())).isEqualTo("under test");
        assertThatExceptionOfType(ExecutionException.class)
                .isThrownBy(() -> onLoop(() -> {
                    throw new IllegalStateException("no");
                }))
                .withCauseInstanceOf(IllegalStateException.class);
    }

    @Test
    void doesNotWaitForItself() throws Exception {
        assertThat(onLoop(() -> onLoop(() -> 7))).isEqualTo(7);
    }

    @Test
    void givesUpWaitingInTime() {
        CountDownLatch mayGoOn = new CountDownLatch(1);
        assertThatExceptionOfType(TimeoutException.class)
                .isThrownBy(() ->
                        time.call(() -> mayGoOn.await(PATIENCE.toSeconds(), TimeUnit.SECONDS), Duration.ofMillis(5)));
        mayGoOn.countDown();
    }

    @Test
    void tellsOfAFaultAndGoesOn() throws Exception {
        Lane<Integer> lane = time.lane(4, item -> {
            throw new IllegalStateException("lane " + item);
        });
        lane.offer(1);
        lane.offer(2);
        time.execute(() -> {
            throw new IllegalStateException("task");
        });
        onLoop(() -> time.schedule(0, () -> {
            throw new AssertionError("timer");
        }));
        List<String> told = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            told.add(faults.poll(PATIENCE.toSeconds(), TimeUnit.SECONDS).getMessage());
        }
        assertThat(told).containsExactlyInAnyOrder("lane 1", "lane 2", "task", "timer");
        assertThat(onLoop(() -> "still there")).isEqualTo("still there");
    }

    // ---- the end ----

    @Test
    void endsItsThreadAndRefusesCallsThen() throws Exception {
        Thread thread = onLoop(Thread::currentThread);
        time.close();
        assertThat(thread.isAlive()).isFalse();
        assertThatExceptionOfType(CancellationException.class).isThrownBy(() -> onLoop(() -> 1));
    }

    @Test
    void canBeClosedByATaskOfItsOwn() throws Exception {
        Thread thread = onLoop(Thread::currentThread);
        time.execute(time::close);
        thread.join(PATIENCE.toMillis());
        assertThat(thread.isAlive()).isFalse();
    }
}
