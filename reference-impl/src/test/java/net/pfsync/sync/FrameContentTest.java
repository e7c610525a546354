package net.pfsync.sync;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import net.pfsync.OnBothReferences;
import net.pfsync.SyncLan;
import net.pfsync.SyncLan.Sent;
import net.pfsync.net.Ipv4Address;
import net.pfsync.pf.Peer;
import net.pfsync.pf.State;
import net.pfsync.pf.StateFlags;
import net.pfsync.pf.States;
import net.pfsync.release.Release;
import net.pfsync.wire.Counter;
import net.pfsync.wire.IpHeader;
import net.pfsync.wire.Kind;
import net.pfsync.wire.UpdateCompressed;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is in a frame. Source: BEHAVIOUR.md 11.2, WIRE.md sections 2, 3 and 10. */
class FrameContentTest {

    /** A local state that peers know and that has been quiet since. */
    private static State announced(SyncLan lan, long id) {
        State state = lan.add(id);
        lan.seconds(3);
        assertThat(lan.said()).hasSize(1);
        return state;
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "reference-v5, 'INS, INS_ACK, UPD, UPD_C, DEL_C, UPD_REQ, TDB'",
        "reference-v6, 'INS_ACK, UPD_C, DEL_C, INS, UPD, TDB'"
    })
    void putsItsPartsInTheOrderOfTheRelease(String release, String order) {
        SyncLan lan = SyncLan.of(release);
        SecurityAssociation association = new SecurityAssociation(1001, 2, new byte[] {10, 0, 0, 1}, 50);
        lan.pfsync().securityAssociations().add(association);
        lan.add(1);
        State changing = lan.add(2);
        lan.add(3);
        lan.seconds(3);
        lan.sent();
        lan.pfsync().changed(association);
        lan.firewall().killById(3, SyncLan.HOST);
        lan.firewall().touch(changing);
        lan.add(4);
        lan.inject(
                lan.messages().compressed(77).build(),
                lan.messages().name(Kind.UPD_REQ, 1, SyncLan.HOST),
                lan.messages()
                        .state(Kind.INS, 5)
                        .set("state_flags", StateFlags.ACK)
                        .build());
        lan.advance(Duration.ZERO);
        List<String> kinds =
                lan.sent().getLast().kinds().stream().map(Kind::toString).toList();
        assertThat(String.join(", ", kinds)).isEqualTo(order);
    }

    @Test
    void sendsRequestsInFramesOfTheirOwnInVersion6() {
        SyncLan lan = SyncLan.of("reference-v6");
        lan.inject(
                lan.messages().compressed(77).build(),
                lan.messages()
                        .state(Kind.INS, 5)
                        .set("state_flags", StateFlags.ACK)
                        .build());
        lan.advance(Duration.ZERO);
        assertThat(lan.sent()).extracting(Sent::kinds).containsExactly(List.of(Kind.UPD_REQ), List.of(Kind.INS_ACK));
    }

    @Test
    void splitsManyRequestsOverFramesInVersion6() {
        SyncLan lan = SyncLan.of("reference-v6").configure(pfsync -> pfsync.setMtu(400));
        for (int id = 0; id < 60; id++) {
            lan.inject(lan.messages().compressed(id).build());
        }
        lan.advance(Duration.ZERO);
        // 400 bytes less 40 of headers and 4 of the subheader hold 29 names of 12.
        assertThat(lan.sent())
                .extracting(frame -> frame.messages(Kind.UPD_REQ).size())
                .containsExactly(29, 29, 2);
    }

    @OnBothReferences
    void sendsWhatIsTrueWhenTheFrameGoes(String release) {
        SyncLan lan = SyncLan.of(release);
        State state = announced(lan, 1);
        lan.firewall().touch(state);
        state.src.seqlo = 4711;
        state.dst.state = 9;
        state.timeout = 5;
        lan.seconds(1);
        assertThat(lan.said()).singleElement().isInstanceOfSatisfying(UpdateCompressed.class, update -> {
            assertThat(update.src().seqlo()).isEqualTo(4711);
            assertThat(update.dst().state()).isEqualTo(9);
            assertThat(update.timeout()).isEqualTo(5);
        });
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({"reference-v5, 86399", "reference-v6, 0"})
    void sendsTheRemainingLifetimeInCompressedUpdatesOfVersion5Only(String release, int expire) {
        SyncLan lan = SyncLan.of(release);
        State state = announced(lan, 1);
        lan.firewall().touch(state);
        lan.seconds(1);
        assertThat(lan.said())
                .singleElement()
                .isInstanceOfSatisfying(
                        UpdateCompressed.class,
                        update -> assertThat(update.expire()).isEqualTo(expire));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({"reference-v5, 6", "reference-v6, 5"})
    void sendsAFrameAsSoonAsTheNextStateDoesNotFit(String release, int perFrame) {
        SyncLan lan = SyncLan.of(release);
        for (int id = 1; id <= 14; id++) {
            lan.add(id);
        }
        lan.advance(Duration.ZERO);
        assertThat(lan.sent())
                .hasSize(13 / perFrame)
                .allSatisfy(frame -> assertThat(frame.messages(Kind.INS)).hasSize(perFrame));
        lan.seconds(1);
        assertThat(lan.said()).hasSize(14 - 13 / perFrame * perFrame);
    }

    @Test
    void startsEveryFrameAsKernelsDo() {
        byte[] checksum = new byte[16];
        checksum[3] = 7;
        SyncLan lan = SyncLan.of(Release.of("reference-v5"), settings -> settings.ruleset(1, checksum));
        lan.add(1);
        lan.seconds(1);
        Sent sent = lan.sent().getFirst();
        IpHeader ip = sent.frame().ip();
        assertThat(ip.source()).isEqualTo(Ipv4Address.text(SyncLan.ADDRESS));
        assertThat(ip.destination()).isEqualTo("224.0.0.240");
        assertThat(ip.ttl()).isEqualTo(255);
        assertThat(ip.tos()).isEqualTo(IpHeader.TOS_LOWDELAY);
        assertThat(ip.df()).isTrue();
        assertThat(ip.totalLength()).isEqualTo(sent.length());
        assertThat(sent.frame().header().version()).isEqualTo(5);
        assertThat(sent.frame().header().len()).isEqualTo(sent.length() - 20);
        assertThat(sent.frame().header().checksum()).isEqualTo(checksum);
    }

    @Test
    void sendsNoChecksumOfTheRulesetInVersion6() {
        byte[] checksum = new byte[16];
        checksum[3] = 7;
        SyncLan lan = SyncLan.of(Release.of("reference-v6"), settings -> settings.ruleset(1, checksum));
        lan.add(1);
        lan.seconds(1);
        assertThat(lan.sent().getFirst().frame().header().checksum()).containsOnly(0);
    }

    @OnBothReferences
    void leavesNothingOfAnEarlierFrameInALaterOne(String release) {
        SyncLan lan = SyncLan.of(release);
        State state = States.tcp(1, SyncLan.HOST);
        state.src.scrub = new Peer.Scrub();
        state.src.scrub.ttl = 64;
        state.src.scrub.tsMod = 7;
        lan.add(state);
        lan.seconds(3);
        state.src.scrub = null;
        lan.firewall().touch(state);
        lan.sent();
        lan.seconds(1);
        assertThat(lan.said()).singleElement().isInstanceOfSatisfying(UpdateCompressed.class, update -> {
            assertThat(update.src().scrubFlag()).isZero();
            assertThat(update.src().pfssTtl()).isZero();
            assertThat(update.src().pfssTsMod()).isZero();
        });
    }

    @OnBothReferences
    void countsWhatItSentAndWhatIpOutputRefused(String release) {
        SyncLan lan = new SyncLan(Release.of(release), settings -> settings);
        lan.configure(pfsync -> pfsync.setSyncpeer(Ipv4Address.parse("198.51.100.9")));
        Map<Counter, Long> before = lan.pfsync().statistics().snapshot();
        lan.up();
        lan.advance(Duration.ZERO);
        assertThat(lan.pfsync().statistics().since(before)).containsExactly(Map.entry(Counter.OERRORS, 1L));
        lan.configure(Pfsync::down).configure(pfsync -> pfsync.setSyncpeer(SyncLan.PEER_ADDRESS));
        lan.configure(Pfsync::up);
        lan.advance(Duration.ZERO);
        assertThat(lan.pfsync().statistics().since(before))
                .containsOnly(Map.entry(Counter.OERRORS, 1L), Map.entry(Counter.OPACKETS, 1L));
    }

    @ParameterizedTest
    @ValueSource(strings = {"em0", ""})
    void tellsPeersOfAFlushAtOnceWithEverythingThatIsQueuedInVersion5(String ifname) {
        SyncLan lan = SyncLan.of("reference-v5");
        lan.add(1);
        State bound = States.tcp(2, SyncLan.HOST);
        bound.ifname = "em0";
        lan.add(bound);
        lan.firewall().flushStates(ifname);
        assertThat(lan.sent())
                .singleElement()
                .extracting(Sent::kinds)
                .isEqualTo(ifname.isEmpty() ? List.of(Kind.CLR) : List.of(Kind.INS, Kind.CLR));
        lan.seconds(2);
        assertThat(lan.sent()).isEmpty();
    }
}
