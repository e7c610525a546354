package net.pfsync.pf;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import net.pfsync.wire.Fixtures;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The recorded cases in which packets pass through a kernel that had no states before: what is forwarded, and the states afterwards.
 *
 * <p>What pfsync did with the states is somebody else's test. In 4.6's cases a server answered each datagram with a port unreachable, which the
 * recording mentions but does not contain: the test makes it.
 */
class RecordedCasesTest {

    private static final Map<String, String> RULES = Map.of(
            "pass quick inet6 proto icmp6 no state; pass all keep state (pf skips lo and vio0)",
            "set skip on { lo vio0 }\npass quick inet6 proto icmp6 no state\npass all keep state",
            "pass quick on ! em0 inet all keep state",
            "pass quick on ! em0 inet all flags any keep state",
            "pass quick on ! em0 inet all flags S/SA keep state; pass quick on ! em0 inet all keep state",
            "pass quick on ! em0 inet all flags S/SA keep state\npass quick on ! em0 inet all flags any keep state");

    /** Which interface lies opposite, by name. */
    private static final Map<String, String> OPPOSITE =
            Map.of("em1", "em2", "em2", "em1", "vio1", "vio2", "vio2", "vio1");

    private final List<String> forwarded = new ArrayList<>();

    static Stream<Named<JsonNode>> cases() {
        return Stream.of("openbsd-4.6", "openbsd-7.6")
                .flatMap(system ->
                        Fixtures.text("observed/" + system + "/cases.jsonl").lines())
                .map(Fixtures::parse)
                .filter(RecordedCasesTest::canBePlayed)
                .map(each -> Named.of(each.path("id").asText(), each));
    }

    private static boolean canBePlayed(JsonNode each) {
        return each.path("needs").toString().contains("forwarding")
                && each.path("setup").isEmpty()
                && each.path("table_before").isEmpty()
                && RULES.containsKey(each.path("config").path("rules").asText())
                && !packets(each).isEmpty()
                && !removedByAPeer(each);
    }

    /** A DEL_C or an UPD_C of a peer changed the states. */
    private static boolean removedByAPeer(JsonNode each) {
        return List.of("defer-on-del-c-for-the-held-state", "defer-on-upd-c-for-the-held-state")
                .contains(each.path("id").asText());
    }

    /** What hosts sent, wherever the case keeps it. */
    private static List<JsonNode> packets(JsonNode each) {
        List<JsonNode> packets = new ArrayList<>();
        each.path("inject").forEach(packet -> addIfTraffic(packets, packet));
        each.path("operations").forEach(operation -> addIfTraffic(packets, operation));
        return packets;
    }

    private static void addIfTraffic(List<JsonNode> packets, JsonNode packet) {
        if (packet.has("hex") && OPPOSITE.containsKey(packet.path("interface").asText())) {
            packets.add(packet);
        }
    }

    @Test
    void thereAreEnoughOfThem() {
        assertThat(cases()).hasSizeGreaterThan(45);
    }

    @ParameterizedTest
    @MethodSource("cases")
    void statesAndForwardedPacketsAreThoseOfTheKernel(JsonNode recorded) {
        boolean current = recorded.path("kernel").asText().contains("7.6")
                || recorded.path("id").asText().startsWith("s1");
        JsonNode config = recorded.path("config");
        Bench bench = new Bench(
                RULES.get(config.path("rules").asText()), current ? TrackingRule.CURRENT : TrackingRule.OF_2009);
        bench.defers = config.path("defer").asInt() != 0 || config.path("defer").asBoolean();

        packets(recorded).forEach(packet -> forward(bench, packet, current));
        recorded.path("operations").forEach(operation -> kill(bench, operation));

        assertThat(states(bench)).isEqualTo(states(recorded.path("table_after")));
        List<String> expected = new ArrayList<>();
        recorded.path("forwarded")
                .forEach(packet -> expected.add(comparable(packet.path("hex").asText())));
        if (!expected.isEmpty()) {
            assertThat(forwarded).isEqualTo(expected);
        }
    }

