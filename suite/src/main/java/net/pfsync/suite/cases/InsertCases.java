package net.pfsync.suite.cases;

import static net.pfsync.suite.probe.Messages.insert;
import static net.pfsync.suite.probe.Messages.update;
import static net.pfsync.suite.probe.Messages.updateRequest;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import net.pfsync.suite.lab.Lab;
import net.pfsync.suite.requirement.Requirement;
import net.pfsync.suite.state.Endpoint;
import net.pfsync.suite.state.Scrub;
import net.pfsync.suite.state.StateFlag;
import net.pfsync.suite.state.StateId;
import net.pfsync.suite.state.StatePeer;
import net.pfsync.suite.state.StateSpec;
import net.pfsync.suite.state.StateView;
import net.pfsync.suite.state.TcpState;
import net.pfsync.suite.state.Timeout;

/** INS: what is taken over from a state that a peer made. */
final class InsertCases {

    private static final int NO_RULE = -1;

    @Requirement("PFSYNC-INS-01")
    void takesAStateThatIsNew(Lab lab) {
        StateSpec state = lab.states().tcp();

        lab.probe().send(insert(state));

        lab.probe().expectNothing();
        lab.target().holdsOnly(state.id());
        lab.target().statistics().unchanged();
    }

    @Requirement("PFSYNC-INS-01")
    void canBeAskedForAStateThatIsNew(Lab lab) {
        StateSpec state = lab.states().udp();

        lab.probe().send(insert(state), updateRequest(state.id()));

        lab.probe().expect(update(state)).atOnce();
    }

    @Requirement("PFSYNC-INS-02")
    void takesAllThatTellsHowTheConnectionStands(Lab lab) {
        StateSpec state = lab.states()
                .tcp()
                .withIfname("em0")
                .withDirection(StateSpec.IN)
                .withTimeout(Timeout.TCP_CLOSING)
                .withSrc(StatePeer.tcp(TcpState.CLOSING, 0xfffffff0)
                        .withSeqdiff(0x1234)
                        .withMss(1400)
                        .withWscale(0x8a))
                .withDst(StatePeer.tcp(TcpState.ESTABLISHED, 77)
                        .withSeqdiff(0x80000001)
                        .withMaxWin(512)
                        .withWscale(0x87));

        lab.probe().send(insert(state));

        lab.target().holds(state);
    }

    @Requirement("PFSYNC-INS-03")
    void takesStatesOfAllProtocolsAndFamilies(Lab lab) {
        StateSpec udp = lab.states().udp();
        StateSpec icmp = lab.states().icmp();
        StateSpec tcp6 = lab.states().tcp6();
        StateSpec udp6 = lab.states().udp6();

        lab.probe().send(insert(udp), insert(icmp), insert(tcp6), insert(udp6));

        lab.target().holds(udp);
        lab.target().holds(icmp);
        lab.target().holds(tcp6);
        lab.target().holds(udp6);
        lab.target().statistics().unchanged();
    }

    @Requirement("PFSYNC-INS-04")
    void keepsBothKeysOfATranslatedState(Lab lab) {
        StateSpec state = lab.states().tcp().translatedTo(new Endpoint("203.0.113.77", 50_001));

        lab.probe().send(insert(state));

        StateView view = lab.target().holds(state);
        lab.check(
                !view.wireKey().equals(view.stackKey()), "two different keys", view.wireKey() + ", " + view.stackKey());
    }

    @Requirement("PFSYNC-INS-05")
    void takesScrubDataThatIsMarkedValid(Lab lab) {
        StateSpec state = lab.states().tcp();
        StateSpec scrubbed = state.withSrc(state.src().withScrub(Scrub.of(1, 63, 0x12345678)))
                .withDst(state.dst().withScrub(Scrub.of(1, 64, 0x0badcafe)));

        lab.probe().send(insert(scrubbed));

        lab.target().holds(scrubbed);
    }

    @Requirement("PFSYNC-INS-06")
    void leavesAKnownStateAsItIs(Lab lab) {
        StateSpec known = lab.states().tcp();
        StateSpec otherKey = lab.states().tcp().withId(known.id());
        Given.known(lab, known);

        lab.probe().send(insert(known.withSrc(known.src().advanced(5000))));
        lab.probe().send(insert(otherKey));

        lab.probe().expectNothing();
        lab.target().holdsOnly(known.id());
        lab.target().holds(known);
        lab.target().statistics().unchanged();
    }

