package net.pfsync.suite.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import net.pfsync.net.Ethernet;
import net.pfsync.suite.fault.NoticedFault;
import net.pfsync.suite.requirement.CaseOutcome;
import net.pfsync.suite.samples.Samples;
import net.pfsync.suite.target.ReleaseInfo;
import net.pfsync.suite.verdict.Verdict;
import net.pfsync.wire.Dialect;
import net.pfsync.wire.Frame;
import net.pfsync.wire.FrameDecoder;
import net.pfsync.wire.Kind;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;

/** One report of cases that end in every way, written once and read back in each of its forms. */
class ReportTest {

    private static final RunInfo INFO = new RunInfo(
            new ReleaseInfo("reference-v5", Dialect.of("v5-4.6"), "The protocol as intended."),
            List.of(),
            "embedded",
            "--lab lab.yaml --full='two firewalls'",
            1,
            false,
            "1.0",
            Instant.parse("2026-01-02T03:04:05Z"),
            "ci/pfsync check --seed 1");
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private static final Map<String, List<String>> CASES =
            Map.of("PFSYNC-SAMPLE-02", List.of("VerdictCases.failsBecauseSomethingElseComes"));

    private static final List<String> PAGES = List.of("summary.html", "requirements.html", "faults.html");

    @TempDir
    private static Path directory;

    @BeforeAll
    static void write() throws ReportException {
        RunReport report = new RunReport(INFO, ReportDirectory.prepare(directory), CASES);
        List<CaseOutcome> outcomes = new ArrayList<>(Samples.verdicts());
        for (CaseOutcome outcome : outcomes) {
            if (outcome.evidence() != null) {
                report.started(outcome.entry(), outcome.methodName());
            }
            report.finished(outcome);
        }
        report.finish(new RunResult(INFO, Samples.catalogue(), outcomes, false, Duration.ofMillis(1500)));
    }

    @Test
    void conformanceJsonHasEveryVerdictWithItsReason() throws IOException {
        JsonNode json = MAPPER.readTree(directory.resolve("conformance.json").toFile());

        assertThat(json.get("suite").asText()).isEqualTo("pfsync conformance");
        assertThat(json.get("complete").asBoolean()).isTrue();
        assertThat(json.get("release").asText()).isEqualTo("reference-v5");
        assertThat(json.get("dialect").asText()).isEqualTo("v5-4.6");
        assertThat(json.get("seed").asInt()).isEqualTo(1);
        assertThat(json.get("seconds").asDouble()).isEqualTo(1.5);
        assertThat(json.get("conclusion").asText()).isEqualTo("not conformant");
        assertThat(json.get("exit_code").asInt()).isEqualTo(1);
        assertThat(json.get("requirements_by_verdict").toString())
                .isEqualTo("{\"pass\":1,\"fail\":1,\"disagree\":1,\"unknown\":3,\"skipped\":2}");
        JsonNode failed = json.get("requirements").get(1);
        assertThat(failed.get("id").asText()).isEqualTo("PFSYNC-SAMPLE-02");
        assertThat(failed.get("sentence").asText()).isEqualTo("This one fails.");
        assertThat(failed.get("verdict").asText()).isEqualTo("fail");
        JsonNode case02 = failed.get("cases").get(0);
        assertThat(case02.get("expected").asText()).isEqualTo("BUS START at once");
        assertThat(case02.get("observed").asText()).startsWith("UPD_REQ ");
        assertThat(case02.get("where").asText()).isEqualTo("frames from a");
        assertThat(directory.resolve(case02.get("evidence").asText())).isDirectory();
        JsonNode skipped = json.get("requirements").get(4).get("cases").get(0);
        assertThat(skipped.get("reason").asText()).isEqualTo("does not apply to dialect v5-4.6");
        assertThat(skipped.has("evidence")).isFalse();
    }

    @Test
    void junitXmlIsWellFormedAndCountsWhatItHas() throws IOException, ParserConfigurationException, SAXException {
        Document document = DocumentBuilderFactory.newDefaultInstance()
                .newDocumentBuilder()
                .parse(directory.resolve("junit.xml").toFile());
        Element root = document.getDocumentElement();

        assertThat(root.getTagName()).isEqualTo("testsuites");
        assertThat(root.getAttribute("tests")).isEqualTo("8");
        assertThat(root.getAttribute("failures")).isEqualTo("2");
        assertThat(root.getAttribute("errors")).isEqualTo("3");
        assertThat(root.getAttribute("skipped")).isEqualTo("2");
        assertThat(root.getElementsByTagName("testcase").getLength()).isEqualTo(8);
        NodeList failures = root.getElementsByTagName("failure");
        assertThat(failures.getLength()).isEqualTo(2);
        assertThat(((Element) failures.item(1)).getAttribute("type")).isEqualTo("DISAGREE");
        assertThat(failures.item(0).getTextContent())
                .contains(
                        "This one fails.", "expected: BUS START at once", "observed: UPD_REQ ", "evidence: evidence/");
        assertThat(root.getElementsByTagName("error").getLength()).isEqualTo(3);
        assertThat(root.getElementsByTagName("skipped").getLength()).isEqualTo(2);
    }

