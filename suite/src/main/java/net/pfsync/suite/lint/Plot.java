package net.pfsync.suite.lint;

import java.util.List;
import java.util.Locale;

/** Values over time as SVG, with axes and units. Drawn here so that the page needs no library and no display. */
final class Plot {

    private static final int WIDTH = 960;
    private static final int HEIGHT = 240;
    private static final int LEFT = 80;
    private static final int RIGHT = 130;
    private static final int TOP = 12;
    private static final int BOTTOM = 44;
    private static final int TICKS = 5;
    private static final String[] COLOURS = {
        "#2f6db5", "#d9822b", "#2c8a57", "#b3393b", "#7a5bb0", "#8a6a4f", "#c65a9b", "#6d7683", "#a8a02c", "#2fa3b5",
        "#111111"
    };

    private Plot() {}

    /** A row of values, one for each span. */
    record Series(String name, List<Double> values) {

        Series {
            values = List.copyOf(values);
        }

        double highest() {
            return values.stream().mapToDouble(Double::doubleValue).max().orElse(0);
        }
    }

    /**
     * Bars, those of one span on top of each other.
     *
     * @param unit of the values
     * @param width seconds of a span
     */
    static String stacked(String title, String unit, double width, List<Series> series) {
        int spans = series.isEmpty() ? 0 : series.getFirst().values().size();
        double[] sums = new double[spans];
        series.forEach(each -> {
            for (int i = 0; i < spans; i++) {
                sums[i] += each.values().get(i);
            }
        });
        double top = nice(java.util.Arrays.stream(sums).max().orElse(0));
        StringBuilder svg = begin(title, unit, width, spans, top);
        double[] base = new double[spans];
        double step = plotWidth() / (double) Math.max(1, spans);
        for (int s = 0; s < series.size(); s++) {
            StringBuilder path = new StringBuilder();
            for (int i = 0; i < spans; i++) {
                double value = series.get(s).values().get(i);
                if (value > 0) {
                    double y = y(base[i] + value, top);
                    path.append("M%.1f %.1fh%.2fv%.1fh-%.2fz"
                            .formatted(LEFT + i * step, y, step, y(base[i], top) - y, step));
                    base[i] += value;
                }
            }
            svg.append("<path d=\"")
                    .append(path)
                    .append("\" fill=\"")
                    .append(colour(s))
                    .append("\"/>\n");
        }
        return end(svg, series);
    }

    /** Lines, a step for each span. */
    static String lines(String title, String unit, double width, List<Series> series) {
        int spans = series.getFirst().values().size();
        double highest = series.stream().mapToDouble(Series::highest).max().orElse(0);
        boolean whole = series.stream().flatMap(each -> each.values().stream()).allMatch(value -> value % 1 == 0);
        // Things that are counted have no fifths.
        double top = nice(whole && highest > 0 ? Math.max(TICKS, highest) : highest);
        StringBuilder svg = begin(title, unit, width, spans, top);
        double step = plotWidth() / (double) Math.max(1, spans);
        for (int s = 0; s < series.size(); s++) {
            StringBuilder path = new StringBuilder();
            for (int i = 0; i < spans; i++) {
                path.append(
                        i == 0
                                ? "M%.1f %.1f"
                                        .formatted(
                                                (double) LEFT,
                                                y(series.get(s).values().get(i), top))
                                : "V%.1f".formatted(y(series.get(s).values().get(i), top)));
                path.append("H%.1f".formatted(LEFT + (i + 1) * step));
            }
            svg.append("<path d=\"").append(path).append("\" fill=\"none\" stroke-width=\"1.6\" stroke=\"");
            svg.append(colour(s)).append("\"/>\n");
        }
        return end(svg, series);
    }

    /** The next 1, 2 or 5 times a power of ten. */
    static double nice(double value) {
        if (value <= 0) {
            return 1;
        }
        double power = Math.pow(10, Math.floor(Math.log10(value)));
        for (double factor : new double[] {1, 2, 5}) {
            if (value <= factor * power) {
                return factor * power;
            }
        }
        return 10 * power;
    }

    private static StringBuilder begin(String title, String unit, double width, int spans, double top) {
        StringBuilder svg = new StringBuilder("<figure><figcaption>").append(escaped(title));
        svg.append("</figcaption>\n<svg viewBox=\"0 0 %d %d\" role=\"img\" aria-label=\"%s\">\n"
                .formatted(WIDTH, HEIGHT, escaped(title)));
        for (int i = 0; i <= TICKS; i++) {
            double value = top * i / TICKS;
            double y = y(value, top);
            svg.append("<path d=\"M%d %.1fH%d\" stroke=\"#e3e8ee\"/>".formatted(LEFT, y, WIDTH - RIGHT));
            svg.append("<text x=\"%d\" y=\"%.1f\" text-anchor=\"end\">%s</text>\n"
                    .formatted(LEFT - 8, y + 4, number(value)));
        }
        double length = width * spans;
        double step = nice(length / TICKS);
        for (double at = 0; at <= length * 1.0001; at += step) {
            double x = LEFT + plotWidth() * at / Math.max(length, 1e-9);
            svg.append("<path d=\"M%.1f %dv5\" stroke=\"#3b4756\"/>".formatted(x, HEIGHT - BOTTOM));
            svg.append("<text x=\"%.1f\" y=\"%d\" text-anchor=\"middle\">%s</text>\n"
                    .formatted(x, HEIGHT - BOTTOM + 18, number(at)));
        }
        svg.append("<path d=\"M%d %dV%dH%d\" fill=\"none\" stroke=\"#3b4756\"/>\n"
                .formatted(LEFT, TOP, HEIGHT - BOTTOM, WIDTH - RIGHT));
        svg.append("<text x=\"%d\" y=\"%d\" text-anchor=\"middle\">time since the first packet (s)</text>\n"
                .formatted(LEFT + plotWidth() / 2, HEIGHT - 6));
        int middle = TOP + (HEIGHT - TOP - BOTTOM) / 2;
        svg.append("<text x=\"16\" y=\"%d\" text-anchor=\"middle\" transform=\"rotate(-90 16 %d)\">%s</text>\n"
                .formatted(middle, middle, escaped(unit)));
        return svg;
    }

    private static String end(StringBuilder svg, List<Series> series) {
        for (int s = 0; s < series.size(); s++) {
            int y = TOP + 8 + 17 * s;
            svg.append("<rect x=\"%d\" y=\"%d\" width=\"11\" height=\"11\" fill=\"%s\"/>"
                    .formatted(WIDTH - RIGHT + 16, y - 9, colour(s)));
            svg.append("<text x=\"%d\" y=\"%d\">%s</text>\n"
                    .formatted(WIDTH - RIGHT + 33, y + 1, escaped(series.get(s).name())));
        }
        return svg.append("</svg></figure>\n").toString();
    }

    private static int plotWidth() {
        return WIDTH - LEFT - RIGHT;
    }

    private static double y(double value, double top) {
        return HEIGHT - BOTTOM - (HEIGHT - TOP - BOTTOM) * value / top;
    }

    private static String colour(int series) {
        return COLOURS[series % COLOURS.length];
    }

    /** Without digits that say nothing. */
    private static String number(double value) {
        String text = String.format(Locale.ROOT, value < 1 ? "%.3f" : "%.2f", value);
        return text.replaceFirst("\\.?0+$", "");
    }

    static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }
}
