package net.pfsync.suite.target.real;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import net.pfsync.net.Ipv4Address;
import net.pfsync.net.MacAddress;
import net.pfsync.suite.capture.CapturedFrame;
import net.pfsync.suite.capture.DialectFinder;
import net.pfsync.suite.capture.LinkType;
import net.pfsync.suite.capture.SyncPacket;
import net.pfsync.suite.probe.Exchange;
import net.pfsync.suite.target.Captured;
import net.pfsync.suite.target.real.LabConfig.FirewallEntry;
import net.pfsync.suite.target.real.LabConfig.Mode;
import net.pfsync.suite.target.real.Station.Neighbour;
import net.pfsync.suite.verdict.CannotTell;
import net.pfsync.wire.Dialect;
import net.pfsync.wire.FrameBuilder;
import net.pfsync.wire.Kind;
import net.pfsync.wire.MessageBuilder;

/**
 * What a firewall without a console speaks, found out from its frames. One that is silent is asked for all states in each version: it drops the
 * requests that are not of its own.
 */
final class Overheard {

    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private Overheard() {}

    /**
     * Listens, and asks if it may.
     *
     * @param firewall the firewall under test
     * @param probe the station
     * @param mode whether anything may be sent
     * @return what it speaks
     * @throws CannotTell if it does not say anything
     */
    static Dialect dialect(FirewallEntry firewall, ProbeStation probe, Mode mode) {
        int address = Ipv4Address.parse(firewall.syncAddress());
        probe.talkTo(Map.of(address, new Neighbour(Exchange.TARGET, MacAddress.BROADCAST)));
        probe.restart();
        if (!probe.until(() -> said(probe), PATIENCE) && mode != Mode.READ_ONLY) {
            MacAddress mac = probe.resolve(firewall.syncAddress());
            probe.talkTo(Map.of(address, new Neighbour(Exchange.TARGET, mac)));
            for (Dialect dialect : Recognition.oneOfEachVersion()) {
                probe.send(FrameBuilder.of(dialect)
                        .source(probe.probeAddress())
                        .add(MessageBuilder.of(dialect, Kind.UPD_REQ).build())
                        .build());
                probe.pass(PATIENCE);
            }
        }
        DialectFinder finder = new DialectFinder();
        SyncPacket last = null;
        for (Captured frame : ofTarget(probe)) {
            SyncPacket packet = packet(frame);
            if (packet != null) {
                finder.observe(packet);
                last = packet;
            }
        }
        Dialect dialect = last == null ? null : finder.of(last);
        if (dialect == null) {
            throw new CannotTell(
                    "firewall a says nothing that tells its release; name it: 'release: …' in the lab file");
        }
        return dialect;
    }

    private static boolean said(ProbeStation probe) {
        return !ofTarget(probe).isEmpty();
    }

    private static List<Captured> ofTarget(ProbeStation probe) {
        return probe.frames().stream()
                .filter(frame -> frame.sender().equals(Exchange.TARGET))
                .toList();
    }

    private static SyncPacket packet(Captured frame) {
        byte[] bytes = frame.ethernet();
        return SyncPacket.of(new CapturedFrame(1, frame.at().toNanos(), LinkType.ETHERNET, bytes, bytes.length));
    }
}
