package net.pfsync.suite.cli;

import java.io.Closeable;
import java.io.IOException;
import java.io.PrintWriter;
import net.pfsync.pcap.PcapTap;
import net.pfsync.suite.capture.CaptureReader;
import net.pfsync.suite.capture.CapturedFrame;
import net.pfsync.suite.capture.LiveCapture;
import net.pfsync.suite.capture.SyncPackets;

/** Frames from a file or from an interface, and what differs between the two. */
abstract sealed class PacketSource implements SyncPackets.FrameInput, Closeable {

    /** How many packets may be read ahead: on an interface none, because a line would wait for the next one. */
    abstract int ahead();

    /** Whether the next frame is not there yet, so that what is known should be shown. */
    abstract boolean idle();

    /** Has {@link #next} return null soon; called on any thread. */
    abstract void end();

    /** How far a file was read, bytes. */
    long position() {
        return 0;
    }

    /** What is said when all is ready: that packets are waited for. */
    void welcome(PrintWriter err) {}

    /** What is said when all is over: how much an interface lost. */
    void farewell(PrintWriter err) {}

    /** A capture file. */
    static final class OfFile extends PacketSource {

        private final CaptureReader reader;
        private volatile boolean ended;

        OfFile(CaptureReader reader) {
            this.reader = reader;
        }

        @Override
        public CapturedFrame next() throws IOException {
            return ended ? null : reader.next();
        }

        @Override
        int ahead() {
            return SyncPackets.OF_A_FILE;
        }

        @Override
        boolean idle() {
            return false;
        }

        @Override
        void end() {
            ended = true;
        }

        @Override
        long position() {
            return reader.position();
        }

        @Override
        public void close() throws IOException {
            reader.close();
        }
    }

    /** An interface. */
    static final class OfInterface extends PacketSource {

        private final String name;
        private final LiveCapture live;

        OfInterface(String name, LiveCapture live) {
            this.name = name;
            this.live = live;
        }

        @Override
        void welcome(PrintWriter err) {
            err.println("listening on " + name + "; Ctrl-C ends it");
            err.flush();
        }

        @Override
        public CapturedFrame next() throws IOException {
            return live.next();
        }

        @Override
        int ahead() {
            return 1;
        }

        @Override
        boolean idle() {
            return live.idle();
        }

        @Override
        void end() {
            live.end();
        }

        /** As tcpdump says it. */
        @Override
        void farewell(PrintWriter err) {
            PcapTap.Losses losses = live.losses();
            err.println(counted(live.frames()) + " captured");
            err.println(counted(losses.received()) + " received by filter");
            err.println(counted(losses.droppedByKernel()) + " dropped by kernel");
            if (losses.droppedByInterface() > 0) {
                err.println(counted(losses.droppedByInterface()) + " dropped by interface");
            }
            err.flush();
        }

        private static String counted(long packets) {
            return packets + (packets == 1 ? " packet" : " packets");
        }

        @Override
        public void close() {
            live.close();
        }
    }
}
