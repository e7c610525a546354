package net.pfsync.suite.report;

import io.qameta.allure.DefaultConfiguration;
import io.qameta.allure.Extension;
import io.qameta.allure.ReportGenerator;
import io.qameta.allure.allure2.Allure2Plugin;
import io.qameta.allure.category.CategoriesPlugin;
import io.qameta.allure.context.FreemarkerContext;
import io.qameta.allure.context.JacksonContext;
import io.qameta.allure.context.MarkdownContext;
import io.qameta.allure.context.RandomUidContext;
import io.qameta.allure.context.ReportInfoContext;
import io.qameta.allure.core.AttachmentsPlugin;
import io.qameta.allure.core.MarkdownDescriptionsPlugin;
import io.qameta.allure.core.TestsResultsPlugin;
import io.qameta.allure.duration.DurationPlugin;
import io.qameta.allure.environment.Allure1EnvironmentPlugin;
import io.qameta.allure.severity.SeverityPlugin;
import io.qameta.allure.status.StatusChartPlugin;
import io.qameta.allure.suites.SuitesPlugin;
import io.qameta.allure.summary.SummaryPlugin;
import io.qameta.allure.tags.TagsPlugin;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;

/**
 * Allure's report as one file that opens from disk.
 *
 * <p>Only the parts of Allure that this report shows are switched on; the one that reports its use to somebody is not among
 * them.
 */
final class AllureHtml {

    private AllureHtml() {}

    /**
     * Writes the report.
     *
     * @param name its title
     * @param results a directory of Allure results
     * @param file the file to write
     * @throws IOException if it cannot be written
     */
    static void write(String name, Path results, Path file) throws IOException {
        List<Extension> extensions = List.of(
                new ReportInfoContext("2"),
                new JacksonContext(),
                new MarkdownContext(),
                new FreemarkerContext(),
                new RandomUidContext(),
                new MarkdownDescriptionsPlugin(),
                new TagsPlugin(),
                new SeverityPlugin(),
                new CategoriesPlugin(),
                new DurationPlugin(),
                new StatusChartPlugin(),
                new SuitesPlugin(),
                new TestsResultsPlugin(),
                new AttachmentsPlugin(),
                new SummaryPlugin(),
                new Allure1EnvironmentPlugin(),
                new Allure2Plugin());
        Path directory = Files.createTempDirectory(file.toAbsolutePath().getParent(), ".html");
        try {
            new ReportGenerator(new DefaultConfiguration(name, extensions, List.of()))
                    .generateSingleFile(directory, List.of(results));
            Files.move(directory.resolve("index.html"), file, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(directory);
        }
    }
}
