package net.pfsync.suite.cli;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import net.pfsync.suite.capture.CaptureReader;
import net.pfsync.suite.capture.DialectFinder;
import net.pfsync.wire.Dialect;
import picocli.CommandLine.Option;

/** Where packets come from and how they are read: what {@code dump} and {@code lint} have in common. */
final class CaptureOptions {

    private static final String STANDARD_INPUT = "-";

    @Option(
            names = {"-r", "--read"},
            required = true,
            paramLabel = "FILE",
            description = "The capture: pcap or pcapng, also compressed by gzip; - is standard input.")
    private String file;

    @Option(
            names = "--dialect",
            paramLabel = "D",
            description = "The layout that all senders speak, such as v5-4.6 or fbsd-1301; found out if not given.")
    private String dialect;

    /** What the file is called in messages. */
    String name() {
        return file.equals(STANDARD_INPUT) ? "standard input" : file;
    }

    /**
     * Opens the capture.
     *
     * @throws IOException if there is none
     */
    CaptureReader open() throws IOException {
        return file.equals(STANDARD_INPUT)
                ? CaptureReader.open(name(), new KeptOpen(System.in))
                : CaptureReader.open(Path.of(file));
    }

    /** Bytes of the file, 0 if they are not known. */
    long size() {
        try {
            return file.equals(STANDARD_INPUT) ? 0 : Files.size(Path.of(file));
        } catch (IOException e) {
            return 0;
        }
    }

    /**
     * What tells the senders' dialects.
     *
     * @throws IllegalArgumentException if there is no such dialect
     */
    DialectFinder finder() {
        return dialect == null ? new DialectFinder() : new DialectFinder(Dialect.of(dialect));
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
