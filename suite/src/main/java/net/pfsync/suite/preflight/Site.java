package net.pfsync.suite.preflight;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import net.pfsync.suite.capture.DialectFinder;
import net.pfsync.suite.capture.SyncPacket;
import net.pfsync.suite.target.real.LabConfig;
import net.pfsync.suite.target.real.LabConfig.FirewallEntry;

/**
 * A lab as far as it can be seen without sending.
 *
 * @param lab what its file says
 * @param place the probe's interface on the sync LAN
 * @param firewalls the consoles, in the order of the file
 * @param heard the pfsync packets that came by
 * @param listened how long they were waited for
 */
record Site(LabConfig lab, Place place, List<AskedFirewall> firewalls, List<SyncPacket> heard, Duration listened) {

    /**
     * The probe's interface.
     *
     * @param missing why there is no such interface, empty if there is one
     * @param up whether it has a carrier
     * @param mtu the longest packet that it takes, in bytes
     * @param closed why frames cannot be captured there, empty if they can
     */
    record Place(String missing, boolean up, int mtu, String closed) {}

    /** The packets of one firewall. */
    List<SyncPacket> heardOf(FirewallEntry firewall) {
        return heard.stream()
                .filter(packet -> packet.sender().equals(firewall.syncAddress()))
                .toList();
    }

    /** A finder that has seen everything that was heard. */
    DialectFinder dialects() {
        DialectFinder finder = new DialectFinder();
        heard.forEach(finder::observe);
        return finder;
    }

    /** What was listened, in words. */
    String listenedFor() {
        return listened.toMillis() / 1000.0 + " s";
    }

    /**
     * What each firewall answers.
     *
     * @param question what to ask; empty where there is no answer
     * @return the answers by the firewalls' names, without those that gave none
     */
    <T> Map<String, T> answers(Function<AskedFirewall, Optional<T>> question) {
        Map<String, T> answers = new LinkedHashMap<>();
        for (AskedFirewall firewall : firewalls) {
            question.apply(firewall).ifPresent(answer -> answers.put(firewall.name(), answer));
        }
        return answers;
    }

    /** Answers in a row, such as {@code a 1500, b 1500}. */
    static String inARow(Map<String, ?> answers) {
        return answers.entrySet().stream()
                .map(entry -> entry.getKey() + " " + entry.getValue())
                .reduce((one, other) -> one + ", " + other)
                .orElse("");
    }
}
