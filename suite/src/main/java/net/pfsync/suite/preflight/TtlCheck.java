package net.pfsync.suite.preflight;

import java.util.Map;
import java.util.TreeMap;
import net.pfsync.suite.capture.SyncPacket;
import net.pfsync.wire.IpHeader;

/** Packets arrive with TTL 255, as every receiver demands: nobody forwards them on the way. */
final class TtlCheck implements Check {

    @Override
    public String name() {
        return "ttl";
    }

    @Override
    public Finding look(Site site) {
        Map<String, Integer> wrong = new TreeMap<>();
        int seen = 0;
        for (SyncPacket packet : site.heard()) {
            if (packet.ip() != null) {
                seen++;
                if (packet.ip().ttl() != IpHeader.TTL) {
                    wrong.put(packet.sender(), packet.ip().ttl());
                }
            }
        }
        if (!wrong.isEmpty()) {
            return Finding.notOk(
                    "TTL of " + Site.inARow(wrong) + " instead of 255",
                    "a router, or a rule with min-ttl, is between the firewalls and this LAN; put them on one LAN");
        }
        return seen == 0
                ? Finding.cannotTell("no packet was heard in " + site.listenedFor())
                : Finding.ok("255 in all " + seen + " packets");
    }
}
