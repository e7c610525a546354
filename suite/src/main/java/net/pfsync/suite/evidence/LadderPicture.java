package net.pfsync.suite.evidence;

import java.io.StringWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/**
 * The ladder as a picture (SVG): a line per station, an arrow per frame, and what was said beside it.
 *
 * <pre>
 *  seconds    probe    a    b
 *   0.0000      o------>---->    #4 INS 7e57000000000001/7e570001
 *   0.0100                       suite: a state read back
 *   1.0000      <------o---->    #5 UPD_C 7e57000000000001/7e570001
 * </pre>
 *
 * <p>Of a long exchange the beginning and the end are drawn; the text has all of it.
 */
final class LadderPicture {

    private static final List<String> STATIONS = List.of("inside", "probe", "a", "b", "c", "outside");
    private static final Set<String> ON_THE_SYNC_LAN = Set.of("probe", "a", "b", "c");
    private static final int FIRST_RUNGS = 40;
    private static final int LAST_RUNGS = 120;
    private static final int TIME_WIDTH = 76;
    private static final int LANE_WIDTH = 62;
    private static final int TEXT_WIDTH = 720;
    private static final int LINE = 16;
    private static final int HEAD = 34;
    private static final int SHOWN_LETTERS = 104;
    private static final int LETTERS_OF_A_TITLE = 1000;
    private static final String LEGEND =
            "#n is frame n of exchange.pcap; an arrow is where it was sent, not that it came";
    private static final String STYLE = """
        text{font:12px ui-monospace,Menlo,Consolas,'DejaVu Sans Mono',monospace;fill:#1b1f24}
        .who{font-weight:bold;text-anchor:middle}
        .at{text-anchor:end;fill:#57606a}
        .note{fill:#57606a}
        .bad{fill:#a40e26;font-weight:bold}
        .lane{stroke:#c9d1d9;stroke-width:1}
        .wire{stroke:#0a4f9e;stroke-width:1.5}
        .head{fill:#0a4f9e}
        .event{fill:#57606a}
        """;

    private final Evidence evidence;
    private final List<Rung> rungs;
    private final List<String> stations;
    private final StringWriter text = new StringWriter();
    private final XMLStreamWriter svg;
    private int y = HEAD;

    private LadderPicture(Evidence evidence) throws XMLStreamException {
        this.evidence = evidence;
        this.rungs = shortened(Rungs.of(evidence));
        Set<String> present = rungs.stream()
                .flatMap(rung -> List.of(rung.who(), rung.receiver()).stream())
                .collect(Collectors.toSet());
        this.stations = STATIONS.stream()
                .filter(name -> present.contains(name) || name.equals("probe") || name.equals("a"))
                .toList();
        this.svg = XMLOutputFactory.newDefaultFactory().createXMLStreamWriter(text);
    }

    /**
     * Draws the ladder of a case.
     *
     * @param evidence what the case left behind
     * @return an SVG document
     */
    static String of(Evidence evidence) {
        try {
            LadderPicture picture = new LadderPicture(evidence);
            picture.draw();
            return picture.text.toString();
        } catch (XMLStreamException e) {
            throw new IllegalStateException(e);
        }
    }

    private static List<Rung> shortened(List<Rung> all) {
        int left = all.size() - FIRST_RUNGS - LAST_RUNGS;
        if (left <= 1) {
            return all;
        }
        Rung behind = all.get(FIRST_RUNGS - 1);
        List<Rung> shown = new ArrayList<>(all.subList(0, FIRST_RUNGS));
        shown.add(Rung.note(
                behind.at(),
                behind.position(),
                "suite",
                "... " + left + " lines are left out here; ladder.txt has all"));
        shown.addAll(all.subList(all.size() - LAST_RUNGS, all.size()));
        return shown;
    }