    @Requirement("PFSYNC-INS-07")
    void takesNoSecondStateWithTheSameKey(Lab lab) {
        StateSpec known = lab.states().tcp();
        StateId otherId = lab.freshStateId();
        StateId otherCreator = known.id().withCreator(lab.otherCreator());
        Given.known(lab, known);

        lab.probe().send(insert(known.withId(otherId)));
        lab.probe().send(insert(known.withId(otherCreator)));

        lab.probe().expectNothing();
        lab.target().lacks(otherId);
        lab.target().lacks(otherCreator);
        lab.target().holds(known);
        lab.target().statistics().unchanged();
    }

    @Requirement("PFSYNC-INS-08")
    void tellsStatesOfDifferentCreatorsApart(Lab lab) {
        StateSpec first = lab.states().tcp();
        StateSpec second = lab.states().udp().withId(first.id().withCreator(lab.otherCreator()));

        lab.probe().send(insert(first), insert(second));

        lab.target().holds(first);
        lab.target().holds(second);
        lab.target().statistics().unchanged();
    }

    @Requirement("PFSYNC-INS-17")
    void takesAStateOnAnInterfaceThatItDoesNotHave(Lab lab) {
        StateSpec state = lab.states().tcp().withIfname("nosuch9");

        lab.probe().send(insert(state));

        lab.target().holds(state);
        lab.target().statistics().unchanged();
    }

    @Requirement("PFSYNC-INS-18")
    void cutsAnInterfaceNameWithoutNul(Lab lab) {
        String name = "abcdefghijklmnop";
        StateSpec state = lab.states().tcp();

        lab.probe().send(insert(state).with("ifname", name.getBytes(StandardCharsets.US_ASCII)));

        lab.target().holds(state.withIfname(name.substring(0, 15)));
    }

    @Requirement("PFSYNC-INS-19")
    void beginsItsOwnCounters(Lab lab) {
        StateSpec state = lab.states().tcp();
        lab.probe()
                .send(insert(state)
                        .with("packets[0]", 10)
                        .with("packets[1]", 11)
                        .with("bytes[0]", 1200)
                        .with("bytes[1]", 1300)
                        .with("sync_flags", 4)
                        .with("updates", 9));
        lab.target().holds(state);

        lab.probe().send(updateRequest(state.id()));

        lab.probe()
                .expect(update(state.id())
                        .with("packets[0]", 0)
                        .with("packets[1]", 0)
                        .with("bytes[0]", 0)
                        .with("bytes[1]", 0)
                        .with("sync_flags", 0)
                        .with("updates", 0))
                .atOnce();
    }

    @Requirement("PFSYNC-INS-20")
    void tiesNoStateOfAnotherRulesetToARule(Lab lab) {
        StateSpec state = lab.states().tcp().with("rule", 0);
        byte[] foreign = new byte[16];
        lab.random().nextBytes(foreign);

        lab.probe().send(lab.probe().frame(insert(state)).checksum(foreign));

        StateView view = lab.target().holds(state.id());
        lab.equal("rule", NO_RULE, view.rule());
    }

    @Requirement("PFSYNC-INS-21")
    void tiesAStateOfItsOwnRulesetToTheRule(Lab lab) {
        StateSpec known = lab.states().tcp();
        StateSpec byRule = lab.states().tcp().with("rule", 0);
        StateSpec byAnchor = lab.states().tcp().with("rule", 0).with("anchor", 3);
        StateSpec beyond = lab.states().tcp().with("rule", 30_000);
        lab.probe().send(insert(known), updateRequest(known.id()));
        byte[] own = lab.probe().expect(update(known)).atOnce().frame().header().checksum();

        lab.probe()
                .send(lab.probe()
                        .frame(insert(byRule), insert(byAnchor), insert(beyond))
                        .checksum(own));

        lab.equal(
                "rule of a state with rule 0",
                0,
                lab.target().holds(byRule.id()).rule());
        lab.equal(
                "rule of a state of an anchor",
                NO_RULE,
                lab.target().holds(byAnchor.id()).rule());
        lab.equal(
                "rule of a state with rule 30000",
                NO_RULE,
                lab.target().holds(beyond.id()).rule());
    }

    @Requirement("PFSYNC-UPD-23")
    void tiesAStateThatAnUpdateInsertsToTheRule(Lab lab) {
        StateSpec known = lab.states().tcp();
        StateSpec state = lab.states().tcp().with("rule", 0);
        lab.probe().send(insert(known), updateRequest(known.id()));
        byte[] own = lab.probe().expect(update(known)).atOnce().frame().header().checksum();

        lab.probe().send(lab.probe().frame(update(state)).checksum(own));

        lab.equal("rule", 0, lab.target().holds(state.id()).rule());
    }

