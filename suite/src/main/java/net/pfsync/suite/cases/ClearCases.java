package net.pfsync.suite.cases;

import static net.pfsync.suite.probe.Messages.any;
import static net.pfsync.suite.probe.Messages.clear;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import net.pfsync.suite.lab.Lab;
import net.pfsync.suite.requirement.Requirement;
import net.pfsync.suite.state.StateSpec;
import net.pfsync.wire.Kind;

/** CLR. */
final class ClearCases {

    private static final int NAME_SIZE = 16;

    @Requirement("PFSYNC-CLR-01")
    void removesAllStatesOfTheCreator(Lab lab) {
        StateSpec one = lab.states().tcp().withIfname("em0");
        StateSpec two = lab.states().udp().withIfname("em1");
        StateSpec floating = lab.states().tcp6();
        Given.known(lab, one, two, floating);

        lab.probe().send(clear(lab.creator()));

        lab.probe().expectNothing();
        lab.target().lacks(one.id());
        lab.target().lacks(two.id());
        lab.target().lacks(floating.id());
        lab.target().statistics().unchanged();
    }

    @Requirement("PFSYNC-CLR-02")
    void leavesTheStatesOfOtherCreators(Lab lab) {
        StateSpec mine = lab.states().tcp();
        StateSpec other = lab.states().tcp().withCreator(lab.otherCreator());
        Given.known(lab, mine, other);

        lab.probe().send(clear(lab.creator()));

        lab.target().lacks(mine.id());
        lab.target().holds(other);
    }

    @Requirement("PFSYNC-CLR-03")
    void doesNotAnnounceWhatWasCleared(Lab lab) {
        StateSpec state = lab.states().tcp();
        Given.known(lab, state);
        Given.quiet(lab);

        lab.probe().send(clear(lab.creator()));

        lab.probe().expectSilence(Duration.ofSeconds(3));
        lab.probe().expectNo(any(Kind.DEL_C));
        lab.target().lacks(state.id());
    }

    @Requirement("PFSYNC-CLR-04")
    void removesOnlyStatesOfTheNamedInterface(Lab lab) {
        StateSpec there = lab.states().tcp().withIfname("em0");
        StateSpec elsewhere = lab.states().tcp().withIfname("em1");
        StateSpec floating = lab.states().tcp();
        StateSpec others = lab.states().tcp().withIfname("em0").withCreator(lab.otherCreator());
        Given.known(lab, there, elsewhere, floating, others);

        lab.probe().send(clear(lab.creator(), "em0"));

        lab.probe().expectNothing();
        lab.target().lacks(there.id());
        lab.target().holds(elsewhere);
        lab.target().holds(floating);
        lab.target().holds(others);
        lab.target().statistics().unchanged();
    }

    @Requirement("PFSYNC-CLR-05")
    void removesNothingForAnInterfaceWithoutStates(Lab lab) {
        StateSpec state = lab.states().tcp().withIfname("em0");
        Given.known(lab, state);

        lab.probe().send(clear(lab.creator(), "em9"));
        lab.probe().send(clear(lab.creator(), "em"));
        lab.probe().send(clear(lab.creator(), "all"));

        lab.probe().expectNothing();
        lab.target().holds(state);
        lab.target().statistics().unchanged();
        lab.control("the right name removes it", () -> {
            lab.probe().send(clear(lab.creator(), "em0"));
            lab.target().lacks(state.id());
        });
    }

    @Requirement("PFSYNC-CLR-06")
    void doesNothingForACreatorWithoutStates(Lab lab) {
        StateSpec other = lab.states().tcp().withCreator(lab.otherCreator()).withIfname("em0");
        Given.known(lab, other);

        lab.probe().send(clear(lab.creator()));
        lab.probe().send(clear(lab.creator(), "em0"));

        lab.probe().expectNothing();
        lab.target().holds(other);
        lab.target().statistics().unchanged();
    }

    @Requirement("PFSYNC-CLR-07")
    void carriesOutEveryMessageOfTheSection(Lab lab) {
        StateSpec one = lab.states().tcp();
        StateSpec two = lab.states().tcp().withCreator(lab.otherCreator());
        StateSpec three = lab.states().tcp().withCreator(0x7e570003);
        StateSpec stays = lab.states().tcp().withCreator(0x7e570004);
        Given.known(lab, one, two, three, stays);

        lab.probe().send(clear(lab.creator()), clear(lab.otherCreator()), clear(0x7e570003));

        lab.target().lacks(one.id());
        lab.target().lacks(two.id());
        lab.target().lacks(three.id());
        lab.target().holds(stays);
    }

    @Requirement("PFSYNC-CLR-08")
    void takesCreatorZeroForNoWildcard(Lab lab) {
        StateSpec mine = lab.states().tcp();
        StateSpec other = lab.states().tcp().withCreator(lab.otherCreator());
        Given.known(lab, mine, other);

        lab.probe().send(clear(0));

        lab.probe().expectNothing();
        lab.target().holds(mine);
        lab.target().holds(other);
        lab.control("the right creator removes it", () -> {
            lab.probe().send(clear(lab.creator()));
            lab.target().lacks(mine.id());
        });
    }

    @Requirement("PFSYNC-CLR-09")
    void removesTheTargetsOwnStatesByItsHostId(Lab lab) {
        StateSpec own = Given.announced(lab, lab.states().tcp());
        StateSpec learned = lab.states().tcp();
        Given.known(lab, learned);

        lab.probe().send(clear(own.id().creatorId()));

        lab.target().lacks(own.id());
        lab.target().holds(learned);
    }

    @Requirement("PFSYNC-CLR-10")
    void readsTheInterfaceNameToItsFirstNul(Lab lab) {
        StateSpec one = lab.states().tcp().withIfname("em0");
        StateSpec two = lab.states().tcp().withIfname("em1");
        Given.known(lab, one, two);

        lab.probe().send(clear(lab.creator()).with("ifname", leftOver("")));

        lab.target().lacks(one.id());
        lab.target().lacks(two.id());
        lab.target().statistics().unchanged();
    }

    @Requirement("PFSYNC-CLR-11")
    void ignoresWhatStandsBehindTheInterfaceName(Lab lab) {
        StateSpec there = lab.states().tcp().withIfname("em0");
        StateSpec elsewhere = lab.states().tcp().withIfname("em1");
        Given.known(lab, there, elsewhere);

        lab.probe().send(clear(lab.creator()).with("ifname", leftOver("em0")));

        lab.target().lacks(there.id());
        lab.target().holds(elsewhere);
    }

    /** A name, its NUL, and what stood in the buffer before. */
    private static byte[] leftOver(String name) {
        byte[] field = new byte[NAME_SIZE];
        Arrays.fill(field, (byte) 'x');
        byte[] text = name.getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(text, 0, field, 0, text.length);
        field[text.length] = 0;
        return field;
    }
}
