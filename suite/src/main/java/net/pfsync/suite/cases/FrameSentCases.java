package net.pfsync.suite.cases;

import static net.pfsync.suite.probe.Messages.insert;
import static net.pfsync.suite.probe.Messages.insertAck;
import static net.pfsync.suite.probe.Messages.update;
import static net.pfsync.suite.probe.Messages.updateCompressed;
import static net.pfsync.suite.probe.Messages.updateRequest;

import java.util.List;
import net.pfsync.suite.lab.Lab;
import net.pfsync.suite.probe.HeardFrame;
import net.pfsync.suite.requirement.Requirement;
import net.pfsync.suite.state.StateFlag;
import net.pfsync.suite.state.StateId;
import net.pfsync.suite.state.StateSpec;
import net.pfsync.wire.EndOfFrame;
import net.pfsync.wire.IpHeader;
import net.pfsync.wire.Kind;
import net.pfsync.wire.Section;

/** What every frame of a firewall looks like from outside. */
final class FrameSentCases {

    private static final int IP_HEADER = 20;

    /** Frames that the target sends for different reasons. */
    private static List<HeardFrame> answers(Lab lab) {
        StateSpec known = lab.states().tcp();
        StateId unknown = lab.freshStateId();
        lab.probe().send(insert(known.withFlags(StateFlag.ACK)));
        HeardFrame acknowledgement = lab.probe().expect(insertAck(known.id())).atOnce();
        lab.probe().send(updateRequest(known.id()));
        HeardFrame update = lab.probe().expect(update(known.id())).atOnce();
        lab.probe().send(updateCompressed(unknown));
        HeardFrame request = lab.probe().expect(updateRequest(unknown)).atOnce();
        return List.of(acknowledgement, update, request);
    }

    @Requirement("PFSYNC-FRAME-29")
    void sendsFromTheSyncDeviceWithFullTtlAndUnfragmented(Lab lab) {
        for (HeardFrame heard : answers(lab)) {
            IpHeader ip = heard.frame().ip();
            lab.equal("TTL", 255, ip.ttl());
            lab.equal("type of service", 0x10, ip.tos());
            lab.equal("protocol", 240, ip.protocol());
            lab.equal("don't fragment", true, ip.df());
            lab.equal("source", lab.target().address(), ip.source());
        }
    }

    @Requirement("PFSYNC-FRAME-30")
    void announcesExactlyWhatItSends(Lab lab) {
        for (HeardFrame heard : answers(lab)) {
            lab.equal(
                    "version",
                    lab.dialect().versionByte(),
                    heard.frame().header().version());
            lab.equal(
                    "announced length",
                    heard.size() - IP_HEADER,
                    heard.frame().header().len());
            lab.equal("total length", heard.size(), heard.frame().ip().totalLength());
        }
    }

    @Requirement("PFSYNC-FRAME-31")
    void declaresTheSizeOfItsMessages(Lab lab) {
        for (HeardFrame heard : answers(lab)) {
            for (Section section : heard.frame().sections()) {
                int size = lab.dialect().layout(section.kind()).size();
                lab.equal("message size of " + section.kind(), size / 4, section.pad());
            }
        }
    }

    @Requirement("PFSYNC-EOF-01")
    void closesEveryFrameWithEof(Lab lab) {
        int behind = lab.dialect().layout(Kind.EOF).size();
        for (HeardFrame heard : answers(lab)) {
            Section last = heard.frame().sections().getLast();
            lab.equal("last section", Kind.EOF, last.kind());
            lab.equal("count of EOF", 1, last.count());
            lab.equal("bytes of EOF", 4 + behind, last.size());
            lab.equal("bytes behind EOF", 0, heard.frame().trailing().length);
        }
    }

    @Requirement("PFSYNC-EOF-08")
    void endsAFrameWithItsLastMessage(Lab lab) {
        for (HeardFrame heard : answers(lab)) {
            boolean closed = heard.frame().messages().stream().anyMatch(EndOfFrame.class::isInstance);
            lab.check(!closed, "no EOF", closed ? "an EOF" : "no EOF");
            lab.equal("bytes behind the last message", 0, heard.frame().trailing().length);
        }
    }
}
