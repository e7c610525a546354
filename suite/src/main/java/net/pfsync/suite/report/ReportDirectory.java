package net.pfsync.suite.report;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import net.pfsync.suite.evidence.EvidenceFiles;
import net.pfsync.suite.requirement.CaseOutcome;
import net.pfsync.suite.verdict.Verdict;

/**
 * The directory of a report, and who may be removed from it: only what an earlier run of this suite wrote.
 *
 * <pre>
 * summary.html        open this: what was tested, what is wrong, why it matters, with the evidence
 * report.html         every case with its steps (Allure)
 * requirements.html   the catalogue
 * faults.html         ways of being wrong, and the cases that notice each
 * badge.svg           the verdict as a badge
 * conformance.json    for programs
 * junit.xml           for build servers
 * allure-results/     for an Allure server
 * history/            what earlier runs came to; a new report in the same directory goes on with it
 * evidence/ID/METHOD/ exchange.pcap, ladder.txt, ladder.svg if it did not pass, tables, counters, console, repeat.txt
 * </pre>
 */
public final class ReportDirectory {

    private static final String MARKER = "conformance.json";
    private static final String MARK = "\"suite\" : \"pfsync conformance\"";
    private static final String EVIDENCE = "evidence";
    private static final String ALLURE = "allure-results";
    private static final String HISTORY = "history";
    private static final List<String> OURS = List.of(
            EVIDENCE,
            ALLURE,
            "report.html",
            "summary.html",
            "requirements.html",
            "faults.html",
            "badge.svg",
            "junit.xml",
            MARKER);

    private final Path directory;

    private ReportDirectory(Path directory) {
        this.directory = directory;
    }

    /**
     * Makes the directory ready: it exists, can be written, and holds nothing of an earlier report.
     *
     * @param directory where the report shall be
     * @return the directory
     * @throws ReportException if it cannot be written, or holds something that is not a report
     */
    public static ReportDirectory prepare(Path directory) throws ReportException {
        ReportDirectory report = new ReportDirectory(directory);
        try {
            Files.createDirectories(directory);
            report.requireOurs();
            for (String name : OURS) {
                remove(directory.resolve(name));
            }
            Files.writeString(directory.resolve(MARKER), "{\n  " + MARK + ",\n  \"complete\" : false\n}\n");
            Files.createDirectory(directory.resolve(EVIDENCE));
            Files.createDirectory(directory.resolve(ALLURE));
            return report;
        } catch (IOException e) {
            throw new ReportException("the report cannot be written to " + directory + ": " + reason(e)
                    + "; --report takes a directory that exists or can be made");
        }
    }

    private static String reason(IOException e) {
        return switch (e) {
            case FileAlreadyExistsException exists -> exists.getFile() + " is a file";
            case AccessDeniedException denied -> "permission denied at " + denied.getFile();
            case FileSystemException other ->
                (other.getReason() == null ? "error" : other.getReason()) + " at " + other.getFile();
            default -> e.toString();
        };
    }

    private void requireOurs() throws IOException, ReportException {
        Path marker = directory.resolve(MARKER);
        boolean ours = Files.isRegularFile(marker) && Files.readString(marker).contains(MARK);
        for (String name : OURS) {
            if (!ours && Files.exists(directory.resolve(name))) {
                throw new ReportException(directory.resolve(name)
                        + " is not of a report of this suite and would be overwritten; choose another --report");
            }
        }
    }

    private static void remove(Path path) throws IOException {
        if (!Files.exists(path)) {
            return;
        }
        try (Stream<Path> below = Files.walk(path)) {
            for (Path each : below.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(each);
            }
        }
    }

    /** Where the report is. */
    public Path path() {
        return directory;
    }

    /** Where Allure results go. */
    public Path allureResults() {
        return directory.resolve(ALLURE);
    }

    /**
     * The folder of a case, relative to the report.
     *
     * @param outcome a case that was run
     * @return the folder
     */
    public static String folder(CaseOutcome outcome) {
        return EVIDENCE + "/" + outcome.entry().id() + "/" + outcome.methodName();
    }

    /**
     * What a case leaves behind, as files.
     *
     * @param info what the run is about
     * @param outcome how the case ended
     * @return the content of each file by its name; none if the case was not run
     */
    public static Map<String, byte[]> files(RunInfo info, CaseOutcome outcome) {
        if (outcome.evidence() == null) {
            return Map.of();
        }
        Map<String, byte[]> files = EvidenceFiles.of(outcome.evidence(), heading(info, outcome));
        if (outcome.verdict().againstTarget() || outcome.verdict() == Verdict.UNKNOWN) {
            files.put(EvidenceFiles.PICTURE, EvidenceFiles.picture(outcome.evidence()));
        }
        if (!outcome.trouble().isEmpty()) {
            files.put("trouble.txt", outcome.trouble().getBytes(StandardCharsets.UTF_8));
        }
        return files;
    }

    /**
     * Writes the folder of a case.
     *
     * @param info what the run is about
     * @param outcome how the case ended
     * @return the evidence that was written, by its file's name; none if the case was not run
     */
    Map<String, byte[]> keep(RunInfo info, CaseOutcome outcome) {
        Map<String, byte[]> files = files(info, outcome);
        if (files.isEmpty()) {
            return files;
        }
        try {
            Path folder = Files.createDirectories(directory.resolve(folder(outcome)));
            for (Map.Entry<String, byte[]> file : files.entrySet()) {
                Files.write(folder.resolve(file.getKey()), file.getValue());
            }
            Files.writeString(
                    folder.resolve("repeat.txt"), info.repeat(outcome.entry().id()) + "\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return files;
    }

    private static String heading(RunInfo info, CaseOutcome outcome) {
        StringBuilder text = new StringBuilder();
        text.append(outcome.entry().id())
                .append("  ")
                .append(outcome.entry().sentence())
                .append('\n');
        text.append(outcome.verdict()).append('\n');
        if (!outcome.expected().isEmpty()) {
            text.append("  expected  ").append(outcome.expected()).append('\n');
        }
        if (!outcome.observed().isEmpty()) {
            text.append("  observed  ").append(outcome.observed()).append('\n');
        }
        if (!outcome.where().isEmpty()) {
            text.append("  where     ").append(outcome.where()).append('\n');
        }
        text.append("release ").append(info.spoken()).append(", lab ").append(info.arena());
        text.append(", seed ").append(info.seed()).append("\n\n");
        return text.toString();
    }

    /** Puts what earlier runs came to where Allure looks for it. */
    void restoreHistory() throws IOException {
        Path history = directory.resolve(HISTORY);
        if (!Files.isDirectory(history)) {
            return;
        }
        Path restored = Files.createDirectories(allureResults().resolve(HISTORY));
        try (Stream<Path> files = Files.list(history)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Files.copy(file, restored.resolve(file.getFileName()), StandardCopyOption.REPLACE_EXISTING);
            }
        }
    }

    /** Keeps what the runs came to, this one included. */
    void keepHistory(Map<String, byte[]> files) throws IOException {
        Path history = Files.createDirectories(directory.resolve(HISTORY));
        for (Map.Entry<String, byte[]> file : files.entrySet()) {
            Files.write(history.resolve(file.getKey()), file.getValue());
        }
    }

    /**
     * Writes a file of the report.
     *
     * @param name its name
     * @param content its text
     */
    void write(String name, String content) {
        try {
            Files.writeString(directory.resolve(name), content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