    private void forward(Bench bench, JsonNode packet, boolean current) {
        String in = packet.path("interface").asText();
        byte[] sent = HexFormat.of().parseHex(packet.path("hex").asText());
        byte[] through = bench.forward(sent, in, OPPOSITE.get(in));
        if (through == null) {
            assertThat(bench.held).isNotEmpty();
            through = bench.held.get(bench.held.size() - 1);
            bench.defers = false;
        }
        forwarded.add(comparable(HexFormat.of().formatHex(through)));
        if (!current) {
            byte[] error =
                    TestPacket.error(Bench.SERVER, Bench.CLIENT, 3, 3, through).bytes();
            assertThat(bench.forward(error, OPPOSITE.get(in), in)).isNotNull();
        }
    }

    private static void kill(Bench bench, JsonNode operation) {
        switch (operation.path("op").asText()) {
            case "pfctl -k 10.1.0.77" ->
                assertThat(bench.filter.kill(StateSelection.from("10.1.0.77"))).isEqualTo(2);
            case "DIOCKILLSTATES" -> bench.filter.kill(StateSelection.ifname("all"));
            case "DIOCCLRSTATES" ->
                assertThat(bench.filter.kill(StateSelection.ALL)).isEqualTo(2);
            default -> {}
        }
    }

    /** Without what the kernel makes anew for a held packet: the id and with it the checksum of IPv4. */
    private static String comparable(String hex) {
        boolean inet6 = hex.startsWith("6");
        return inet6 ? hex : hex.substring(0, 8) + hex.substring(12, 20) + hex.substring(24);
    }

    // ---- states as text ----

    private static List<String> states(JsonNode table) {
        List<String> states = new ArrayList<>();
        for (JsonNode state : table) {
            states.add(String.join(
                    " ",
                    state.path("ifname").asText(),
                    "af " + state.path("af").asInt() + " proto "
                            + state.path("proto").asInt() + " direction "
                            + state.path("direction").asInt(),
                    key(state.path("wire")),
                    key(state.path("stack")),
                    peer(state.path("src")),
                    peer(state.path("dst")),
                    "timeout " + state.path("timeout").asInt() + " rule "
                            + state.path("rule").asInt() + " anchor "
                            + state.path("anchor").asInt() + " nat "
                            + state.path("nat_rule").asInt() + " log "
                            + state.path("log").asInt() + " flags "
                            + state.path("state_flags").asInt(),
                    "packets " + state.path("packets") + " bytes " + state.path("bytes")
                            + (state.has("rtableid") ? " tables " + state.path("rtableid") : "")));
        }
        return states;
    }

    private static String key(JsonNode key) {
        return key.path("addr").get(0).asText() + ":" + key.path("port").get(0).asInt() + "-"
                + key.path("addr").get(1).asText() + ":"
                + key.path("port").get(1).asInt();
    }

    private static String peer(JsonNode peer) {
        return Integer.toUnsignedString((int) peer.path("seqlo").asLong()) + ":"
                + Integer.toUnsignedString((int) peer.path("seqhi").asLong()) + " win "
                + peer.path("max_win").asInt() + " state " + peer.path("state").asInt() + " wscale "
                + peer.path("wscale").asInt();
    }

    private static List<String> states(Bench bench) {
        List<String> states = new ArrayList<>();
        for (State state : bench.table) {
            states.add(String.join(
                    " ",
                    state.ifname,
                    "af " + state.af + " proto " + state.proto + " direction " + state.direction,
                    key(state.wire),
                    key(state.stack),
                    Bench.peer(state.src),
                    Bench.peer(state.dst),
                    "timeout " + state.timeout + " rule " + state.rule + " anchor " + state.anchor + " nat "
                            + state.natRule + " log " + state.log + " flags " + state.stateFlags,
                    "packets [" + state.packets0 + "," + state.packets1 + "] bytes [" + state.bytes0 + ","
                            + state.bytes1 + "]" + tables(state)));
        }
        return states;
    }

    private static String tables(State state) {
        State.Extra extra = state.extra;
        return extra == null
                ? ""
                : " tables "
                        + Arrays.asList(extra.rtableWire, extra.rtableStack)
                                .toString()
                                .replace(" ", "");
    }

    private static String key(StateKey key) {
        boolean inet6 = key.af() != 2;
        return AddressRange.of(inet6, key.address0Hi, key.address0Lo) + ":" + key.port(0) + "-"
                + AddressRange.of(inet6, key.address1Hi, key.address1Lo) + ":" + key.port(1);
    }
}
