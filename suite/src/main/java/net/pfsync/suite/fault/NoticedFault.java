package net.pfsync.suite.fault;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A fault that the build showed to be noticed, as it stands in {@code fixtures/FAULTS.md}; a test holds that page to what the cases do.
 *
 * @param name what it is called
 * @param base the release that it is laid on
 * @param sentence what a firewall with it does
 * @param cases what notices it
 */
public record NoticedFault(String name, String base, String sentence, List<NoticingCase> cases) {

    private static final String PAGE = "/fixtures/FAULTS.md";
    private static final Pattern ROW =
            Pattern.compile("(?m)^\\| ([A-Z0-9_]+) \\| ([^|]+) \\| ([^|]+) \\| ([^|]+) \\|$");
    private static final Pattern CASE = Pattern.compile("(PFSYNC-[A-Z]+-[0-9]+) (\\w+)( \\(DISAGREE\\))?");

    /**
     * A case that notices a fault.
     *
     * @param id its requirement
     * @param method its method
     * @param disagree whether by a contradiction of console and wire
     */
    public record NoticingCase(String id, String method, boolean disagree) {}

    /** All faults of this suite, in the order of the page. */
    public static List<NoticedFault> all() {
        try (InputStream in = NoticedFault.class.getResourceAsStream(PAGE)) {
            return read(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Reads the table of a page.
     *
     * @param page as {@link FaultTable} writes it
     * @return its rows
     */
    static List<NoticedFault> read(String page) {
        List<NoticedFault> faults = new ArrayList<>();
        Matcher row = ROW.matcher(page);
        while (row.find()) {
            List<NoticingCase> cases = CASE.matcher(row.group(4))
                    .results()
                    .map(NoticedFault::noticing)
                    .toList();
            faults.add(new NoticedFault(row.group(1), row.group(2), row.group(3), cases));
        }
        return List.copyOf(faults);
    }

    private static NoticingCase noticing(MatchResult found) {
        return new NoticingCase(found.group(1), found.group(2), found.group(3) != null);
    }
}
