package net.pfsync.suite.replay;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Compares the packets that our firewall sent towards the hosts with the recorded ones: how many, where, when, and
 * every byte but the IPv4 identification and the IPv4 header checksum that follows from it.
 *
 * <p>Recorded is what left on the LANs on which nothing was injected: what the other host answers is not. A held packet
 * leaves at a tick of 10 ms, and the LAN was watched through an emulator: a hold of 20 ms was recorded as 11.4 to 32.8
 * ms, one of 100 ms as 92.5 to 97.9 ms. So a packet agrees if it left at most 13 ms earlier or later than ours. That
 * tells leaving at once from every hold, and a reaction from a hold that ends without one, except where a reaction came
 * just before that end. Source: {@code OBSERVED.md} of 4.6, section B, and of 7.6, section 4.
 */
final class ForwardedComparison {

    private static final Duration SLACK = Duration.ofMillis(13);
    private static final int IPV4_ID = 4;
    private static final int IPV4_CHECKSUM = 10;

    private final List<Difference> differences = new ArrayList<>();

    private ForwardedComparison() {}

    /** What differs; nothing if the case does not tell what left. */
    static List<Difference> compare(RecordedCase recorded, List<Forwarded> ours) {
        if (recorded.forwarded().isEmpty()) {
            return List.of();
        }
        Set<String> injectedOn = Timeline.of(recorded).events().stream()
                .flatMap(event -> event.steps().stream())
                .filter(Step.Receive.class::isInstance)
                .flatMap(step -> ((Step.Receive) step).packet().interfaceName().stream())
                .collect(Collectors.toSet());
        ForwardedComparison comparison = new ForwardedComparison();
        comparison.compare(
                recorded.forwarded().get(),
                ours.stream()
                        .filter(packet -> !injectedOn.contains(packet.interfaceName()))
                        .toList());
        return comparison.differences;
    }

    private void compare(List<Forwarded> expected, List<Forwarded> got) {
        for (int i = 0; i < Math.max(expected.size(), got.size()); i++) {
            String name = "forwarded " + i;
            if (i >= got.size()) {
                differences.add(new Difference(name, describe(expected.get(i)), "nothing"));
            } else if (i >= expected.size()) {
                differences.add(new Difference(name, "nothing", describe(got.get(i))));
            } else {
                compare(name, expected.get(i), got.get(i));
            }
        }
    }

    private static String describe(Forwarded packet) {
        return packet.hex().length() / 2 + " bytes on " + packet.interfaceName() + " after "
                + ReplyTiming.text(packet.at());
    }

    private void compare(String name, Forwarded expected, Forwarded got) {
        if (!expected.interfaceName().equals(got.interfaceName())) {
            differences.add(new Difference(name + " interface", expected.interfaceName(), got.interfaceName()));
        }
        if (expected.at().minus(got.at()).abs().compareTo(SLACK) > 0) {
            differences.add(new Difference(
                    name + " time",
                    ReplyTiming.text(expected.at()) + " +- " + ReplyTiming.text(SLACK),
                    ReplyTiming.text(got.at())));
        }
        String wanted = comparable(expected);
        String bytes = comparable(got);
        if (!wanted.equals(bytes)) {
            differences.add(new Difference(name, wanted, bytes));
        }
    }

    private static String comparable(Forwarded packet) {
        byte[] bytes = packet.bytes();
        if (bytes.length > IPV4_CHECKSUM + 1 && bytes[0] >>> 4 == 4) {
            for (int at : new int[] {IPV4_ID, IPV4_CHECKSUM}) {
                bytes[at] = 0;
                bytes[at + 1] = 0;
            }
        }
        return HexFormat.of().formatHex(bytes);
    }
}
