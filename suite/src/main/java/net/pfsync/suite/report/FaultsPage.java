package net.pfsync.suite.report;

import java.util.List;
import java.util.Map;
import net.pfsync.suite.catalogue.Catalogue;
import net.pfsync.suite.fault.NoticedFault;

/** The faults that the cases were shown to notice: whoever doubts a pass sees what would have made it fail. */
final class FaultsPage {

    private FaultsPage() {}

    static String of(RunResult result, List<NoticedFault> faults) {
        Catalogue catalogue = result.catalogue();
        return Page.of(
                "faults.ftlh",
                Map.of(
                        "release",
                        result.info().tested(),
                        "version",
                        result.info().version(),
                        "faults",
                        faults.stream().map(fault -> row(fault, catalogue)).toList(),
                        "names",
                        faults.stream().map(NoticedFault::name).distinct().count()));
    }

    private static Map<String, Object> row(NoticedFault fault, Catalogue catalogue) {
        List<Map<String, Object>> cases = fault.cases().stream()
                .map(one -> Map.<String, Object>of(
                        "id",
                        one.id(),
                        "method",
                        one.method(),
                        "disagree",
                        one.disagree(),
                        "known",
                        catalogue.find(one.id()).isPresent()))
                .toList();
        return Map.of(
                "anchor",
                anchor(fault),
                "name",
                fault.name(),
                "base",
                fault.base(),
                "sentence",
                fault.sentence(),
                "cases",
                cases);
    }

    /** Its place on the page. */
    static String anchor(NoticedFault fault) {
        return fault.name() + "-" + fault.base().replace(' ', '-');
    }
}
