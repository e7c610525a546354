package net.pfsync.suite.replay;

import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import net.pfsync.net.Ipv4Address;
import net.pfsync.node.Firewall;
import net.pfsync.node.Settings;
import net.pfsync.release.Release;
import net.pfsync.sync.ConfigException;
import net.pfsync.sync.Pfsync;

/**
 * Brings a firewall into the situation in which a case begins, all but its states.
 *
 * <p>Unless the case says otherwise, pfsync0 is up and the bulk update it asked for is over: nobody answered, and it
 * gave up. If the machine was still waiting, it asked as long ago as recorded. If the first operation makes the
 * interface or brings it up, it does not exist, or is down.
 */
final class Situation {

    /** About when the machines were recorded. */
    private static final long EPOCH_SECONDS = 0x6b029dc4L;

    private static final int PEER_HOST_ID = 0xb2;
    private static final String WITH_PFCTL = "OpenBSD 7.6";
    private static final Duration LONGEST_BULK_WAIT = Duration.ofHours(1);
    private static final Duration USUAL_UPTIME = Duration.ofMinutes(1);
    private static final Set<String> MISC_OR_HIGHER = Set.of("misc", "loud", "noisy", "debug");
    private static final String NO_CHECKSUM = "00".repeat(16);

    private final RecordedCase recorded;
    private final Configuration configuration;
    private final Stage stage;

    private Situation(RecordedCase recorded, Stage stage) {
        this.recorded = recorded;
        this.configuration = recorded.configuration();
        this.stage = stage;
    }

    /**
     * Makes the machine of a case, in its situation.
     *
     * @throws ConfigException if the release refuses a setting of the case
     */
    static Stage of(Release release, RecordedCase recorded) throws ConfigException {
        Optional<ChosenStart> start = ChosenStart.of(recorded);
        Settings settings = settings(release, recorded)
                .statesBefore(start.map(ChosenStart::counter).orElse(0L));
        long epochSeconds = start.map(ChosenStart::seconds).orElse(EPOCH_SECONDS)
                + bootedBefore(recorded).toSeconds();
        Stage stage = new Stage(release, Machine.of(recorded), settings, recorded.configuration(), epochSeconds);
        new Situation(recorded, stage).arrange(release);
        return stage;
    }

    private static Settings settings(Release release, RecordedCase recorded) {
        Configuration configuration = recorded.configuration();
        Settings settings = Settings.of(release)
                .hostId(HexFormat.fromHexDigits(configuration.hostId()))
                .debugMisc(
                        configuration.pfDebug().filter(MISC_OR_HIGHER::contains).isPresent())
                .uptimeSeconds(bootedBefore(recorded).toSeconds())
                .timeouts(timeouts(release, configuration))
                .forwarding(true);
        configuration
                .rules()
                .map(words -> RecordedRules.parse(words, !recorded.kernel().equals(WITH_PFCTL)))
                .ifPresent(settings::rules);
        configuration.stateLimit().ifPresent(settings::stateLimit);
        settings.ruleset(
                configuration.ruleCount().orElse(1),
                HexFormat.of().parseHex(configuration.rulesetChecksum().orElse(NO_CHECKSUM)));
        return settings;
    }

    /** The timeouts in force, by index. */
    static int[] timeouts(Release release, Configuration configuration) {
        List<Integer> seconds =
                configuration.timeouts().isEmpty() ? release.defaults().timeouts() : configuration.timeouts();
        return seconds.stream().mapToInt(Integer::intValue).toArray();
    }

    /**
     * How long the machine had been up when it was configured, or when it asked for the bulk update it still waits for.
     */
    private static Duration bootedBefore(RecordedCase recorded) {
        return recorded.bulkWait()
                .flatMap(wait -> wait.uptime().map(uptime -> uptime.minus(wait.sinceRequest())))
                .filter(Duration::isPositive)
                .orElse(USUAL_UPTIME);
    }

    private void arrange(Release release) throws ConfigException {
        Duration booted = bootedBefore(recorded);
        stage.pass(booted.minusSeconds(booted.toSeconds()));
        if (configuration.peer().isPresent()) {
            Firewall peer = stage.addPeer(release, settings(release, recorded).hostId(PEER_HOST_ID));
            configure(peer.pfsync(), true);
        }
        boolean made = !firstStepIs(Step.Create.class::isInstance);
        boolean up = made && !firstStepIs(new Step.Up(true)::equals);
        if (made) {
            configure(stage.firewall().pfsync(), up);
        }
        if (recorded.bulkWait().isEmpty()) {
            Pfsync pfsync = stage.firewall().pfsync();
            if (!stage.passUntil(() -> !pfsync.waitingForBulk(), LONGEST_BULK_WAIT)) {
                throw new IllegalStateException("still waits for a bulk update after " + LONGEST_BULK_WAIT);
            }
            if (up && !configuration.pfsyncUp()) {
                pfsync.down();
            }
        }
        stage.firewall().enablePf(configuration.pfRunning());
    }

    /** Whether the first thing done to pfsync0 in the case is of some kind. */
    private boolean firstStepIs(Predicate<Step> kind) {
        return Timeline.of(recorded).events().stream()
                .flatMap(event -> event.steps().stream())
                .filter(step -> step instanceof Step.Create || step instanceof Step.Destroy || step instanceof Step.Up)
                .findFirst()
                .filter(kind)
                .isPresent();
    }

    private void configure(Pfsync pfsync, boolean up) throws ConfigException {
        pfsync.create();
        parameters(pfsync, configuration);
        pfsync.setSyncdev(configuration.syncdev().orElse(""));
        if (configuration.mtu().isPresent()) {
            pfsync.setMtu(configuration.mtu().getAsInt());
        }
        if (up) {
            pfsync.up();
            if (recorded.bulkWait().isPresent() && !pfsync.waitingForBulk()) {
                // The old releases ask when the sync interface is set while pfsync0 is up.
                pfsync.setSyncdev(configuration.syncdev().orElse(""));
            }
        }
    }

    /** Sets the parameters that are neither the sync interface nor depend on it. */
    static void parameters(Pfsync pfsync, Configuration configuration) throws ConfigException {
        pfsync.setSyncpeer(configuration.multicast() ? 0 : Ipv4Address.parse(configuration.syncpeer()));
        if (configuration.maxupd().isPresent()) {
            pfsync.setMaxupd(configuration.maxupd().getAsInt());
        }
        pfsync.setDefer(configuration.defer());
    }
}
