package net.pfsync.suite.cases;

import static net.pfsync.suite.probe.Messages.update;
import static net.pfsync.suite.probe.Messages.updateCompressed;

import net.pfsync.suite.lab.Lab;
import net.pfsync.suite.requirement.Requirement;
import net.pfsync.suite.state.StatePeer;
import net.pfsync.suite.state.StateSpec;
import net.pfsync.suite.state.TcpState;
import net.pfsync.wire.Counter;

/** UPD and UPD_C of a known state: each peer is compared and taken on its own, and who lags behind is told. */
final class MergeCases {

    /** The target answers with what it has now, counts one stale update, and has exactly this. */
    private static void tellsTheSender(Lab lab, StateSpec merged) {
        lab.probe().expectFrame(updateCompressed(merged)).atOnce();
        lab.probe().expectNothing();
        lab.target().statistics().raisedOnly(Counter.STALE, 1);
        lab.target().holds(merged);
    }

    /** The target has exactly this, without an answer and without a counter. */
    private static void takesQuietly(Lab lab, StateSpec taken) {
        lab.probe().expectNothing();
        lab.target().holds(taken);
        lab.target().statistics().unchanged();
    }

    private static StateSpec known(Lab lab) {
        StateSpec state = lab.states().tcp();
        Given.known(lab, state);
        return state;
    }

    @Requirement("PFSYNC-UPD-04")
    void takesNothingOfAnUpdateThatIsOlderInBothPeers(Lab lab) {
        StateSpec ours = known(lab);

        lab.probe()
                .send(update(ours.withSrc(ours.src().advanced(-100))
                        .withDst(ours.dst().advanced(-100))));

        tellsTheSender(lab, ours);
    }

    @Requirement("PFSYNC-UPD-04")
    void takesNothingOfAnUpdateWhosePeersAreInEarlierStates(Lab lab) {
        StateSpec ours = known(lab);

        lab.probe()
                .send(update(ours.withSrc(StatePeer.tcp(TcpState.SYN_SENT, 5_000_000))
                        .withDst(StatePeer.tcp(TcpState.SYN_SENT, 5_000_000))));

        tellsTheSender(lab, ours);
    }

    @Requirement("PFSYNC-UPD-05")
    void takesTheDestinationAlone(Lab lab) {
        StateSpec ours = known(lab);
        StatePeer newer = ours.dst().advanced(500);

        lab.probe().send(update(ours.withSrc(ours.src().advanced(-100)).withDst(newer)));

        tellsTheSender(lab, ours.withDst(newer));
    }

    @Requirement("PFSYNC-UPD-06")
    void takesTheSourceAlone(Lab lab) {
        StateSpec ours = known(lab);
        StatePeer newer = ours.src().advanced(500);

        lab.probe().send(update(ours.withSrc(newer).withDst(ours.dst().advanced(-100))));

        tellsTheSender(lab, ours.withSrc(newer));
    }

    @Requirement("PFSYNC-UPD-07")
    void doesNotOpenAConnectionAgain(Lab lab) {
        StateSpec established = lab.states().tcp();
        StateSpec ours = established.withDst(established.dst().withState(TcpState.CLOSING));
        Given.known(lab, ours);
        StatePeer newer = ours.src().advanced(500);

        lab.probe().send(update(established.withSrc(newer)));

        tellsTheSender(lab, ours.withSrc(newer));
    }

    @Requirement("PFSYNC-UPD-08")
    void takesASourceInALaterStateWithALowerSequenceNumber(Lab lab) {
        StateSpec ours = known(lab);
        StateSpec closed = ours.withSrc(StatePeer.tcp(TcpState.FIN_WAIT_2, 500));

        lab.probe().send(update(closed));

        takesQuietly(lab, closed);
    }

    @Requirement("PFSYNC-UPD-09")
    void takesADestinationInALaterStateWithALowerSequenceNumber(Lab lab) {
        StateSpec ours = known(lab);
        StateSpec closed = ours.withDst(StatePeer.tcp(TcpState.FIN_WAIT_2, 500));

        lab.probe().send(update(closed));

        takesQuietly(lab, closed);
    }

