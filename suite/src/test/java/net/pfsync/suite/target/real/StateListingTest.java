package net.pfsync.suite.target.real;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import net.pfsync.suite.state.Endpoint;
import net.pfsync.suite.state.Scrub;
import net.pfsync.suite.state.StateId;
import net.pfsync.suite.state.StateKey;
import net.pfsync.suite.state.StatePeer;
import net.pfsync.suite.state.StateSpec;
import net.pfsync.suite.state.StateView;
import net.pfsync.suite.state.TcpState;
import net.pfsync.suite.verdict.CannotTell;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class StateListingTest {

    private static final String TRANSLATED = """
        all tcp 10.2.0.1:61709 (10.1.0.10:43352) -> 10.2.0.10:5002       ESTABLISHED:FIN_WAIT_2
           [1395006261 + 65536](+7) wscale 10  [4294967295 + 2] wscale 6
           age 00:00:06, expires in 23:59:54, 4:3 pkts, 221:169 bytes, rule 13, sloppy
           id: 6b029e5400000087 creatorid: ffffffff
        """;

    static List<String> recorded() {
        List<String> files = RecordedConsole.files("pfctl -s states -vv");
        assertThat(files).isNotEmpty();
        return files;
    }

    @ParameterizedTest
    @MethodSource("recorded")
    void readsEveryRecordedState(String file) {
        String output = RecordedConsole.output(file);

        List<StateView> states = StateListing.read(output);

        assertThat(states)
                .extracting(view -> String.format(
                        "   id: %016x creatorid: %08x",
                        view.id().id(), view.id().creatorId()))
                .containsExactlyElementsOf(output.lines()
                        .filter(line -> line.startsWith("   id: "))
                        .toList());
    }

    @Test
    void readsEveryField() {
        Endpoint server = new Endpoint("10.2.0.10", 5002);

        assertThat(StateListing.read(TRANSLATED))
                .containsExactly(new StateView(
                        new StateId(0x6b029e5400000087L, 0xffffffff),
                        "all",
                        6,
                        StateSpec.OUT,
                        new StateKey(server, new Endpoint("10.2.0.1", 61_709)),
                        new StateKey(server, new Endpoint("10.1.0.10", 43_352)),
                        new StatePeer(TcpState.ESTABLISHED, 1_395_006_261, 1_395_071_797, 7, 0, 0, 10, Scrub.NONE),
                        new StatePeer(TcpState.FIN_WAIT_2, -1, 1, 0, 0, 0, 6, Scrub.NONE),
                        0,
                        6,
                        86_394,
                        13,
                        2));
    }

    @Test
    void anIncomingStateStandsTheOtherWayRound() {
        StateView state = StateListing.read("""
            em1 udp fd00:2::10[53] <- fd00:1::10[57234]       MULTIPLE:SINGLE
               age 00:00:06, expires in 00:00:10, 4:3 pkts, 301:229 bytes
               id: 6b029e5400000084 creatorid: 00000001
            """).getFirst();

        assertThat(state.direction()).isEqualTo(StateSpec.IN);
        assertThat(state.src().state()).isEqualTo(1);
        assertThat(state.dst().state()).isEqualTo(2);
        assertThat(state.wireKey())
                .isEqualTo(new StateKey(new Endpoint("fd00:1::10", 57_234), new Endpoint("fd00:2::10", 53)));
        assertThat(state.rule()).isEqualTo(-1);
    }

    @Test
    void aWholeStateIsReducedToWhatIsShown() {
        StateView listed = StateListing.read(TRANSLATED).getFirst();
        StatePeer src = listed.src().withMaxWin(900).withMss(1460).withWscale(0x8a);
        StateView whole = new StateView(
                listed.id(),
                listed.ifname(),
                listed.proto(),
                listed.direction(),
                listed.wireKey(),
                listed.stackKey(),
                src.withScrub(Scrub.of(1, 64, 3)),
                listed.dst(),
                2,
                6,
                86_394,
                13,
                0x42);

        assertThat(StateListing.shown(whole)).isEqualTo(listed);
    }

    /** The protocol allows the direction 0, and a listing has arrows: the console does not contradict the wire. */
    @Test
    void whateverIsNotOutIsShownAsIn() {
        assertThat(StateListing.shown(udp(0))).isEqualTo(StateListing.shown(udp(StateSpec.IN)));
        assertThat(StateListing.shown(udp(0))).isNotEqualTo(StateListing.shown(udp(StateSpec.OUT)));
    }

    private static StateView udp(int direction) {
        StateKey key = new StateKey(new Endpoint("10.1.0.10", 1), new Endpoint("10.2.0.10", 2));
        StatePeer peer = StatePeer.plain(1);
        return new StateView(new StateId(1, 1), "all", 17, direction, key, key, peer, peer, 0, 6, 30, -1, 0);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "61709|6170x",
                "->|=>",
                "ESTABLISHED:|ESTABLI:",
                ":FIN_WAIT_2|''",
                "[1395006261|[13950062611",
                "age 00|alter 00",
                "rule 13|regel 13",
                "id: 6b029e54|id: 6b029e5",
                "10.2.0.10:5002|10.2.0.10:5002 {",
                "all tcp|all xyz",
            })
    void aLineThatPfctlDoesNotPrintIsShown(String part, String garbled) {
        assertThat(TRANSLATED).contains(part);
        assertThatThrownBy(() -> StateListing.read(TRANSLATED.replace(part, garbled)))
                .isInstanceOf(CannotTell.class)
                .hasMessageMatching("line [1-4] of the list of states is .*: '.*'");
    }

    @Test
    void aListingThatEndsTooEarlyIsNotTaken() {
        for (int end = 1; end < TRANSLATED.length() - 1; end++) {
            String cut = TRANSLATED.substring(0, end);
            assertThatThrownBy(() -> StateListing.read(cut)).as(cut).isInstanceOf(CannotTell.class);
        }
    }
}