    @Test
    void allureHasAResultPerCaseWithLabelsAndAttachments() throws IOException {
        List<JsonNode> results = new ArrayList<>();
        try (Stream<Path> files = Files.list(directory.resolve("allure-results"))) {
            for (Path file : files.filter(each -> each.toString().endsWith("-result.json"))
                    .toList()) {
                results.add(MAPPER.readTree(file.toFile()));
            }
        }

        assertThat(results).hasSize(8);
        JsonNode failed = results.stream()
                .filter(result -> result.get("testCaseId").asText().equals("PFSYNC-SAMPLE-02"))
                .findFirst()
                .orElseThrow();
        assertThat(failed.get("status").asText()).isEqualTo("failed");
        assertThat(failed.get("statusDetails").get("message").asText())
                .startsWith("expected: BUS START at once\nobserved: UPD_REQ ");
        assertThat(failed.get("labels").findValuesAsText("name"))
                .contains("epic", "feature", "story", "severity", "parentSuite", "suite");
        assertThat(failed.get("attachments").findValuesAsText("name"))
                .containsExactly(
                        "ladder.txt",
                        "exchange.pcap",
                        "table-before.txt",
                        "table-after.txt",
                        "counters.txt",
                        "console.txt",
                        "ladder.svg");
        for (String source : failed.get("attachments").findValuesAsText("source")) {
            assertThat(directory.resolve("allure-results").resolve(source)).isNotEmptyFile();
        }
        assertThat(results)
                .extracting(result -> result.get("status").asText())
                .containsOnly("passed", "failed", "broken", "skipped");
    }

    @Test
    void theHtmlIsOneFileWithEveryCaseAndLoadsNothing() throws IOException {
        String html = Files.readString(directory.resolve("report.html"));

        assertThat(html).doesNotContain("src=\"http").doesNotContain("googletagmanager");
        Matcher suites = Pattern.compile("d\\('data/suites.json','([^']*)'\\)").matcher(html);
        assertThat(suites.find()).isTrue();
        JsonNode tree = MAPPER.readTree(Base64.getDecoder().decode(suites.group(1)));
        assertThat(tree.findValuesAsText("name"))
                .contains(
                        "PFSYNC-SAMPLE-01 passes",
                        "PFSYNC-SAMPLE-02 fails because something else comes",
                        "PFSYNC-SAMPLE-05 is about another dialect");
    }

    @Test
    void theCaptureHoldsEveryFrameOfTheLan() throws IOException {
        Path capture = directory.resolve("evidence/PFSYNC-SAMPLE-02/failsBecauseSomethingElseComes/exchange.pcap");
        ByteBuffer file = ByteBuffer.wrap(Files.readAllBytes(capture)).order(ByteOrder.LITTLE_ENDIAN);

        assertThat(file.getInt()).isEqualTo(0xa1b2c3d4);
        assertThat(file.getShort(20)).as("Ethernet").isEqualTo((short) 1);
        file.position(24);
        List<Frame> frames = new ArrayList<>();
        long before = 0;
        while (file.hasRemaining()) {
            long micros = file.getInt() * 1_000_000L + file.getInt();
            assertThat(micros).isGreaterThanOrEqualTo(before);
            before = micros;
            byte[] frame = new byte[file.getInt()];
            assertThat(file.getInt()).isEqualTo(frame.length);
            file.get(frame);
            frames.add(FrameDecoder.decode(Dialect.of("v5-4.6"), Ethernet.payload(frame)));
        }
        assertThat(frames).allSatisfy(frame -> assertThat(frame.problem()).isNull());
        assertThat(frames)
                .flatExtracting(Frame::messages)
                .extracting(message -> message.kind())
                .containsSubsequence(Kind.UPD_REQ, Kind.BUS, Kind.BUS, Kind.UPD_C, Kind.UPD_REQ);
    }

