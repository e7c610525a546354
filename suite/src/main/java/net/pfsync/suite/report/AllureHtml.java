package net.pfsync.suite.report;

import io.qameta.allure.Extension;
import io.qameta.allure.Reader;
import io.qameta.allure.ReportGenerator;
import io.qameta.allure.allure2.Allure2Plugin;
import io.qameta.allure.category.CategoriesPlugin;
import io.qameta.allure.category.CategoriesTrendPlugin;
import io.qameta.allure.context.FreemarkerContext;
import io.qameta.allure.context.JacksonContext;
import io.qameta.allure.context.MarkdownContext;
import io.qameta.allure.context.RandomUidContext;
import io.qameta.allure.core.AttachmentsPlugin;
import io.qameta.allure.core.Configuration;
import io.qameta.allure.core.MarkdownDescriptionsPlugin;
import io.qameta.allure.core.Plugin;
import io.qameta.allure.core.TestsResultsPlugin;
import io.qameta.allure.duration.DurationPlugin;
import io.qameta.allure.duration.DurationTrendPlugin;
import io.qameta.allure.environment.Allure1EnvironmentPlugin;
import io.qameta.allure.executor.ExecutorPlugin;
import io.qameta.allure.history.HistoryPlugin;
import io.qameta.allure.history.HistoryTrendPlugin;
import io.qameta.allure.retry.RetryTrendPlugin;
import io.qameta.allure.severity.SeverityPlugin;
import io.qameta.allure.status.StatusChartPlugin;
import io.qameta.allure.suites.SuitesPlugin;
import io.qameta.allure.summary.SummaryPlugin;
import io.qameta.allure.tags.TagsPlugin;
import io.qameta.allure.timeline.TimelinePlugin;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Allure's report as one file that opens from disk.
 *
 * <p>Only the parts of Allure that this report shows are switched on; the one that reports its use to somebody is not among
 * them, and the page loads nothing from anywhere.
 */
final class AllureHtml {

    private static final String VERSION = "2.34.0";
    private static final Pattern HISTORY = Pattern.compile("d\\('history/([a-z-]+\\.json)','([A-Za-z0-9+/=]*)'\\)");
    private static final Pattern ANALYTICS =
            Pattern.compile("<script async src=\"https://www\\.googletagmanager[^>]*></script>");

    private AllureHtml() {}

    /** What Allure is put together from. */
    private record Parts(String name, List<Extension> extensions) implements Configuration {

        @Override
        public String getReportName() {
            return name;
        }

        @Override
        public String getVersion() {
            return VERSION;
        }

        @Override
        public String getUuid() {
            return VERSION;
        }

        @Override
        public String getReportLanguage() {
            return "en";
        }

        @Override
        public List<Plugin> getPlugins() {
            return List.of();
        }

        @Override
        public List<Extension> getExtensions() {
            return extensions;
        }
    }

    /**
     * Writes the report.
     *
     * @param name its title
     * @param environment what stands under "environment"
     * @param results a directory of Allure results
     * @param file the file to write
     * @return the history of the cases up to this run, by the files' names; the next report takes it from {@code history/} of its results
     * @throws IOException if it cannot be written
     */
    static Map<String, byte[]> write(String name, Map<String, String> environment, Path results, Path file)
            throws IOException {
        List<Extension> extensions = List.of(
                new JacksonContext(),
                new MarkdownContext(),
                new FreemarkerContext(),
                new RandomUidContext(),
                new MarkdownDescriptionsPlugin(),
                new TagsPlugin(),
                new SeverityPlugin(),
                new CategoriesPlugin(),
                new CategoriesTrendPlugin(),
                new DurationPlugin(),
                new DurationTrendPlugin(),
                new HistoryPlugin(),
                new HistoryTrendPlugin(),
                new RetryTrendPlugin(),
                new ExecutorPlugin(),
                new StatusChartPlugin(),
                new SuitesPlugin(),
                new TestsResultsPlugin(),
                new TimelinePlugin(),
                new AttachmentsPlugin(),
                new SummaryPlugin(),
                (Reader) (configuration, visitor, ignored) -> visitor.visitExtra("environment", environment),
                new Allure1EnvironmentPlugin(),
                new Allure2Plugin());
        Path directory = Files.createTempDirectory(file.toAbsolutePath().getParent(), ".html");
        try {
            new ReportGenerator(new Parts(name, extensions)).generateSingleFile(directory, List.of(results));
            String html = Files.readString(directory.resolve("index.html"));
            Files.writeString(file, ANALYTICS.matcher(html).replaceFirst(""));
            Files.delete(directory.resolve("index.html"));
            return history(html);
        } finally {
            Files.deleteIfExists(directory);
        }
    }

    /** The page carries its data in itself, the history among it. */
    private static Map<String, byte[]> history(String html) {
        Map<String, byte[]> files = new TreeMap<>();
        Matcher matcher = HISTORY.matcher(html);
        while (matcher.find()) {
            files.put(matcher.group(1), Base64.getDecoder().decode(matcher.group(2)));
        }
        return files;
    }
}
