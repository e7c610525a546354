package net.pfsync.suite.scenario;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import net.pfsync.net.Ethernet;
import net.pfsync.net.Ip;
import net.pfsync.release.Release;
import net.pfsync.suite.replay.SectionWalk;
import net.pfsync.wire.Dialect;
import net.pfsync.wire.StateMessage;

/** The captures of one scenario, of the sync LAN and of others. */
final class Recording {

    private static final int IPPROTO_PFSYNC = 240;

    private final Path folder;
    private final Function<String, Release> players;
    private final List<Capture> parts = new ArrayList<>();
    private final Capture sync;

    /**
     * Reads the captures of the sync LAN.
     *
     * @param folder with the captures of the kernel
     * @param sync the names of the captures, which were made one after the other
     * @param players who plays a recorded kernel
     */
    Recording(Path folder, List<String> sync, Function<String, Release> players) throws IOException {
        this.folder = folder;
        this.players = players;
        for (String name : sync) {
            parts.add(Capture.read(folder.resolve(name)));
        }
        this.sync = new Capture(
                parts.stream().flatMap(part -> part.frames().stream()).toList());
    }

    /** Whether a moment is in one of the captures, or not later behind its end than ours may be. */
    boolean covers(Duration at, Duration later) {
        return parts.stream().anyMatch(part -> {
            long nanos = start() + at.toNanos();
            return nanos >= part.frames().getFirst().nanos() - later.toNanos()
                    && nanos <= part.frames().getLast().nanos() + later.toNanos();
        });
    }

    /** Who plays a recorded kernel, such as {@code openbsd-4.6}: its persona, or another in its place. */
    Release release(String kernel) {
        return players.apply(kernel);
    }

    /** Another capture of the same scenario. */
    Capture other(String name) throws IOException {
        return Capture.read(folder.resolve(name));
    }

    Capture sync() {
        return sync;
    }

    /** The time of the first frame of pfsync, from which times count. */
    long start() {
        return sync.frames().stream()
                .filter(frame -> pfsync(frame.bytes()))
                .findFirst()
                .orElseThrow()
                .nanos();
    }

    private static boolean pfsync(byte[] frame) {
        return frame.length >= Ethernet.HEADER + Ip.IPV4_HEADER
                && Ethernet.type(frame) == Ethernet.IPV4
                && Ip.protocol(frame) == IPPROTO_PFSYNC;
    }

    /** The frames of pfsync from some senders, each read in its sender's dialect. */
    List<SyncFrame> frames(Function<String, Dialect> dialects) {
        List<SyncFrame> frames = new ArrayList<>();
        for (Capture.Frame frame : sync.frames()) {
            if (pfsync(frame.bytes())) {
                Dialect dialect = dialects.apply(Ip.source(frame.bytes()).toString());
                if (dialect != null) {
                    SyncFrame.of(dialect, Duration.ofNanos(frame.nanos() - start()), frame.bytes())
                            .ifPresent(frames::add);
                }
            }
        }
        return frames;
    }

    /** A full state and when it was told. */
    record Told(Duration at, StateMessage state) {}

    /** The full states that were told, each time. */
    List<Told> states(Dialect dialect) {
        List<Told> states = new ArrayList<>();
        for (Capture.Frame frame : sync.frames()) {
            if (pfsync(frame.bytes())) {
                Duration at = Duration.ofNanos(frame.nanos() - start());
                for (SectionWalk.Section section : SectionWalk.of(dialect, Ip.packet(frame.bytes()))) {
                    section.messages().stream()
                            .filter(StateMessage.class::isInstance)
                            .forEach(message -> states.add(new Told(at, (StateMessage) message)));
                }
            }
        }
        return states;
    }
}
