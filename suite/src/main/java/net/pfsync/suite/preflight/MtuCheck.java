package net.pfsync.suite.preflight;

import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;

/** pfsync's MTU is the same on all firewalls, no larger than that of the interface below, and the probe's interface takes such packets. */
final class MtuCheck implements Check {

    @Override
    public String name() {
        return "mtu";
    }

    @Override
    public Finding look(Site site) {
        Map<String, Integer> pfsync = site.answers(firewall -> firewall.pfsync().map(SyncInterface::mtu));
        Map<String, Integer> below = site.answers(
                firewall -> firewall.ask("ifconfig " + firewall.entry().syncInterface())
                        .flatMap(SyncInterface::of)
                        .map(SyncInterface::mtu));
        int here = site.place().mtu();
        int longest = Math.max(longest(pfsync.values()), longestHeard(site));
        Map<String, String> tight = new LinkedHashMap<>();
        pfsync.forEach((name, mtu) -> {
            if (below.getOrDefault(name, mtu) < mtu) {
                tight.put(name, mtu + " over " + below.get(name));
            }
        });
        if (!tight.isEmpty()) {
            return Finding.notOk(
                    "pfsync0 is larger than the interface below it: " + Site.inARow(tight),
                    "ifconfig pfsync0 mtu N, no more than the sync interface has");
        }
        if (new HashSet<>(pfsync.values()).size() > 1) {
            return Finding.notOk(
                    "the MTUs of pfsync0 differ: " + Site.inARow(pfsync), "ifconfig pfsync0 mtu N, the same N on all");
        }
        if (here > 0 && longest > here) {
            return Finding.notOk(
                    "the firewalls send up to " + longest + " bytes, "
                            + site.lab().syncInterface() + " here takes " + here,
                    "ip link set " + site.lab().syncInterface() + " mtu " + longest);
        }
        return pfsync.isEmpty()
                ? Finding.cannotTell("no console shows the MTU of pfsync0")
                : Finding.ok(Site.inARow(pfsync) + ", here " + here);
    }

    private static int longest(Collection<Integer> mtus) {
        return mtus.stream().mapToInt(Integer::intValue).max().orElse(0);
    }

    private static int longestHeard(Site site) {
        return site.heard().stream()
                .filter(packet -> packet.ip() != null)
                .mapToInt(packet -> packet.ip().totalLength())
                .max()
                .orElse(0);
    }
}
