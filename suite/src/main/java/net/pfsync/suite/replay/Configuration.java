package net.pfsync.suite.replay;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * The settings in force on the recorded machine. What a case does not say is as on any machine of that release.
 *
 * @param syncdev the sync interface; empty text = none
 * @param syncpeer the address that frames are sent to; 224.0.0.240 and 0.0.0.0 = the group
 * @param maxupd updates of one state that make it leave at once
 * @param defer whether first packets are held
 * @param mtu of pfsync0
 * @param pfDebug pf's debug level
 * @param hostId the machine's host id, 8 hexadecimal digits
 * @param stateLimit how many states pf may hold
 * @param pfRunning whether pf is enabled
 * @param pfsyncUp whether pfsync0 is up
 * @param ruleCount number of rules in the main ruleset
 * @param rulesetChecksum its MD5, 32 hexadecimal digits
 * @param timeouts pf's timeouts in seconds, by index
 * @param rules pf's rules in the recorder's words, see {@link RecordedRules}
 * @param peer a second machine on the sync LAN, in words that begin with its address
 */
record Configuration(
        Optional<String> syncdev,
        String syncpeer,
        OptionalInt maxupd,
        boolean defer,
        OptionalInt mtu,
        Optional<String> pfDebug,
        String hostId,
        OptionalInt stateLimit,
        boolean pfRunning,
        boolean pfsyncUp,
        OptionalInt ruleCount,
        Optional<String> rulesetChecksum,
        List<Integer> timeouts,
        Optional<String> rules,
        Optional<String> peer) {

    private static final int TIMEOUTS = 20;
    private static final String GROUP = "224.0.0.240";
    private static final String IPV4 = "((25[0-5]|2[0-4]\\d|1?\\d?\\d)(\\.(?!$)|$)){4}";

    Configuration {
        timeouts = List.copyOf(timeouts);
    }

    static Configuration read(Fields from) {
        String hostId = from.text("hostid");
        if (!hostId.matches("[0-9a-f]{8}")) {
            throw from.wrong("hostid", "should be 8 hexadecimal digits, is " + hostId);
        }
        String peer = from.optionalText("syncpeer").orElse(GROUP);
        if (!peer.matches(IPV4)) {
            throw from.wrong("syncpeer", "should be an IPv4 address, is " + peer);
        }
        return new Configuration(
                from.optionalText("syncdev"),
                peer,
                number(from, "maxupd", 0, 255),
                from.flag("defer", false),
                number(from, "mtu", 0, 65_535),
                from.optionalText("pf_debug"),
                hostId,
                number(from, "state_limit", 0, Integer.MAX_VALUE),
                from.flag("pf_running", true) && !from.optionalText("pf").equals(Optional.of("disabled")),
                from.flag("pfsync_up", true) && !from.optionalText("pfsync0").equals(Optional.of("down")),
                number(from, "rule_count", 0, Integer.MAX_VALUE),
                checksum(from),
                timeouts(from),
                from.optionalText("rules"),
                peer(from));
    }

    private static Optional<String> peer(Fields from) {
        Optional<String> peer = from.optionalText("peer");
        if (peer.isPresent() && !peer.get().split(" ", 2)[0].matches(IPV4)) {
            throw from.wrong("peer", "should begin with an IPv4 address, is " + peer.get());
        }
        return peer;
    }

    /** The address of the second machine on the sync LAN. */
    Optional<String> peerAddress() {
        return peer.map(words -> words.split(" ", 2)[0]);
    }

    private static OptionalInt number(Fields from, String name, int min, int max) {
        return from.has(name) ? OptionalInt.of((int) from.integer(name, min, max)) : OptionalInt.empty();
    }

    private static Optional<String> checksum(Fields from) {
        if (!from.has("ruleset_checksum")) {
            return Optional.empty();
        }
        String hex = from.hex("ruleset_checksum", 16);
        if (hex.length() != 32) {
            throw from.wrong("ruleset_checksum", "should be 32 hexadecimal digits, is " + hex);
        }
        return Optional.of(hex);
    }

    private static List<Integer> timeouts(Fields from) {
        List<Integer> seconds = new ArrayList<>();
        for (JsonNode element : from.array("timeouts")) {
            if (!element.canConvertToInt() || !element.isIntegralNumber() || element.intValue() < 0) {
                throw from.wrong("timeouts[" + seconds.size() + "]", "should be a number of seconds, is " + element);
            }
            seconds.add(element.intValue());
        }
        if (!seconds.isEmpty() && seconds.size() != TIMEOUTS) {
            throw from.wrong("timeouts", "should be " + TIMEOUTS + " values by index, are " + seconds.size());
        }
        return seconds;
    }

    /** Whether frames go to the group of pfsync and not to one peer. */
    boolean multicast() {
        return syncpeer.equals(GROUP) || syncpeer.equals("0.0.0.0");
    }
}
