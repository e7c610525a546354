package net.pfsync.suite.preflight;

import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;

/** The clocks go the same: what logs and captures of several machines say can be laid side by side. */
final class ClockCheck implements Check {

    /** A console takes a while to answer. */
    private static final long MOST_SECONDS = 10;

    private final LongSupplier now;

    /** @param now this machine's clock, seconds since 1970 */
    ClockCheck(LongSupplier now) {
        this.now = now;
    }

    @Override
    public String name() {
        return "clock";
    }

    @Override
    public Finding look(Site site) {
        Map<String, Long> ahead = site.answers(firewall ->
                firewall.ask("date +%s").flatMap(ClockCheck::seconds).map(there -> there - now.getAsLong()));
        if (ahead.isEmpty()) {
            return Finding.cannotTell("no console shows the time");
        }
        String seen = "seconds ahead of this machine: " + Site.inARow(ahead);
        return ahead.values().stream().anyMatch(seconds -> Math.abs(seconds) > MOST_SECONDS)
                ? Finding.notOk(seen, "run ntpd on all of them and here")
                : Finding.ok(seen);
    }

    private static Optional<Long> seconds(String text) {
        String digits = text.strip();
        return digits.matches("\\d{1,12}") ? Optional.of(Long.valueOf(digits)) : Optional.empty();
    }
}