    @Requirement("PFSYNC-UPD-10")
    void doesNotAnswerAnUpdateThatSaysNothingNew(Lab lab) {
        StateSpec ours = known(lab);

        lab.probe().send(update(ours));
        lab.probe().send(updateCompressed(ours));

        takesQuietly(lab, ours);
    }

    @Requirement("PFSYNC-UPD-11")
    void comparesSequenceNumbersAcrossZero(Lab lab) {
        StateSpec state = lab.states().tcp();
        StateSpec ours = state.withSrc(StatePeer.tcp(TcpState.ESTABLISHED, 0xfffffff0));
        Given.known(lab, ours);
        StateSpec newer = state.withSrc(StatePeer.tcp(TcpState.ESTABLISHED, 0x100));

        lab.probe().send(update(newer));
        takesQuietly(lab, newer);

        lab.probe().send(update(ours.withDst(ours.dst().advanced(-1))));
        tellsTheSender(lab, newer);
    }

    @Requirement("PFSYNC-UPD-12")
    void takesTheEndOfAProxiedHandshakeForProgress(Lab lab) {
        StateSpec state = lab.states().tcp();
        StateSpec proxied = state.withSrc(state.src().withState(TcpState.PROXY_SRC));
        Given.known(lab, proxied);

        lab.probe().send(update(state));

        takesQuietly(lab, state);
    }

    @Requirement("PFSYNC-UPD-13")
    void takesTheDestinationOfAUdpStateAlone(Lab lab) {
        StateSpec ours = lab.states().udp().withDst(StatePeer.plain(1));
        Given.known(lab, ours);

        lab.probe().send(update(ours.withSrc(StatePeer.plain(1)).withDst(StatePeer.plain(2))));

        tellsTheSender(lab, ours.withDst(StatePeer.plain(2)));
    }

    @Requirement("PFSYNC-UPD-14")
    void doesNotSetBackTheDestinationOfAUdpState(Lab lab) {
        StateSpec ours = lab.states().udp();
        Given.known(lab, ours);

        lab.probe().send(update(ours.withDst(StatePeer.plain(1))));

        tellsTheSender(lab, ours);
    }

    @Requirement("PFSYNC-UPD-15")
    void comparesNoSequenceNumbersWithoutTcp(Lab lab) {
        StateSpec udp = lab.states().udp();
        StateSpec ours =
                udp.withSrc(udp.src().withSeqlo(1000)).withDst(udp.dst().withSeqlo(1000));
        StateSpec lower = udp.withSrc(udp.src().withSeqlo(10)).withDst(udp.dst().withSeqlo(10));
        Given.known(lab, ours);

        lab.probe().send(update(lower));

        takesQuietly(lab, lower);
    }

    @Requirement("PFSYNC-UPDC-07")
    void takesNothingOfACompressedUpdateThatIsOlderInBothPeers(Lab lab) {
        StateSpec ours = known(lab);

        lab.probe()
                .send(updateCompressed(ours.withSrc(ours.src().advanced(-100))
                        .withDst(ours.dst().advanced(-100))));

        tellsTheSender(lab, ours);
    }

    @Requirement("PFSYNC-UPDC-08")
    void takesTheDestinationOfACompressedUpdateAlone(Lab lab) {
        StateSpec ours = known(lab);
        StatePeer newer = ours.dst().advanced(500);

        lab.probe()
                .send(updateCompressed(ours.withSrc(ours.src().advanced(-100)).withDst(newer)));

        tellsTheSender(lab, ours.withDst(newer));
    }

    @Requirement("PFSYNC-UPDC-09")
    void takesTheSourceOfACompressedUpdateAlone(Lab lab) {
        StateSpec ours = known(lab);
        StatePeer newer = ours.src().advanced(500);

        lab.probe().send(updateCompressed(ours.withSrc(newer).withDst(ours.dst().advanced(-100))));

        tellsTheSender(lab, ours.withSrc(newer));
    }
}