    @Test
    void theFolderOfACaseSaysHowToRepeatIt() throws IOException {
        Path folder = directory.resolve("evidence/PFSYNC-SAMPLE-02/failsBecauseSomethingElseComes");

        assertThat(folder.resolve("repeat.txt"))
                .hasContent("ci/pfsync check --lab lab.yaml --full='two firewalls' --case PFSYNC-SAMPLE-02 --seed 1");
        assertThat(folder.resolve("ladder.txt"))
                .content()
                .startsWith("""
                    PFSYNC-SAMPLE-02  This one fails.
                    FAIL
                      expected  BUS START at once
                    """)
                .contains("    0.0000  probe  -> all #4    UPD_C 7e57000000000001/7e570001 0:0\n")
                .contains("    0.0001  a      -> all #5    UPD_REQ 7e57000000000001/7e570001\n");
        assertThat(folder.resolve("counters.txt")).content().containsPattern("ipackets +2 +3 +\\+1\n");
        assertThat(folder.resolve("table-after.txt")).hasContent("firewall a: 0 states");
        assertThat(directory.resolve("evidence/PFSYNC-SAMPLE-07/isAtFaultItself/trouble.txt"))
                .content()
                .startsWith("java.lang.IllegalArgumentException: a checksum of 3 bytes instead of 16\n");
    }

    /** From a failure to the sentence, its source, the frames and the command, without a detour. */
    @Test
    void theSummaryLeadsFromAFailureToItsSourceItsFramesAndItsCommand() throws IOException {
        String page = Files.readString(directory.resolve("summary.html"));

        String article = between(page, "<article class=\"requirement is-fail\" id=\"PFSYNC-SAMPLE-02\">", "</article>");
        assertThat(page).contains("<a href=\"#PFSYNC-SAMPLE-02\"").contains("<strong>Not conformant</strong>");
        assertThat(article)
                .contains("<h3>This one fails.</h3>")
                .contains("<dd>BUS START at once</dd>")
                .contains("UPD_REQ 7e57000000000001/7e570001")
                .contains("ci/pfsync check --lab lab.yaml --full=&#39;two firewalls&#39; --case PFSYNC-SAMPLE-02 --seed"
                        + " 1")
                .contains("<span class=\"soft\">(later)</span>");
        List<String> links = matches(article, "(?:href|src)=\"([^\"#]*)[\"#]");
        assertThat(links)
                .anyMatch(link -> link.endsWith("exchange.pcap"))
                .allSatisfy(link -> assertThat(directory.resolve(link)).exists());
        assertThat(Files.readString(directory.resolve("requirements.html")))
                .contains("<article class=\"requirement\" id=\"PFSYNC-SAMPLE-02\">")
                .contains("VerdictCases.failsBecauseSomethingElseComes");
    }

    /** Every link of every page leads to a file that is there, and to a place that is in it. */
    @Test
    void noLinkLeadsNowhere() throws IOException {
        for (String name : PAGES) {
            String page = Files.readString(directory.resolve(name));
            List<String> links = matches(page, "(?:href|src)=\"([^\"]*)\"");
            assertThat(links).as(name).isNotEmpty().allSatisfy(link -> leadsSomewhere(name, link));
        }
    }

    private static void leadsSomewhere(String from, String link) throws IOException {
        String[] parts = link.split("#", 2);
        Path file = directory.resolve(parts[0].isEmpty() ? from : parts[0]);
        assertThat(file).exists();
        if (parts.length > 1) {
            assertThat(Files.readString(file)).as(link).contains(" id=\"" + parts[1] + "\"");
        }
    }

    /** First click: the failure in the list. Second: its frames, or its requirement. Third: the faults that show that its cases can fail. */
    @Test
    void anOutsiderNeedsThreeClicksFromAFailureToEverythingAboutIt() throws IOException {
        String summary = Files.readString(directory.resolve("summary.html"));
        String list = between(summary, "<table class=\"overview\">", "</table>");
        assertThat(list).contains("href=\"#PFSYNC-SAMPLE-02\"");

        String article =
                between(summary, "<article class=\"requirement is-fail\" id=\"PFSYNC-SAMPLE-02\">", "</article>");
        String requirement =
                matches(article, "href=\"(requirements.html#[^\"]*)\"").getFirst();
        String ladder = matches(article, "href=\"([^\"]*ladder.txt)\"").getFirst();
        String frames = matches(article, "href=\"([^\"]*exchange.pcap)\"").getFirst();
        String command = matches(article, "<code class=\"command\">([^<]*)<").getFirst();

        assertThat(directory.resolve(ladder)).content().contains("UPD_REQ 7e57000000000001/7e570001");
        assertThat(directory.resolve(frames)).isNotEmptyFile();
        assertThat(command).contains("--case PFSYNC-SAMPLE-02 --seed 1");
        String id = requirement.substring(requirement.indexOf('#') + 1);
        String sentence = between(
                Files.readString(directory.resolve("requirements.html")),
                "<article class=\"requirement\" id=\"" + id + "\">",
                "</article>");
        assertThat(sentence).contains("<h3>This one fails.</h3>", "<dt>Source</dt><dd>nothing");
    }

