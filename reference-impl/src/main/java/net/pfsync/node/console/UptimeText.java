package net.pfsync.node.console;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import net.pfsync.node.Firewall;

/** What {@code uptime} prints, for a system on which nobody is logged in and nobody counts the load. Times are UTC. */
final class UptimeText {

    private static final DateTimeFormatter CLOCK =
            DateTimeFormatter.ofPattern("h:mma", Locale.ROOT).withZone(ZoneOffset.UTC);
    private static final int CLOCK_WIDTH = 7;
    private static final long MINUTE = 60;
    private static final long HOUR = 60 * MINUTE;
    private static final long DAY = 24 * HOUR;
    /** The minutes are rounded. */
    private static final long HALF_A_MINUTE = 30;

    private UptimeText() {}

    static String of(Firewall firewall) {
        long up = firewall.uptimeSeconds();
        String now = CLOCK.format(Instant.ofEpochSecond(firewall.bootEpochSeconds() + up));
        return " ".repeat(CLOCK_WIDTH - now.length()) + now + (up < MINUTE ? "" : " " + span(up + HALF_A_MINUTE))
                + " 0 users, no load average information available\n";
    }

    private static String span(long up) {
        long days = up / DAY;
        long hours = up % DAY / HOUR;
        long minutes = up % HOUR / MINUTE;
        StringBuilder text = new StringBuilder(" up");
        if (days > 0) {
            text.append(' ').append(days).append(days == 1 ? " day," : " days,");
        }
        if (hours > 0 && minutes > 0) {
            return text.append(String.format(Locale.ROOT, " %2d:%02d,", hours, minutes))
                    .toString();
        }
        if (hours > 0) {
            text.append(' ').append(hours).append(hours == 1 ? " hr," : " hrs,");
        } else if (minutes > 0) {
            text.append(' ').append(minutes).append(minutes == 1 ? " min," : " mins,");
        }
        return text.toString();
    }
}
