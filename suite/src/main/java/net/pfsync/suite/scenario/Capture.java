package net.pfsync.suite.scenario;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import net.pfsync.suite.capture.CaptureReader;
import net.pfsync.suite.capture.CapturedFrame;

/**
 * The frames of a capture of Ethernet frames, all at once.
 *
 * @param frames in the order of the file
 */
record Capture(List<Frame> frames) {

    /**
     * One frame.
     *
     * @param nanos when, since 1970
     * @param bytes the Ethernet frame
     */
    @SuppressWarnings("ArrayRecordComponent") // nobody compares frames
    record Frame(long nanos, byte[] bytes) {}

    Capture {
        frames = List.copyOf(frames);
    }

    /**
     * Reads a file.
     *
     * @throws IOException if it cannot be read whole
     */
    static Capture read(Path file) throws IOException {
        List<Frame> frames = new ArrayList<>();
        try (CaptureReader reader = CaptureReader.open(file)) {
            for (CapturedFrame frame = reader.next(); frame != null; frame = reader.next()) {
                frames.add(new Frame(frame.nanos(), frame.bytes()));
            }
        }
        return new Capture(frames);
    }
}
