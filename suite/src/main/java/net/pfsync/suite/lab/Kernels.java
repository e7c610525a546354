package net.pfsync.suite.lab;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import net.pfsync.suite.evidence.Evidence.Snapshot;
import net.pfsync.suite.probe.Exchange;
import net.pfsync.suite.target.Adapter;
import net.pfsync.suite.target.Bench;
import net.pfsync.suite.target.Health;
import net.pfsync.suite.target.Health.Memory;
import net.pfsync.suite.verdict.Mismatch;

/** After a case every kernel must be as it was before: not booted anew, silent, not demoted, and without memory that it does not give back. */
final class Kernels {

    /** Longer than any first packet is held. */
    private static final Duration GIVEN_BACK = Duration.ofSeconds(2);

    private static final int LAST_WORDS = 3;

    /** What pfsync says about bulk transfers; whether it has to, their requirements ask. */
    private static final Pattern BULK = Pattern.compile(
            "pfsync: (bulk update .*|failed to receive bulk update|received (in)?valid bulk update .*)");

    private final Bench bench;
    private final Exchange exchange;
    private final boolean demotionIsSeen;

    Kernels(Bench bench, Exchange exchange, boolean demotionIsSeen) {
        this.bench = bench;
        this.exchange = exchange;
        this.demotionIsSeen = demotionIsSeen;
    }

    private Stream<Adapter> firewalls() {
        return Stream.concat(Stream.of(bench.target()), bench.peers().stream());
    }

    private static Optional<Snapshot> of(Adapter firewall, List<Snapshot> before) {
        return before.stream().filter(one -> one.name().equals(firewall.name())).findFirst();
    }

    /**
     * Whether a firewall went down and came back, so that nothing that it shows is what it was.
     *
     * @param before the firewalls when the case began
     * @return what was seen of it, in words
     */
    Optional<String> bootedAnew(List<Snapshot> before) {
        return firewalls()
                .flatMap(firewall -> of(firewall, before).stream().flatMap(then -> bootedAnew(firewall, then).stream()))
                .findFirst();
    }

    private static Optional<String> bootedAnew(Adapter firewall, Snapshot then) {
        Health now = firewall.health();
        if (now.boot().equals(then.health().boot())) {
            return Optional.empty();
        }
        List<String> words = now.messages();
        String last = String.join(" / ", words.subList(Math.max(0, words.size() - LAST_WORDS), words.size()));
        return Optional.of("firewall " + firewall.name() + " booted anew: it was up since "
                + then.health().boot() + ", now since " + now.boot() + (last.isEmpty() ? "" : "; it says: " + last));
    }

    /**
     * Checks the rest.
     *
     * @param before the firewalls when the case began
     * @throws Mismatch for the first kernel that is not as it was
     */
    void check(List<Snapshot> before) {
        firewalls().forEach(firewall -> of(firewall, before).ifPresent(then -> check(firewall, then)));
    }

    private void check(Adapter firewall, Snapshot then) {
        List<String> said = said(then.health().messages(), firewall.health().messages()).stream()
                .filter(line -> !BULK.matcher(line).matches())
                .toList();
        if (!said.isEmpty()) {
            throw new Mismatch(
                    "the kernel to have nothing to say",
                    String.join(" / ", said),
                    "messages of the kernel of " + firewall.name());
        }
        if (!exchange.until(() -> kept(firewall, then).isEmpty(), GIVEN_BACK)) {
            throw new Mismatch(
                    "all memory to be given back after the case",
                    String.join(", ", kept(firewall, then)),
                    "memory of " + firewall.name());
        }
        if (demotionIsSeen && !exchange.mayBeDemoted(firewall.name())) {
            int now = firewall.demotion("carp");
            if (now != then.demotion()) {
                throw new Mismatch(
                        "the demotion to be " + then.demotion() + " again after the case",
                        "demotion " + now,
                        "console of " + firewall.name());
            }
        }
    }

    /** What is new in a buffer of messages that forgets its oldest lines. */
    static List<String> said(List<String> before, List<String> now) {
        for (int gone = 0; gone <= before.size(); gone++) {
            List<String> rest = before.subList(gone, before.size());
            if (rest.size() <= now.size() && now.subList(0, rest.size()).equals(rest)) {
                return now.subList(rest.size(), now.size());
            }
        }
        return now;
    }

    private static List<String> kept(Adapter firewall, Snapshot then) {
        return firewall.health().memory().stream()
                .flatMap(now -> then.health().memory().stream()
                        .filter(was -> was.what().equals(now.what()) && now.amount() > was.amount() + now.swing())
                        .map(was -> grown(was, now)))
                .toList();
    }

    private static String grown(Memory was, Memory now) {
        return now.what() + ": " + was.amount() + " before, " + now.amount() + " after";
    }
}
