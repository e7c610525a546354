package net.pfsync.suite.baseline;

import java.util.List;
import java.util.Locale;
import net.pfsync.suite.verdict.Verdict;
import org.snakeyaml.engine.v2.api.Dump;
import org.snakeyaml.engine.v2.api.DumpSettings;
import org.snakeyaml.engine.v2.common.FlowStyle;
import org.snakeyaml.engine.v2.common.ScalarStyle;

/** A baseline as its file has it. */
public final class BaselineText {

    private static final String HEAD = """
        # What RELEASE is known to do otherwise. 'ci/pfsync check --against baseline' fails on every change against it: a failure that is
        # not here, and a pass of something that is here. Written by 'ci/pfsync baseline write'.
        #
        #   id       the requirement
        #   verdict  what it comes to: fail (default), disagree or unknown
        #   reason   why; without it the file is not read
        #   source   where that is known from, for example the recorded case; or
        #   link     the page that says so

        """;

    private BaselineText() {}

    /**
     * Writes a baseline.
     *
     * @param release what it is of
     * @param exclusions what is known; a reason or source may be empty and then has to be filled in before the file can be read
     * @return the content of the file
     */
    public static String of(String release, List<Exclusion> exclusions) {
        StringBuilder text = new StringBuilder(HEAD.replace("RELEASE", release));
        if (exclusions.isEmpty()) {
            return text.append("[]\n").toString();
        }
        for (Exclusion exclusion : exclusions) {
            text.append("- id: ").append(exclusion.id()).append('\n');
            if (exclusion.verdict() != Verdict.FAIL) {
                text.append("  verdict: ")
                        .append(exclusion.verdict().name().toLowerCase(Locale.ROOT))
                        .append('\n');
            }
            text.append("  reason: ").append(quoted(exclusion.reason()));
            text.append("  source: ").append(quoted(exclusion.source()));
        }
        return text.toString();
    }

    /** In double quotes on one line, ended. */
    private static String quoted(String text) {
        DumpSettings settings = DumpSettings.builder()
                .setDefaultScalarStyle(ScalarStyle.DOUBLE_QUOTED)
                .setDefaultFlowStyle(FlowStyle.FLOW)
                .setSplitLines(false)
                .build();
        return new Dump(settings).dumpToString(text);
    }
}
