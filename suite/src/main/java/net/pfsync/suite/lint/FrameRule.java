package net.pfsync.suite.lint;

import net.pfsync.wire.ByteAccess;
import net.pfsync.wire.Counter;
import net.pfsync.wire.FrameDecoder;
import net.pfsync.wire.FrameHeader;
import net.pfsync.wire.IpHeader;
import net.pfsync.wire.Problem;

/** Packets that a receiver would count as wrong, and those that should not have come like this. */
final class FrameRule implements Rule {

    private final Findings findings;
    private final int mtu;

    /**
     * A rule.
     *
     * @param mtu of pfsync0, the IP header included
     */
    FrameRule(Findings findings, int mtu) {
        this.findings = findings;
        this.mtu = mtu;
    }

    @Override
    public void packet(Heard heard) {
        if (heard.packet().ip() == null) {
            return;
        }
        IpHeader ip = heard.packet().ip();
        if (ip.fragment()) {
            findings.add(Check.FRAGMENTED, heard, "sends fragments; what is in them is not judged");
        } else if (ip.version() == 4 && !ip.df()) {
            findings.add(Check.DF_MISSING, heard, "sends packets that may be fragmented (DF is not set)");
        }
        int announced = announced(heard);
        if (!ip.fragment() && announced < heard.packet().size()) {
            findings.add(
                    Check.FRAME_MALFORMED,
                    heard.sender(),
                    "announced",
                    "announces a length of " + announced + " bytes and sends "
                            + heard.packet().size() + "; receivers leave out the rest",
                    heard.number());
        }
        if (ip.totalLength() > mtu) {
            findings.add(
                    Check.ABOVE_MTU,
                    heard.sender(),
                    "",
                    "sends packets of " + ip.totalLength() + " bytes, longer than the MTU of " + mtu,
                    heard.number());
        }
    }

    /** The length in the header, where the dialect has one. */
    private static int announced(Heard heard) {
        boolean has = heard.dialect().framing().subheaders() && heard.packet().size() >= FrameHeader.SIZE;
        return has
                ? ByteAccess.u16(heard.packet().bytes(), heard.packet().payload() + FrameHeader.LEN)
                : Integer.MAX_VALUE;
    }

    /** A packet of which the walk or a message says that something is wrong. */
    void wrong(Heard heard) {
        Problem problem =
                FrameDecoder.decode(heard.dialect(), heard.packet().wrapped()).problem();
        if (problem == null) {
            return;
        }
        Check check = problem.counter() == Counter.BADVAL || problem.counter() == Counter.BADSTATE
                ? Check.VALUE_OUT_OF_RANGE
                : problem.counter() == Counter.BADTTL ? Check.TTL : Check.FRAME_MALFORMED;
        String counted =
                problem.counter() == null ? "" : " (" + problem.counter().text() + ")";
        findings.add(
                check,
                heard.sender(),
                problem.text().replaceAll("\\d+", "N"),
                "sends a packet with a fault: " + problem.text() + counted,
                heard.number());
    }
}
