package net.pfsync.suite.report;

import java.util.Map;
import net.pfsync.suite.verdict.Verdict;

/** The verdict as a small picture for a page of one's own. */
final class Badge {

    /** Half pixels of a letter of the badge's type. */
    private static final int LETTER_HALVES = 13;

    private static final int MARGIN = 12;

    private Badge() {}

    static String of(RunResult result) {
        String left = "pfsync " + result.info().tested();
        String right = result.conclusion().text();
        if (result.conclusion() == Conclusion.NOT_CONFORMANT) {
            long failed = result.requirements(Verdict.FAIL);
            long contradictory = result.requirements(Verdict.DISAGREE);
            right += (failed > 0 ? ", " + failed + " failed" : "")
                    + (contradictory > 0 ? ", " + contradictory + " contradictory" : "");
        }
        String colour = switch (result.conclusion()) {
            case CONFORMANT -> "#1a7f37";
            case NOT_CONFORMANT -> "#b3261e";
            default -> "#8a5a00";
        };
        int leftWidth = width(left);
        int rightWidth = width(right);
        return Page.of(
                "badge.ftlh",
                Map.of(
                        "left",
                        left,
                        "right",
                        right,
                        "colour",
                        colour,
                        "leftWidth",
                        leftWidth,
                        "rightWidth",
                        rightWidth));
    }

    private static int width(String text) {
        return text.length() * LETTER_HALVES / 2 + MARGIN;
    }
}
