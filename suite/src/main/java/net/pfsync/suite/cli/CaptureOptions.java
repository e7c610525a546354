package net.pfsync.suite.cli;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import net.pfsync.pcap.LinkException;
import net.pfsync.suite.capture.CaptureReader;
import net.pfsync.suite.capture.DialectFinder;
import net.pfsync.suite.capture.LiveCapture;
import net.pfsync.wire.Dialect;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Where packets come from and how they are read: what {@code dump}, {@code lint} and {@code watch} have in common. */
final class CaptureOptions {

    private static final String STANDARD_INPUT = "-";

    @ArgGroup(exclusive = true, multiplicity = "1")
    private From from;

    @Mixin
    private DialectOption dialect;

    /** The layout that is spoken. */
    static final class DialectOption {
        @Option(
                names = "--dialect",
                paramLabel = "D",
                description = "The layout that all senders speak, such as v5-4.6 or fbsd-1301; found out if not given.")
        private String dialect;

        /**
         * What tells the senders' dialects.
         *
         * @throws IllegalArgumentException if there is no such dialect
         */
        DialectFinder finder() {
            return dialect == null ? new DialectFinder() : new DialectFinder(Dialect.of(dialect));
        }
    }

    /** A file or an interface. */
    static final class From {
        @Option(
                names = {"-r", "--read"},
                paramLabel = "FILE",
                description = "The capture: pcap or pcapng, also compressed by gzip; - is standard input.")
        private String file;

        @Option(
                names = {"-i", "--interface"},
                paramLabel = "IF",
                description = "The interface to listen on, such as eth1, or any.")
        private String device;

        /** What the file or interface is called in messages. */
        String name() {
            return live() ? device : standardInput() ? "standard input" : file;
        }

        /** Whether packets come as they pass. */
        boolean live() {
            return device != null;
        }

        /** Whether it is piped in. */
        boolean standardInput() {
            return !live() && file.equals(STANDARD_INPUT);
        }

        /**
         * Opens the capture or the interface.
         *
         * @throws IOException if there is no capture
         * @throws LinkException if the interface cannot be listened to
         */
        PacketSource open() throws IOException, LinkException {
            if (live()) {
                return new PacketSource.OfInterface(device, LiveCapture.open(device));
            }
            return new PacketSource.OfFile(
                    standardInput()
                            ? CaptureReader.open(name(), new KeptOpen(System.in))
                            : CaptureReader.open(Path.of(file)));
        }

        /** Bytes of the file, 0 if they are not known. */
        long size() {
            try {
                return live() || standardInput() ? 0 : Files.size(Path.of(file));
            } catch (IOException e) {
                return 0;
            }
        }
    }

    /** What the file or interface is called in messages. */
    String name() {
        return from.name();
    }

    /** Whether packets come as they pass. */
    boolean live() {
        return from.live();
    }

    /** Whether it is piped in. */
    boolean standardInput() {
        return from.standardInput();
    }

    /**
     * Opens the capture or the interface.
     *
     * @throws IOException if there is no capture
     * @throws LinkException if the interface cannot be listened to
     */
    PacketSource open() throws IOException, LinkException {
        return from.open();
    }

    /** Bytes of the file, 0 if they are not known. */
    long size() {
        return from.size();
    }

    /**
     * What tells the senders' dialects.
     *
     * @throws IllegalArgumentException if there is no such dialect
     */
    DialectFinder finder() {
        return dialect.finder();
    }

    /** Standard input is not ours to close. */
    private static final class KeptOpen extends FilterInputStream {

        KeptOpen(InputStream in) {
            super(in);
        }

        @Override
        public void close() {}
    }
}
