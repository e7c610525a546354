package net.pfsync.suite.cases;

import static net.pfsync.suite.probe.Messages.insert;
import static net.pfsync.suite.probe.Messages.insertAck;
import static net.pfsync.suite.probe.Messages.update;
import static net.pfsync.suite.probe.Messages.updateCompressed;

import java.time.Duration;
import java.util.List;
import net.pfsync.suite.lab.Flow;
import net.pfsync.suite.lab.Lab;
import net.pfsync.suite.lab.LabHost;
import net.pfsync.suite.lab.Packet;
import net.pfsync.suite.requirement.Requirement;
import net.pfsync.suite.state.StateFlag;
import net.pfsync.suite.state.StatePeer;
import net.pfsync.suite.state.StateSpec;
import net.pfsync.suite.state.TcpState;

/** What holds for every combination of values, where no single one proves it. */
final class PairwiseCases {

    private static final List<String> FAMILIES = List.of("IPv4", "IPv6");
    private static final List<String> PROTOCOLS = List.of("TCP", "UDP");
    private static final List<String> DIRECTIONS = List.of("in", "out");
    private static final List<String> NEWS = List.of("older", "equal", "newer");
    private static final int TCP = 0;
    private static final int OLDER = 0;
    private static final int STEP = 100;
    private static final int[] LATER = {TcpState.ESTABLISHED, TcpState.CLOSING, TcpState.FIN_WAIT_2};
    private static final Duration LONGEST_HOLD = Duration.ofMillis(120);

    private static StateSpec state(Lab lab, int family, int protocol, int direction) {
        StateSpec state = family == 0
                ? protocol == TCP ? lab.states().tcp() : lab.states().udp()
                : protocol == TCP ? lab.states().tcp6() : lab.states().udp6();
        return state.withDirection(direction == 0 ? StateSpec.IN : StateSpec.OUT);
    }

    // ---- updates

    @Requirement("PFSYNC-COMB-10")
    void takesFromAnUpdateExactlyWhatIsNotOlder(Lab lab) {
        List<List<String>> values = List.of(
                FAMILIES,
                PROTOCOLS,
                DIRECTIONS,
                List.of("UPD", "UPD_C"),
                List.of(
                        "source " + TcpState.ESTABLISHED,
                        "source " + TcpState.CLOSING,
                        "source " + TcpState.FIN_WAIT_2),
                List.of(
                        "destination " + TcpState.ESTABLISHED,
                        "destination " + TcpState.CLOSING,
                        "destination " + TcpState.FIN_WAIT_2),
                NEWS.stream().map(news -> news + " source").toList(),
                NEWS.stream().map(news -> news + " destination").toList());
        lab.combinations(values, row -> {
            boolean tcp = row[1] == TCP;
            StateSpec fresh = state(lab, row[0], row[1], row[2]);
            StateSpec ours = fresh.withSrc(peer(fresh.src(), tcp, row[4])).withDst(peer(fresh.dst(), tcp, row[5]));
            Given.known(lab, ours);
            StatePeer src = moved(ours.src(), tcp, row[6]);
            StatePeer dst = moved(ours.dst(), tcp, row[7]);
            StateSpec sent = ours.withSrc(src).withDst(dst);
            boolean stale = row[6] == OLDER || row[7] == OLDER;

            lab.probe().send(row[3] == 0 ? update(sent) : updateCompressed(sent));

            StateSpec merged =
                    ours.withSrc(row[6] == OLDER ? ours.src() : src).withDst(row[7] == OLDER ? ours.dst() : dst);
            if (stale) {
                lab.probe().expect(updateCompressed(merged)).atOnce();
            } else {
                lab.probe().expectNothing();
            }
            lab.target().holds(merged);
        });
    }

    /** A side in one of three states: of TCP those in which sequence numbers count, of UDP the one between the others. */
    private static StatePeer peer(StatePeer side, boolean tcp, int which) {
        return side.withState(tcp ? LATER[which] : 1);
    }

    private static StatePeer moved(StatePeer side, boolean tcp, int news) {
        int step = news - 1;
        return tcp ? side.advanced(step * STEP) : side.withState(side.state() + step);
    }

    // ---- imports

    @Requirement("PFSYNC-COMB-11")
    void takesAStateAsItIsSent(Lab lab) {
        List<List<String>> values = List.of(
                FAMILIES,
                PROTOCOLS,
                DIRECTIONS,
                List.of("source 0", "source 1", "source 2", "source 4", "source 9", "source 10"),
                List.of(
                        "destination 0",
                        "destination 1",
                        "destination 2",
                        "destination 4",
                        "destination 9",
                        "destination 10"),
                List.of("to be acknowledged", "not to be acknowledged"),
                List.of("INS", "UPD"));
        int[] tcpStates = {
            TcpState.CLOSED, 1, TcpState.SYN_SENT, TcpState.ESTABLISHED, TcpState.FIN_WAIT_2, TcpState.TIME_WAIT
        };
        lab.combinations(values, row -> {
            boolean tcp = row[1] == TCP;
            StateSpec fresh = state(lab, row[0], row[1], row[2]);
            StateSpec sent = fresh.withSrc(fresh.src().withState(tcp ? tcpStates[row[3]] : row[3] % 3))
                    .withDst(fresh.dst().withState(tcp ? tcpStates[row[4]] : row[4] % 3));
            boolean acknowledged = row[5] == 0;
            StateSpec flagged = acknowledged ? sent.withFlags(StateFlag.ACK) : sent;

            lab.probe().send(row[6] == 0 ? insert(flagged) : update(flagged));

            if (acknowledged) {
                lab.probe().expectFrame(insertAck(sent.id())).atOnce();
            } else {
                lab.probe().expectNothing();
            }
            lab.target().holds(sent);
        });
    }

    // ---- first packets

    @Requirement("PFSYNC-COMB-12")
    void letsAFirstPacketLeaveOnce(Lab lab) {
        List<List<String>> values = List.of(
                FAMILIES,
                List.of("TCP", "UDP", "ICMP"),
                List.of("from inside", "from outside"),
                List.of("not deferred", "deferred and acknowledged", "deferred and not acknowledged"));
        lab.combinations(values, row -> {
            lab.target().setDefer(row[3] > 0);
            Flow flow = flow(row[2] == 0 ? lab.inside() : lab.outside(), row[0] == 0, row[1]);
            Packet first = flow.first();
            if (row[3] == 0) {
                first.arrives().within(Held.NOT_YET);
            } else {
                first.isHeld(Held.NOT_YET);
                if (row[3] == 1) {
                    lab.probe().send(insertAck(Announced.outgoing(lab, flow)));
                    first.arrives().atOnce();
                } else {
                    first.arrives().within(LONGEST_HOLD);
                }
            }
            lab.pass(Duration.ofMillis(1500));
            lab.equal(flow + " announced", true, Announced.any(lab, flow));
        });
    }

    private static Flow flow(LabHost host, boolean inet, int protocol) {
        return switch (protocol) {
            case 0 -> inet ? host.tcp() : host.tcp6();
            case 1 -> inet ? host.udp() : host.udp6();
            default -> inet ? host.ping() : host.ping6();
        };
    }
}