    private void draw() throws XMLStreamException {
        int width = TIME_WIDTH + LANE_WIDTH * stations.size() + TEXT_WIDTH;
        int height = HEAD
                + LINE / 2
                + rungs.stream().mapToInt(rung -> LINE * lines(rung).size()).sum();
        svg.writeStartElement("svg");
        svg.writeDefaultNamespace("http://www.w3.org/2000/svg");
        svg.writeAttribute("viewBox", "0 0 " + width + " " + height);
        svg.writeAttribute("width", String.valueOf(width));
        svg.writeAttribute("height", String.valueOf(height));
        svg.writeAttribute("role", "img");
        element("title", "Who sent which message when");
        element("style", STYLE);
        empty("rect", "width", width, "height", height, "fill", "#ffffff");
        words("at", TIME_WIDTH - 10, LINE, "seconds");
        words("note", TIME_WIDTH + LANE_WIDTH * stations.size() + 6, LINE, LEGEND);
        for (String station : stations) {
            words("who", x(station), LINE, station);
            empty("line", "class", "lane", "x1", x(station), "x2", x(station), "y1", LINE + 6, "y2", height);
        }
        for (Rung rung : rungs) {
            rung(rung);
        }
        svg.writeEndElement();
        svg.flush();
    }

    private int x(String station) {
        return TIME_WIDTH + LANE_WIDTH / 2 + LANE_WIDTH * stations.indexOf(station);
    }

    private static List<String> lines(Rung rung) {
        if (rung.isFrame()) {
            List<String> lines = new ArrayList<>(rung.said().isEmpty() ? List.of("no message") : rung.said());
            lines.set(0, "#" + rung.number() + " " + lines.get(0));
            return lines;
        }
        return List.of((rung.who().equals("suite") ? "" : rung.who() + ": ")
                + rung.said().get(0));
    }

    private void rung(Rung rung) throws XMLStreamException {
        int middle = y + LINE / 2;
        words("at", TIME_WIDTH - 10, y + LINE - 4, time(rung.at()));
        if (rung.isFrame()) {
            arrows(rung, middle);
        } else if (stations.contains(rung.who())) {
            empty("circle", "class", "event", "cx", x(rung.who()), "cy", middle, "r", 4);
        }
        String style = rung.isFrame() ? "" : "note";
        for (String line : lines(rung)) {
            boolean bad = line.startsWith("! ")
                    || line.startsWith("FAIL")
                    || line.startsWith("DISAGREE")
                    || line.startsWith("UNKNOWN");
            words(bad ? "bad" : style, TIME_WIDTH + LANE_WIDTH * stations.size() + 6, y + LINE - 4, line);
            y += LINE;
        }
    }

    private void arrows(Rung rung, int at) throws XMLStreamException {
        if (!stations.contains(rung.who())) {
            return;
        }
        int from = x(rung.who());
        empty("circle", "class", "head", "cx", from, "cy", at, "r", 3);
        for (String station : stations) {
            boolean hears =
                    rung.to().equals("one") ? station.equals(rung.receiver()) : ON_THE_SYNC_LAN.contains(station);
            if (hears && !station.equals(rung.who())) {
                int to = x(station);
                int back = to > from ? to - 8 : to + 8;
                empty("line", "class", "wire", "x1", from, "x2", back, "y1", at, "y2", at);
                String tip = to + "," + at + " " + back + "," + (at - 4) + " " + back + "," + (at + 4);
                empty("polygon", "class", "head", "points", tip);
            }
        }
    }

    private String time(Duration at) {
        return String.format("%.4f", at.minus(evidence.beginning()).toNanos() / 1e9);
    }

    /** Text at a place; what is too long is cut, and whole when it is pointed at. */
    private void words(String style, int x, int y, String words) throws XMLStreamException {
        svg.writeStartElement("text");
        if (!style.isEmpty()) {
            svg.writeAttribute("class", style);
        }
        svg.writeAttribute("x", String.valueOf(x));
        svg.writeAttribute("y", String.valueOf(y));
        String printable = words.replaceAll("[^\\x20-\\x7e]", "?");
        if (printable.length() <= SHOWN_LETTERS) {
            svg.writeCharacters(printable);
        } else {
            element("title", printable.substring(0, Math.min(printable.length(), LETTERS_OF_A_TITLE)));
            svg.writeCharacters(printable.substring(0, SHOWN_LETTERS - 3) + "...");
        }
        svg.writeEndElement();
        svg.writeCharacters("\n");
    }

    private void element(String name, String content) throws XMLStreamException {
        svg.writeStartElement(name);
        svg.writeCharacters(content);
        svg.writeEndElement();
    }

    private void empty(String name, Object... attributes) throws XMLStreamException {
        svg.writeEmptyElement(name);
        for (int i = 0; i < attributes.length; i += 2) {
            svg.writeAttribute(attributes[i].toString(), attributes[i + 1].toString());
        }
    }
}