    @Test
    void thePageOfFaultsHasEachWithTheCasesThatNoticeIt() throws IOException {
        String page = Files.readString(directory.resolve("faults.html"));

        String row = between(page, "<tr id=\"TABLE_HIDES_NEWEST-reference-v6\">", "</tr>");
        assertThat(row).contains("does not show the newest state", "PFSYNC-INS-01", "takesAStateThatIsNew", "disagree");
        for (NoticedFault fault : NoticedFault.all()) {
            assertThat(page).contains("<tr id=\"" + FaultsPage.anchor(fault) + "\">");
        }
    }

    @Test
    void noPageNeedsScriptsOrLoadsAnything() throws IOException {
        for (String name : PAGES) {
            assertThat(Files.readString(directory.resolve(name)))
                    .startsWith("<!DOCTYPE html>")
                    .doesNotContain("<script")
                    .doesNotContain("http:")
                    .doesNotContain("https:")
                    .doesNotContain("@import");
        }
    }

    @Test
    void whatCameFromTheWireIsTextInThePages() {
        CaseOutcome sound = Samples.verdicts().stream()
                .filter(outcome -> outcome.verdict() == Verdict.FAIL)
                .findFirst()
                .orElseThrow();
        CaseOutcome hostile = new CaseOutcome(
                sound.entry(),
                sound.className(),
                sound.methodName(),
                Verdict.FAIL,
                "<script>alert(1)</script>",
                "\"><img src=x>",
                "&",
                sound.time(),
                1,
                "",
                sound.evidence());

        String page =
                SummaryPage.of(new RunResult(INFO, Samples.catalogue(), List.of(hostile), false, Duration.ofMillis(1)));

        assertThat(page)
                .contains("&lt;script&gt;alert(1)&lt;/script&gt;", "&quot;&gt;&lt;img src=x&gt;")
                .doesNotContain("<script", "<img src=x");
    }

    @Test
    void theBadgeSaysWhatTheRunCameTo() throws IOException, ParserConfigurationException, SAXException {
        Document badge = xml("badge.svg");

        assertThat(badge.getDocumentElement().getAttribute("aria-label"))
                .isEqualTo("pfsync reference-v5: not conformant, 1 failed, 1 contradictory");
    }

    @Test
    void thePictureHasAnArrowForEachFrameOfTheLadder() throws IOException, ParserConfigurationException, SAXException {
        Document picture = xml("evidence/PFSYNC-SAMPLE-02/failsBecauseSomethingElseComes/ladder.svg");

        List<String> said = new ArrayList<>();
        NodeList texts = picture.getElementsByTagName("text");
        for (int i = 0; i < texts.getLength(); i++) {
            said.add(texts.item(i).getTextContent());
        }
        assertThat(said)
                .contains("probe", "a")
                .containsSubsequence(
                        "-5.0050",
                        "#1 UPD_REQ 0/0",
                        "0.0000",
                        "#4 UPD_C 7e57000000000001/7e570001 0:0",
                        "0.0001",
                        "#5 UPD_REQ 7e57000000000001/7e570001");
        assertThat(picture.getElementsByTagName("polygon").getLength()).isEqualTo(5);
        assertThat(directory.resolve("evidence/PFSYNC-SAMPLE-01/passes/ladder.svg"))
                .doesNotExist();
    }

    private static Document xml(String name) throws IOException, ParserConfigurationException, SAXException {
        return DocumentBuilderFactory.newDefaultInstance()
                .newDocumentBuilder()
                .parse(directory.resolve(name).toFile());
    }

    private static String between(String text, String from, String to) {
        int begin = text.indexOf(from);
        assertThat(begin).as(from).isNotNegative();
        return text.substring(begin, text.indexOf(to, begin));
    }

    private static List<String> matches(String text, String pattern) {
        return Pattern.compile(pattern)
                .matcher(text)
                .results()
                .map(found -> found.group(1))
                .filter(link -> !link.isEmpty())
                .toList();
    }
}
