package net.pfsync.suite.cases;

import static net.pfsync.suite.probe.Messages.deleteCompressed;
import static net.pfsync.suite.probe.Messages.insert;
import static net.pfsync.suite.probe.Messages.update;
import static net.pfsync.suite.probe.Messages.updateCompressed;

import java.time.Duration;
import net.pfsync.suite.lab.Lab;
import net.pfsync.suite.requirement.Requirement;
import net.pfsync.suite.state.StateSpec;
import net.pfsync.suite.state.StateView;
import net.pfsync.suite.state.Timeout;

/** How long an imported state lives. */
final class ExpiryCases {

    private static final int UDP_MULTIPLE_SECONDS = 60;
    /** A state that is due is removed by a purge that passes within ten seconds. */
    private static final Duration PURGE = Duration.ofSeconds(11);

    /** Two observers and the message itself read clocks of whole seconds. */
    private static void lives(Lab lab, StateSpec state, long seconds) {
        long left = lab.target().holds(state).expire();
        lab.check(
                Math.abs(left - seconds) <= 2,
                state.id() + " to have " + seconds + " s left",
                state.id() + " has " + left + " s left");
    }

    @Requirement("PFSYNC-EXPIRE-01")
    void takesTheRemainingLifetimeOfTheMessage(Lab lab) {
        StateSpec udp = lab.states().udp().withExpire(25);
        StateSpec tcp = lab.states().tcp().withExpire(600);

        lab.probe().send(insert(udp), insert(tcp));

        lives(lab, udp, 25);
        lives(lab, tcp, 600);
    }

    @Requirement("PFSYNC-EXPIRE-02")
    void letsAStateDieWithItsCreators(Lab lab) {
        StateSpec state = lab.states().udp().withExpire(25);
        lab.probe().send(insert(state));

        lab.pass(Duration.ofSeconds(23));
        lab.target().holds(state);

        lab.pass(Duration.ofSeconds(3).plus(PURGE));
        lab.target().lacks(state.id());
    }

    @Requirement("PFSYNC-EXPIRE-03")
    void takesZeroForAFullTimeout(Lab lab) {
        StateSpec state = lab.states().udp().withExpire(0);

        lab.probe().send(insert(state));

        lives(lab, state, UDP_MULTIPLE_SECONDS);
    }

    @Requirement("PFSYNC-EXPIRE-04")
    void startsTheTimeoutAnewWithAnUpdate(Lab lab) {
        StateSpec state = lab.states().udp().withExpire(25);
        Given.known(lab, state);

        lab.probe().send(update(state.withExpire(40)));

        lives(lab, state, UDP_MULTIPLE_SECONDS);
    }

    @Requirement("PFSYNC-EXPIRE-05")
    void startsTheTimeoutAnewWithACompressedUpdate(Lab lab) {
        StateSpec state = lab.states().udp().withExpire(25);
        Given.known(lab, state);

        lab.probe().send(updateCompressed(state.withExpire(40)));

        lives(lab, state, UDP_MULTIPLE_SECONDS);
    }

    @Requirement("PFSYNC-EXPIRE-06")
    void doesNotProlongAStateForAnUpdateThatIsStaleInBothPeers(Lab lab) {
        StateSpec state = lab.states().tcp().withTimeout(Timeout.TCP_FIN_WAIT).withExpire(30);
        Given.known(lab, state);
        long before = lab.target().holds(state).expire();
        lab.pass(Duration.ofSeconds(10));

        lab.probe()
                .send(update(state.withSrc(state.src().advanced(-100))
                        .withDst(state.dst().advanced(-100))
                        .withTimeout(Timeout.TCP_CLOSED)
                        .withExpire(90)));

        StateView after = lab.target().holds(state);
        lab.check(
                Math.abs(before - 10 - after.expire()) <= 2,
                "ten seconds less than the " + before + " s before",
                after.expire() + " s left");
    }

    @Requirement("PFSYNC-EXPIRE-07")
    void prolongsAStateOfWhichOnePeerWasTaken(Lab lab) {
        StateSpec state = lab.states().tcp().withTimeout(Timeout.TCP_FIN_WAIT).withExpire(10);
        Given.known(lab, state);
        long before = lab.target().holds(state).expire();
        StateSpec merged = state.withDst(state.dst().advanced(100));

        lab.probe().send(update(merged.withSrc(state.src().advanced(-100)).withExpire(45)));

        long after = lab.target().holds(merged).expire();
        lab.check(after >= before + 30, "at least 30 s more than the " + before + " s before", after + " s left");
    }

    @Requirement("PFSYNC-EXPIRE-08")
    void announcesTheDeathOfAForeignState(Lab lab) {
        StateSpec state =
                lab.states().udp().withTimeout(Timeout.ICMP_ERROR_REPLY).withExpire(3);

        lab.probe().send(insert(state));

        lab.probe().expect(deleteCompressed(state.id())).within(Duration.ofSeconds(30));
        lab.target().lacks(state.id());
    }

    @Requirement("PFSYNC-EXPIRE-09")
    void goesOnCountingTheAge(Lab lab) {
        StateSpec state = lab.states().tcp().withCreation(1000);
        lab.probe().send(insert(state));

        lab.pass(Duration.ofSeconds(10));

        long age = lab.target().holds(state).creation();
        lab.check(Math.abs(age - 1010) <= 2, "an age of 1010 s", "an age of " + age + " s");
    }
}
