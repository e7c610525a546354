package net.pfsync.suite.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import net.pfsync.suite.catalogue.Area;
import net.pfsync.suite.catalogue.Catalogue;
import net.pfsync.suite.catalogue.Entry;
import net.pfsync.suite.catalogue.Untested;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code list}: the catalogue of requirements. */
@Command(name = "list", description = "Lists the catalogue of requirements.", mixinStandardHelpOptions = true)
final class ListCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @ParentCommand
    private Main main;

    @Option(names = "--json", description = "Everything about each requirement, for programs.")
    private boolean json;

    @Override
    public Integer call() throws JsonProcessingException {
        PrintWriter out = spec.commandLine().getOut();
        Catalogue catalogue = main.catalogue();
        if (json) {
            ObjectMapper mapper = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);
            out.println(mapper.writeValueAsString(catalogue.entries().stream()
                    .map(entry -> map(catalogue, entry))
                    .toList()));
        } else {
            catalogue.areas().forEach(area -> list(out, catalogue, area));
        }
        return 0;
    }

    private static void list(PrintWriter out, Catalogue catalogue, Area area) {
        List<Entry> entries = catalogue.entries().stream()
                .filter(entry -> entry.area().equals(area))
                .toList();
        out.println(area.title() + " (" + area.name() + ")");
        for (Entry entry : entries) {
            String mark = catalogue.untested(entry.id()).isPresent() ? "  [no case]" : "";
            out.printf("  %-16s %-6s  %s%s%n", entry.id(), entry.level(), entry.sentence(), mark);
        }
        out.println();
    }

    private static Map<String, Object> map(Catalogue catalogue, Entry entry) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("id", entry.id());
        map.put("area", entry.area().name());
        map.put("level", entry.level().name());
        map.put("severity", lower(entry.severity()));
        map.put("dialects", entry.dialects());
        map.put("sentence", entry.sentence());
        map.put("why", entry.why());
        map.put(
                "source",
                entry.sources().stream()
                        .map(source -> Map.of("rank", lower(source.rank()), "ref", source.ref()))
                        .toList());
        map.put("needs", entry.needs().stream().map(Object::toString).toList());
        map.put(
                "deviations",
                entry.deviations().stream()
                        .map(one -> Map.of(
                                "release", one.release(), "peer", one.peer(), "how", one.how(), "seen", one.seen()))
                        .toList());
        map.put("untested", catalogue.untested(entry.id()).map(Untested::reason).orElse(null));
        return map;
    }

    private static String lower(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }
}
