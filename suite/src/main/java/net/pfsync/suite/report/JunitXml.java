package net.pfsync.suite.report;

import java.io.StringWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;
import net.pfsync.suite.catalogue.Area;
import net.pfsync.suite.requirement.CaseOutcome;
import net.pfsync.suite.verdict.Verdict;

/**
 * The report for build servers: one test suite per area, one test case per case. FAIL and DISAGREE are failures, UNKNOWN is an error, and all
 * say in their text what was expected and observed.
 */
final class JunitXml {

    private final RunResult result;
    private final XMLStreamWriter xml;
    private final StringWriter text = new StringWriter();

    private JunitXml(RunResult result) throws XMLStreamException {
        this.result = result;
        this.xml = XMLOutputFactory.newDefaultFactory().createXMLStreamWriter(text);
    }

    static String of(RunResult result) {
        try {
            JunitXml report = new JunitXml(result);
            report.write();
            return report.text.toString();
        } catch (XMLStreamException e) {
            throw new IllegalStateException(e);
        }
    }

    private void write() throws XMLStreamException {
        Map<Area, List<CaseOutcome>> areas = new LinkedHashMap<>();
        for (CaseOutcome outcome : result.outcomes()) {
            areas.computeIfAbsent(outcome.entry().area(), area -> new ArrayList<>())
                    .add(outcome);
        }
        xml.writeStartDocument("UTF-8", "1.0");
        newline();
        xml.writeStartElement("testsuites");
        xml.writeAttribute("name", "pfsync conformance of " + result.info().tested());
        counts(result.outcomes());
        xml.writeAttribute("time", String.valueOf(result.took().toMillis() / 1000.0));
        for (Map.Entry<Area, List<CaseOutcome>> area : areas.entrySet()) {
            suite(area.getKey(), area.getValue());
        }
        newline();
        xml.writeEndElement();
        newline();
        xml.writeEndDocument();
        xml.close();
    }

    private void counts(List<CaseOutcome> outcomes) throws XMLStreamException {
        xml.writeAttribute("tests", String.valueOf(outcomes.size()));
        xml.writeAttribute("failures", count(outcomes, Verdict.FAIL, Verdict.DISAGREE));
        xml.writeAttribute("errors", count(outcomes, Verdict.UNKNOWN));
        xml.writeAttribute("skipped", count(outcomes, Verdict.SKIPPED));
    }

    private static String count(List<CaseOutcome> outcomes, Verdict... verdicts) {
        return String.valueOf(outcomes.stream()
                .filter(one -> List.of(verdicts).contains(one.verdict()))
                .count());
    }

    private void suite(Area area, List<CaseOutcome> outcomes) throws XMLStreamException {
        newline();
        xml.writeStartElement("testsuite");
        xml.writeAttribute("name", area.title());
        counts(outcomes);
        xml.writeAttribute("timestamp", result.info().started().toString());
        xml.writeAttribute("time", "0");
        for (CaseOutcome outcome : outcomes) {
            testcase(outcome);
        }
        newline();
        xml.writeEndElement();
    }

    private void testcase(CaseOutcome outcome) throws XMLStreamException {
        newline();
        xml.writeStartElement("testcase");
        xml.writeAttribute("classname", "pfsync." + outcome.entry().area().name());
        xml.writeAttribute("name", outcome.entry().id() + " " + outcome.title());
        xml.writeAttribute("time", "0");
        switch (outcome.verdict()) {
            case FAIL, DISAGREE -> problem("failure", outcome);
            case UNKNOWN -> problem("error", outcome);
            case SKIPPED -> {
                xml.writeEmptyElement("skipped");
                xml.writeAttribute("message", printable(outcome.observed()));
            }
            case PASS -> {}
        }
        xml.writeEndElement();
    }

    private void problem(String element, CaseOutcome outcome) throws XMLStreamException {
        xml.writeStartElement(element);
        xml.writeAttribute(
                "type",
                outcome.verdict() == Verdict.DISAGREE
                        ? Verdict.DISAGREE.name()
                        : outcome.entry().level().name());
        xml.writeAttribute("message", printable(outcome.observed()));
        StringBuilder body = new StringBuilder(outcome.entry().sentence());
        if (!outcome.expected().isEmpty()) {
            body.append("\nexpected: ").append(outcome.expected());
        }
        body.append("\nobserved: ").append(outcome.observed());
        outcome.entry()
                .deviation(result.info().release().name())
                .ifPresent(known -> body.append("\nknown: ").append(known.how()));
        body.append("\nevidence: ").append(ReportDirectory.folder(outcome));
        body.append("\nrepeat: ")
                .append(result.info().repeat(outcome.entry().id()))
                .append('\n');
        xml.writeCharacters(printable(body.toString()));
        xml.writeEndElement();
    }

    /** XML has no way to write most control characters. */
    private static String printable(String text) {
        return text.replaceAll("[^\\t\\n\\r\\x20-\\uD7FF\\uE000-\\uFFFD]", "?");
    }

    private void newline() throws XMLStreamException {
        xml.writeCharacters("\n");
    }
}
