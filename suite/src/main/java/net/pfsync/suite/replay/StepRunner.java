package net.pfsync.suite.replay;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import net.pfsync.net.Ipv4Address;
import net.pfsync.node.Firewall;
import net.pfsync.pf.State;
import net.pfsync.sync.ConfigException;
import net.pfsync.sync.Pfsync;

/** Does to the firewall what was done to the recorded machine, and notes where it did not answer as that one. */
final class StepRunner {

    /** Results that tell how many states were removed or added. */
    private static final Pattern COUNT = Pattern.compile("(?:killed|added) (\\d+)\\b.*");

    private static final int INET = 2;

    private final RecordedCase recorded;
    private final Stage stage;
    private final AddedStates added;
    private final ChosenIds ids;
    private final List<Difference> mishaps = new ArrayList<>();

    StepRunner(RecordedCase recorded, Stage stage, AddedStates added) {
        this.recorded = recorded;
        this.stage = stage;
        this.added = added;
        this.ids = new ChosenIds(recorded, stage.replies());
    }

    /** What did not go as recorded. */
    List<Difference> mishaps() {
        return mishaps;
    }

    void run(Timeline.Event event) {
        for (Step step : event.steps()) {
            try {
                int count = run(step);
                event.result().ifPresent(result -> compareCount(event.name(), result, count));
            } catch (ConfigException e) {
                if (event.result()
                        .filter(result -> result.contains(e.errno().text()))
                        .isEmpty()) {
                    mishaps.add(new Difference(event.name(), event.result().orElse("done"), e.getMessage()));
                }
            } catch (IllegalArgumentException | MalformedCaseException e) {
                mishaps.add(new Difference(event.name(), "done", e.getMessage()));
            }
        }
    }

    private void compareCount(String name, String result, int count) {
        Matcher matcher = COUNT.matcher(result);
        if (matcher.matches() && count >= 0 && !matcher.group(1).equals(String.valueOf(count))) {
            mishaps.add(Difference.of(name, matcher.group(1) + " states", count));
        }
    }

    /** Does one step; returns how many states it removed or added, -1 if that is not its business. */
    private int run(Step step) throws ConfigException {
        Firewall firewall = stage.firewall();
        Pfsync pfsync = firewall.pfsync();
        switch (step) {
            case Step.Receive receive -> stage.send(ids.translate(receive.packet()));
            case Step.Create create -> {
                pfsync.create();
                Situation.parameters(pfsync, recorded.configuration());
            }
            case Step.Destroy destroy -> pfsync.destroy();
            case Step.Up up when up.up() -> pfsync.up();
            case Step.Up down -> pfsync.down();
            case Step.Syncdev syncdev -> pfsync.setSyncdev(syncdev.name());
            case Step.SetAgain again -> pfsync.setSyncdev(pfsync.syncdev());
            case Step.Syncpeer peer ->
                pfsync.setSyncpeer(peer.address().map(Ipv4Address::parse).orElse(0));
            case Step.Maxupd maxupd -> pfsync.setMaxupd(maxupd.updates());
            case Step.Defer defer -> pfsync.setDefer(defer.on());
            case Step.Mtu mtu -> pfsync.setMtu(mtu.bytes());
            case Step.SyncLink link -> stage.syncLink(link.up());
            case Step.Pf pf -> firewall.enablePf(pf.enabled());
            case Step.AddStates add -> {
                return added.add(add.count(), stage);
            }
            case Step.Flush flush -> {
                return firewall.flushStates(flush.ifname());
            }
            case Step.KillById kill -> {
                return firewall.killById(
                        ids.translate(kill.id()), kill.creatorId().orElse(ownHostId()));
            }
            case Step.KillByHost kill -> {
                return killByHost(kill);
            }
            case Step.SetHostId set -> firewall.setHostId(set.hostId());
            case Step.Unknown unknown -> throw new IllegalArgumentException("not understood: " + unknown.text());
        }
        return -1;
    }

    private int ownHostId() {
        return Integer.parseUnsignedInt(recorded.configuration().hostId(), 16);
    }

    private int killByHost(Step.KillByHost kill) {
        int source = Ipv4Address.parse(kill.source());
        Optional<Integer> destination = kill.destination().map(Ipv4Address::parse);
        if (destination.isEmpty()) {
            return stage.firewall().killBySource(source);
        }
        List<State> matching = new ArrayList<>();
        for (State state : stage.firewall().states()) {
            if (state.wire.af() == INET && end(state, true) == source && end(state, false) == destination.get()) {
                matching.add(state);
            }
        }
        return matching.stream()
                .mapToInt(state -> stage.firewall().killById(state.id, state.creatorId))
                .sum();
    }

    /** The IPv4 address of one end of a connection. */
    private static int end(State state, boolean initiator) {
        boolean first = initiator == (state.direction != State.OUT);
        return (int) ((first ? state.wire.address0Hi : state.wire.address1Hi) >>> 32);
    }
}
