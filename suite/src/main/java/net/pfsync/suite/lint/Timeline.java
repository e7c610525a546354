package net.pfsync.suite.lint;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import net.pfsync.wire.Kind;

/**
 * What went over the wire when, in at most {@value #MOST} equal spans of time. When the capture outgrows them two spans become
 * one, so that a long capture takes no more room than a short one.
 */
public final class Timeline {

    private static final int MOST = 240;
    private static final long FIRST_WIDTH = 10_000_000L;

    /** What happened in one span. */
    public static final class Span {
        private final Map<Kind, Long> messages = new EnumMap<>(Kind.class);
        private long frames;
        private long bytes;
        private long states;
        private long answers;
        private long latency;
        private long longest;

        /** Messages by what they are. */
        public Map<Kind, Long> messages() {
            return messages;
        }

        /** Packets. */
        public long frames() {
            return frames;
        }

        /** Bytes of the packets, IP header included. */
        public long bytes() {
            return bytes;
        }

        /** States known at its end. */
        public long states() {
            return states;
        }

        /** Requests and inserts that were answered. */
        public long answers() {
            return answers;
        }

        /** Nanoseconds from question to answer, on average; 0 if there was none. */
        public long meanLatency() {
            return answers == 0 ? 0 : latency / answers;
        }

        /** Nanoseconds, of the slowest answer. */
        public long longestLatency() {
            return longest;
        }

        private void add(Span later) {
            later.messages.forEach((kind, count) -> messages.merge(kind, count, Long::sum));
            frames += later.frames;
            bytes += later.bytes;
            states = later.states;
            answers += later.answers;
            latency += later.latency;
            longest = Math.max(longest, later.longest);
        }
    }

    private final List<Span> spans = new ArrayList<>();
    private long start = Long.MIN_VALUE;
    private long width = FIRST_WIDTH;
    private long last;
    private Span current = new Span();
    private long currentEnd = Long.MIN_VALUE;

    /** A packet of so many bytes at a time. */
    void packet(long nanos, long bytes) {
        Span span = at(nanos);
        span.frames++;
        span.bytes += bytes;
    }

    /** Messages of the last packet. */
    void messages(Kind kind, int count) {
        current.messages.merge(kind, (long) count, Long::sum);
    }

    /** How many states are known behind the last packet. */
    void states(long states) {
        current.states = states;
    }

    /** A question was answered at a time, so long after it was asked. */
    void latency(long nanos, long took) {
        Span span = at(nanos);
        span.answers++;
        span.latency += took;
        span.longest = Math.max(span.longest, took);
    }

    /** The span of a time; times before the start count as the start, those before the last span as that span. */
    private Span at(long nanos) {
        if (nanos < currentEnd) {
            return current;
        }
        if (start == Long.MIN_VALUE) {
            start = nanos;
        }
        last = Math.max(last, nanos);
        while ((nanos - start) / width >= MOST) {
            halve();
        }
        int index = (int) ((nanos - start) / width);
        while (spans.size() <= index) {
            Span next = new Span();
            next.states = spans.isEmpty() ? 0 : spans.getLast().states;
            spans.add(next);
        }
        current = spans.get(index);
        currentEnd = start + (index + 1) * width;
        return current;
    }

    private void halve() {
        List<Span> halved = new ArrayList<>();
        for (int i = 0; i < spans.size(); i += 2) {
            Span span = spans.get(i);
            if (i + 1 < spans.size()) {
                span.add(spans.get(i + 1));
            }
            halved.add(span);
        }
        spans.clear();
        spans.addAll(halved);
        width *= 2;
    }

    /** The spans, the first one first. */
    public List<Span> spans() {
        return spans;
    }

    /** Nanoseconds that a span is long. */
    public long width() {
        return width;
    }

    /** Nanoseconds since 1970 of the first packet. */
    public long start() {
        return start;
    }
}
