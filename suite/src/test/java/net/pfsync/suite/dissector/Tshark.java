package net.pfsync.suite.dissector;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/** Debian's tshark with the dissector. */
final class Tshark {

    private static final Path DISSECTOR = Path.of("../fixtures/wireshark/pfsync.lua");

    /** What is no field of the codec: groups, and what the dissector adds. */
    private static final Set<String> ADDED = Set.of(
            "", "pfsync.section", "pfsync.message", "pfsync.group", "pfsync.dialect", "pfsync.addr", "pfsync.addr_v6");

    private static final Set<String> EXPERTS =
            Set.of("pfsync.malformed", "pfsync.out_of_range", "pfsync.bad_ttl", "pfsync.bad_version");

    private Tshark() {}

    /**
     * A field of a frame.
     *
     * @param position in the frame
     * @param show its value as tshark prints it
     * @param value its bytes in hexadecimal
     */
    record Shown(String name, int position, int size, String show, String value) {}

    /** A frame: its fields in order, and the expert information. */
    record Dissected(List<Shown> fields, Set<String> experts) {}

    /** Dissects a capture and returns the fields of pfsync of each frame. */
    static List<Dissected> dissect(Path capture, String... options) throws IOException, InterruptedException {
        try (InputStream pdml = run(
                capture,
                Stream.concat(Stream.of(options), Stream.of("-T", "pdml", "-J", "pfsync"))
                        .toArray(String[]::new))) {
            return parse(XMLInputFactory.newDefaultFactory().createXMLStreamReader(pdml));
        } catch (XMLStreamException e) {
            throw new IOException("tshark's PDML", e);
        }
    }

    /** The output of tshark; what it says on its error output must be nothing but that it is root. */
    static InputStream run(Path capture, String... options) throws IOException, InterruptedException {
        List<String> command =
                new ArrayList<>(List.of("tshark", "-X", "lua_script:" + DISSECTOR, "-r", capture.toString()));
        command.addAll(List.of(options));
        Path out = Files.createTempFile("tshark", ".out");
        Path err = Files.createTempFile("tshark", ".err");
        try {
            Process process = new ProcessBuilder(command)
                    .redirectOutput(out.toFile())
                    .redirectError(err.toFile())
                    .start();
            assertThat(process.waitFor()).isZero();
            assertThat(Files.readAllLines(err))
                    .filteredOn(line -> !line.contains("Running as user \"root\""))
                    .isEmpty();
            return new java.io.ByteArrayInputStream(Files.readAllBytes(out));
        } finally {
            Files.delete(out);
            Files.delete(err);
        }
    }

    private static List<Dissected> parse(XMLStreamReader xml) throws XMLStreamException {
        List<Dissected> frames = new ArrayList<>();
        while (xml.hasNext()) {
            if (xml.next() != XMLStreamConstants.START_ELEMENT) {
                continue;
            }
            String name = xml.getAttributeValue(null, "name");
            if (xml.getLocalName().equals("packet")) {
                frames.add(new Dissected(new ArrayList<>(), new TreeSet<>()));
            } else if (xml.getLocalName().equals("field") && name.startsWith("pfsync.")) {
                String size = xml.getAttributeValue(null, "size");
                if (EXPERTS.contains(name)) {
                    frames.getLast().experts().add(name);
                } else if (!ADDED.contains(name)) {
                    frames.getLast()
                            .fields()
                            .add(new Shown(
                                    name,
                                    Integer.parseInt(xml.getAttributeValue(null, "pos")),
                                    Integer.parseInt(size),
                                    xml.getAttributeValue(null, "show"),
                                    xml.getAttributeValue(null, "value")));
                }
            }
        }
        return frames;
    }
}
