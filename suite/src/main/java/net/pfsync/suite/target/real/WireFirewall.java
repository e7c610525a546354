package net.pfsync.suite.target.real;

import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import net.pfsync.net.MacAddress;
import net.pfsync.suite.probe.Exchange;
import net.pfsync.suite.state.StateId;
import net.pfsync.suite.state.StateView;
import net.pfsync.suite.state.WireView;
import net.pfsync.suite.target.Capability;
import net.pfsync.suite.target.Captured;
import net.pfsync.suite.target.real.LabConfig.FirewallEntry;
import net.pfsync.suite.verdict.CannotTell;
import net.pfsync.suite.verdict.NotOffered;
import net.pfsync.wire.BulkStatus;
import net.pfsync.wire.Counter;
import net.pfsync.wire.Dialect;
import net.pfsync.wire.FrameBuilder;
import net.pfsync.wire.FrameDecoder;
import net.pfsync.wire.Kind;
import net.pfsync.wire.Message;
import net.pfsync.wire.MessageBuilder;
import net.pfsync.wire.StateMessage;

/**
 * A firewall without a console: what it has is asked for on the wire, a state by an update request and the whole table by a bulk request.
 *
 * <p>It offers no capability: its statistics, its demotion and its settings cannot be seen, and a bulk request in the middle of a case would be one
 * more thing that happens to it; so the table is only asked for between cases.
 */
final class WireFirewall implements LanFirewall {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final FirewallEntry entry;
    private final Station probe;
    private final Dialect dialect;
    private final MacAddress mac;
    private Predicate<StateView> concern = state -> true;

    /**
     * A firewall that answers on the sync LAN.
     *
     * @param entry what the lab file says of it
     * @param probe the station that asks
     * @param dialect what it speaks
     * @throws CannotTell if nobody has its address there
     */
    WireFirewall(FirewallEntry entry, Station probe, Dialect dialect) {
        this.entry = entry;
        this.probe = probe;
        this.dialect = dialect;
        this.mac = probe.resolve(entry.syncAddress());
    }

    @Override
    public Set<Capability> capabilities() {
        return EnumSet.noneOf(Capability.class);
    }

    @Override
    public Dialect dialect() {
        return dialect;
    }

    @Override
    public MacAddress ethernet() {
        return mac;
    }

    @Override
    public void restartCounters() {
        // Nobody sees them.
    }

    /** Nothing on the wire names a release. */
    @Override
    public String release() {
        return "";
    }

    @Override
    public String name() {
        return entry.name();
    }

    @Override
    public String address() {
        return entry.syncAddress();
    }

    /** A firewall that does not work any more does not answer the sentinel. */
    @Override
    public Optional<String> stopped() {
        return Optional.empty();
    }

    /** What fits on the LAN; a smaller MTU of pfsync's own is not seen. */
    @Override
    public int mtu() {
        return probe.mtu();
    }

    @Override
    public void show(Predicate<StateView> states) {
        concern = states;
    }

    @Override
    public List<StateView> table() {
        return wholeTable().stream().filter(concern).toList();
    }

    /** Nothing on the wire tells it. */
    @Override
    public boolean sameBoot() {
        return true;
    }

    /** Every state that it hands out in a bulk transfer; not for the middle of a case. */
    @Override
    public List<StateView> wholeTable() {
        int before = probe.talkAsideTo(entry.syncAddress(), mac);
        try {
            probe.send(FrameBuilder.of(dialect)
                    .source(probe.probeAddress())
                    .add(MessageBuilder.of(dialect, Kind.UPD_REQ).build())
                    .build());
            List<Message> heard = new ArrayList<>();
            boolean ended = probe.until(() -> ended(heard, before), PATIENCE);
            if (!ended) {
                throw new CannotTell("firewall " + name() + " did not end its answer to a bulk request within "
                        + PATIENCE.toSeconds() + " s");
            }
            return heard.stream()
                    .filter(StateMessage.class::isInstance)
                    .map(message -> WireView.of((StateMessage) message))
                    .toList();
        } finally {
            probe.talkToTarget();
        }
    }

    private boolean ended(List<Message> heard, int before) {
        heard.clear();
        List<Captured> frames = probe.frames();
        frames.subList(before, frames.size()).stream()
                .filter(frame -> frame.sender().equals(Exchange.TARGET))
                .flatMap(frame -> FrameDecoder.decode(dialect, frame.payload()).messages().stream())
                .forEach(heard::add);
        return heard.stream()
                .anyMatch(message -> message instanceof BulkStatus bulk && bulk.status() == BulkStatus.END);
    }

    /** On the wire the whole state is seen. */
    @Override
    public StateView shown(StateView whole) {
        return whole;
    }

    @Override
    public List<String> messages() {
        return List.of();
    }

    private NotOffered without(String what) {
        return new NotOffered(what + " of firewall " + name() + " cannot be seen without a console");
    }

    private NotOffered cannot(String what) {
        return new NotOffered(what + " of firewall " + name() + " cannot be changed without a console");
    }

    @Override
    public int hostId() {
        throw without("the host id");
    }

    @Override
    public List<String> interfaces() {
        throw without("the interfaces");
    }

    @Override
    public String otherAddress() {
        throw without("the other network");
    }

    @Override
    public String addressOn(boolean inside, boolean inet6) {
        throw without("the addresses");
    }

    @Override
    public String interfaceOn(boolean inside) {
        throw without("the interfaces");
    }

    @Override
    public Map<Counter, Long> counters() {
        throw without("the statistics");
    }

    @Override
    public int demotion(String group) {
        throw without("the demotion");
    }

    @Override
    public String syncdev() {
        throw without("the sync interface");
    }

    @Override
    public void loadRules(String rules) {
        throw cannot("the rules");
    }

    /** One that answers on the LAN is up. */
    @Override
    public void comeUp() {
        // It is, or the sentinel is not answered.
    }

    @Override
    public void down() {
        throw cannot("the pfsync interface");
    }

    @Override
    public void up() {
        throw cannot("the pfsync interface");
    }

    @Override
    public void setMaxupd(int updates) {
        throw cannot("maxupd");
    }

    @Override
    public void setSyncpeer(String address) {
        throw cannot("the syncpeer");
    }

    @Override
    public void setSyncdev(String name) {
        throw cannot("the sync interface");
    }

    @Override
    public void setMtu(int bytes) {
        throw cannot("the MTU");
    }

    @Override
    public void setDefer(boolean on) {
        throw cannot("deferral");
    }

    @Override
    public void setStateLimit(int states) {
        throw cannot("the limit of states");
    }

    @Override
    public void setPfEnabled(boolean on) {
        throw cannot("pf");
    }

    @Override
    public void kill(StateId id) {
        throw cannot("the table");
    }

    @Override
    public void flush(String ifname) {
        throw cannot("the table");
    }
}
