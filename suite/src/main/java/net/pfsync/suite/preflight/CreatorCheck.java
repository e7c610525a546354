package net.pfsync.suite.preflight;

import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import net.pfsync.suite.state.OwnStates;

/** Every firewall has a host id of its own, and none has one of the suite's. Two with the same id take each other's states for their own. */
final class CreatorCheck implements Check {

    private static final int HEX = 16;
    private static final Pattern HOST_ID = Pattern.compile("(?m)^Hostid: +0x([0-9a-f]{8})\\s*$");

    @Override
    public String name() {
        return "creators";
    }

    @Override
    public Finding look(Site site) {
        Map<String, String> ids =
                site.answers(firewall -> firewall.ask("pfctl -s info -v").flatMap(CreatorCheck::hostId));
        String remedy = "'set hostid N' in pf.conf, another N on each; without it one is drawn at every start";
        if (new HashSet<>(ids.values()).size() < ids.size()) {
            return Finding.notOk("host ids are the same: " + Site.inARow(ids), remedy);
        }
        boolean ours = ids.values().stream()
                .anyMatch(id -> OwnStates.CREATORS.contains(Integer.parseUnsignedInt(id.substring(2), HEX)));
        if (ours) {
            return Finding.notOk("a host id is one of the suite's own creators: " + Site.inARow(ids), remedy);
        }
        return ids.size() < site.firewalls().size()
                ? Finding.cannotTell(
                        "not every console shows a host id" + (ids.isEmpty() ? "" : ": " + Site.inARow(ids)))
                : Finding.ok(Site.inARow(ids));
    }

    private static Optional<String> hostId(String text) {
        Matcher matcher = HOST_ID.matcher(text);
        return matcher.find() ? Optional.of("0x" + matcher.group(1)) : Optional.empty();
    }
}
