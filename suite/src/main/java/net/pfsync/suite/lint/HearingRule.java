package net.pfsync.suite.lint;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import net.pfsync.wire.InsertAck;
import net.pfsync.wire.Message;
import net.pfsync.wire.Update;
import net.pfsync.wire.UpdateCompressed;
import net.pfsync.wire.UpdateRequest;
import net.pfsync.wire.WirePeer;

/**
 * Traffic that goes one way only.
 *
 * <table>
 * <caption>What is judged</caption>
 * <tr><td>addressed past</td><td>for ten seconds one firewall sends to a peer alone, and so is no member of the group, and that peer sends to somebody
 * else or to the group</td></tr>
 * <tr><td>deaf</td><td>a firewall never reacts to anybody (no INS_ACK, no UPD_REQ for a state), and what it says of {@value #STATES} TCP states is
 * behind what another had told seconds before</td></tr>
 * </table>
 */
final class HearingRule implements Rule {

    private static final long SECOND = 1_000_000_000L;
    private static final long LASTING = 10 * SECOND;
    private static final long TOLD = 3 * SECOND;
    private static final int STATES = 5;
    private static final int MOST_SENDERS = 64;
    private static final int TCP = 6;
    private static final int HIGHEST_TCP_STATE = 10;

    private final Findings findings;
    private final Map<String, String> destinations = new HashMap<>();
    private final Map<String, Long> pastSince = new HashMap<>();
    private final Map<String, Set<StateName>> behind = new HashMap<>();
    private final Set<String> hearing = new HashSet<>();

    HearingRule(Findings findings) {
        this.findings = findings;
    }

    // ---- addresses ----

    @Override
    public void packet(Heard heard) {
        if (heard.packet().ip() == null
                || (destinations.size() >= MOST_SENDERS && !destinations.containsKey(heard.sender()))) {
            return;
        }
        destinations.put(heard.sender(), heard.packet().ip().destination());
        destinations.forEach((sender, peer) -> {
            if (peer.equals(heard.sender())) {
                past(heard, sender);
            }
        });
    }

    /** Somebody speaks to the one who speaks now. */
    private void past(Heard heard, String sender) {
        String to = destinations.get(heard.sender());
        if (to.equals(sender)) {
            pastSince.remove(sender);
            return;
        }
        long since = pastSince.computeIfAbsent(sender, absent -> heard.nanos());
        if (heard.nanos() - since >= LASTING) {
            findings.add(
                    Check.ONE_WAY,
                    sender,
                    to,
                    "sends to " + heard.sender() + " alone, which itself sends to " + to + ": " + sender
                            + " does not hear it",
                    heard.number());
        }
    }

    // ---- states ----

    @Override
    public void message(Heard heard, StateName name, Tables.Known known, Message message) {
        switch (message) {
            case InsertAck ack -> hearing.add(heard.sender());
            case UpdateRequest request -> {
                if (!request.asksForAll()) {
                    hearing.add(heard.sender());
                }
            }
            case Update update -> said(heard, name, known, update.src(), update.dst());
            case UpdateCompressed update -> said(heard, name, known, update.src(), update.dst());
            default -> {}
        }
    }

    private void said(Heard heard, StateName name, Tables.Known known, WirePeer src, WirePeer dst) {
        if (known == null || known.proto() != TCP || hearing.contains(heard.sender())) {
            return;
        }
        for (Tables.Told told = known.told(); told != null; told = told.next()) {
            if (!told.sender().equals(heard.sender())
                    && heard.nanos() - told.nanos() > TOLD
                    && further(told.srcState(), told.srcSeqlo(), src)
                    && further(told.dstState(), told.dstSeqlo(), dst)) {
                behind(heard, name, told);
            }
        }
    }

    private void behind(Heard heard, StateName name, Tables.Told told) {
        Set<StateName> states = behind.computeIfAbsent(heard.sender(), absent -> new HashSet<>());
        if (states.size() < STATES) {
            states.add(name);
        }
        if (states.size() == STATES) {
            findings.add(
                    Check.ONE_WAY,
                    heard.sender(),
                    told.sender(),
                    "speaks of states as if it had never heard what " + told.sender() + " told of them, " + name
                            + " for one, and answers nothing",
                    told.number(),
                    heard.number());
        }
    }

    /** Whether what was told is further on than what is said now. */
    private static boolean further(int state, int seqlo, WirePeer now) {
        return state <= HIGHEST_TCP_STATE
                && now.state() <= HIGHEST_TCP_STATE
                && (now.state() < state || (now.state() == state && now.seqlo() - seqlo < 0));
    }
}
