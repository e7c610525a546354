package net.pfsync.suite.fault;

import static net.pfsync.suite.fault.FaultList.receives;

import java.util.List;
import net.pfsync.suite.probe.MessageSpec;
import net.pfsync.suite.probe.Messages;
import net.pfsync.suite.state.Endpoint;
import net.pfsync.suite.state.StateId;
import net.pfsync.suite.state.StateSpec;
import net.pfsync.suite.target.embedded.Sabotage;
import net.pfsync.wire.Frame;
import net.pfsync.wire.FrameBuilder;

/** Faults in what a firewall makes of the frames of peers that speak another version. */
final class OtherVersionFaults {

    private static final int OWN_HOST_ID = 0xf1e50001;
    private static final StateSpec SOMETHING = StateSpec.udp(
            new StateId(1, 0xf1e50002), new Endpoint("192.0.2.1", 1000), new Endpoint("198.51.100.1", 53));

    private OtherVersionFaults() {}

    static List<Fault> all() {
        return new FaultList()
                .apart(
                        "OTHER_VERSION_NOT_COUNTED",
                        "drops frames of another version without counting them",
                        receives((frame, on) -> {
                            if (!other(frame)) {
                                on.accept(frame.encode());
                            }
                        }),
                        "PFSYNC-UPGR-01")
                .apart(
                        "OTHER_VERSION_READ",
                        "reads frames of another version as if they were of its own",
                        receives((frame, on) -> on.accept(ReceivedFaults.rightVersion(frame))),
                        "PFSYNC-UPGR-01")
                .apart(
                        "OTHER_VERSION_CLEARS",
                        "takes a frame of another version for a CLR of its own states",
                        takenFor(Messages.clear(OWN_HOST_ID)),
                        "PFSYNC-UPGR-03")
                .apart(
                        "OTHER_VERSION_ANSWERED",
                        "answers a frame of another version as if it asked for all states",
                        takenFor(Messages.bulkRequest()),
                        "PFSYNC-UPGR-04")
                .apart(
                        "OTHER_VERSION_INSERTS",
                        "takes a state out of a frame of another version",
                        takenFor(Messages.insert(SOMETHING)),
                        "PFSYNC-UPGR-02",
                        "PFSYNC-UPGR-03",
                        "PFSYNC-UPGR-05",
                        "PFSYNC-UPGR-06")
                .faults();
    }

    private static boolean other(Frame frame) {
        return frame.header().version() != frame.dialect().versionByte();
    }

    /** A frame of another version is counted, and does what a message of the firewall's own would. */
    private static Sabotage takenFor(MessageSpec message) {
        return receives((frame, on) -> {
            on.accept(frame.encode());
            if (other(frame)) {
                on.accept(FrameBuilder.of(frame.dialect())
                        .source(frame.ip().source())
                        .add(message.in(frame.dialect()))
                        .build());
            }
        });
    }
}