    @Requirement("PFSYNC-INS-22")
    void doesNotSendOnWhatItLearned(Lab lab) {
        StateSpec state = lab.states().tcp();

        lab.probe().send(insert(state));

        lab.probe().expectSilence(Duration.ofSeconds(3));
        lab.probe().expectNo(insert(state.id()));
        lab.target().holds(state);
    }

    @Requirement("PFSYNC-INS-24")
    void takesBackAStateOfItsOwn(Lab lab) {
        StateSpec own = Given.announced(lab, lab.states().tcp());
        lab.target().kill(own.id());
        Given.quiet(lab);

        lab.probe().send(insert(own));

        lab.target().holds(own);
        lab.target().statistics().unchanged();
    }

    @Requirement("PFSYNC-INS-25")
    void keepsTheFlagsOfTheState(Lab lab) {
        StateSpec sloppy = lab.states().tcp().withFlags(StateFlag.SLOPPY);
        StateSpec plain = lab.states().tcp();

        lab.probe().send(insert(sloppy), insert(plain));

        lab.equal("flags", StateFlag.SLOPPY, lab.target().holds(sloppy).flags());
        lab.equal("flags", 0, lab.target().holds(plain).flags());
    }

    @Requirement("PFSYNC-INS-26")
    void takesAStateWithIdZero(Lab lab) {
        StateSpec state = lab.states().tcp().withId(new StateId(0, lab.creator()));

        lab.probe().send(insert(state));

        lab.target().holds(state);
        lab.target().statistics().unchanged();
    }

    @Requirement("PFSYNC-INS-27")
    void takesWhatShapesThePacketsOfTheConnection(Lab lab) {
        StateSpec state = lab.states()
                .tcp()
                .with("max_mss", 1400)
                .with("min_ttl", 5)
                .with("set_tos", 0x10)
                .with("set_prio[0]", 3)
                .with("set_prio[1]", 4);
        lab.probe().send(insert(state));
        lab.target().holds(state);

        lab.probe().send(updateRequest(state.id()));

        lab.probe().expect(update(state)).atOnce();
    }

    @Requirement("PFSYNC-INS-28")
    void synchronisesAStateThatCameWithNosync(Lab lab) {
        StateSpec state = lab.states().tcp();

        lab.probe().send(insert(state.withFlags(StateFlag.NOSYNC)));

        lab.equal("flags", 0, lab.target().holds(state).flags());
        lab.probe().send(updateRequest(state.id()));
        lab.probe().expect(update(state)).atOnce();
    }

    @Requirement("PFSYNC-INS-29")
    void keepsAStateToItselfThatCameWithNosync(Lab lab) {
        StateSpec state = lab.states().tcp().withFlags(StateFlag.NOSYNC);
        lab.probe().send(insert(state));
        StateView held = lab.target().keepsToItself(state);
        if (lab.target().shows(held, StateFlag.NOSYNC)) {
            lab.equal("flags", StateFlag.NOSYNC, held.flags());
        }

        lab.probe().send(updateRequest(state.id()));

        lab.probe().expectNothing();
        Given.known(lab, lab.states().tcp());
    }

    @Requirement("PFSYNC-INS-30")
    void comparesIpv4AddressesByTheirFourBytes(Lab lab) {
        StateSpec known = lab.states().tcp();
        StateSpec same = known.withId(lab.freshStateId());
        Given.known(lab, known);

        lab.probe()
                .send(insert(same)
                        .with("key[0].addr[0]", leftOver(same.wireKey().first()))
                        .with("key[0].addr[1]", leftOver(same.wireKey().second()))
                        .with("key[1].addr[0]", leftOver(same.stackKey().first()))
                        .with("key[1].addr[1]", leftOver(same.stackKey().second())));

        lab.probe().expectNothing();
        lab.target().lacks(same.id());
        lab.target().holds(known);
        lab.target().statistics().unchanged();
    }

    /** The four bytes of an address, and twelve that were in the buffer before. */
    private static byte[] leftOver(Endpoint endpoint) {
        byte[] field = new byte[16];
        Arrays.fill(field, (byte) 0xee);
        String[] numbers = endpoint.address().split("\\.", -1);
        for (int i = 0; i < numbers.length; i++) {
            field[i] = (byte) Integer.parseInt(numbers[i]);
        }
        return field;
    }
}
