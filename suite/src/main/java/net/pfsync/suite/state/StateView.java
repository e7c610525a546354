package net.pfsync.suite.state;

import java.util.ArrayList;
import java.util.List;

/**
 * A state as an observer shows it: a line of the target's table, or a full update that the target sent.
 *
 * @param id its name
 * @param ifname the interface it is bound to, "all" for a floating one
 * @param proto IP protocol
 * @param direction 1 in, 2 out
 * @param wireKey the key as packets on the wire show it
 * @param stackKey the key as the firewall's own stack sees it
 * @param src the initiator's side
 * @param dst the responder's side
 * @param timeout index of the timeout
 * @param creation age in seconds
 * @param expire seconds left
 * @param rule number of the rule it belongs to, -1 for the default rule
 * @param flags {@code state_flags}
 */
public record StateView(
        StateId id,
        String ifname,
        int proto,
        int direction,
        StateKey wireKey,
        StateKey stackKey,
        StatePeer src,
        StatePeer dst,
        int timeout,
        long creation,
        long expire,
        int rule,
        int flags) {

    /** Two observers read clocks of whole seconds, each at its moment. */
    private static final long CLOCK_TOLERANCE = 1;

    /** The same with another initiator's side. */
    public StateView withSrc(StatePeer side) {
        return new StateView(
                id, ifname, proto, direction, wireKey, stackKey, side, dst, timeout, creation, expire, rule, flags);
    }

    /** The same with other flags. */
    public StateView withFlags(int other) {
        return new StateView(
                id, ifname, proto, direction, wireKey, stackKey, src, dst, timeout, creation, expire, rule, other);
    }

    /**
     * What differs between two views of one state.
     *
     * @param other the other view
     * @return {@code name ours, theirs} for each differing field; ages and remaining times may differ by one second
     */
    public List<String> differences(StateView other) {
        List<String> found = new ArrayList<>(contentDifferences(other));
        differNearly(found, "creation", creation, other.creation);
        differNearly(found, "expire", expire, other.expire);
        StatePeer.differ(found, "rule", rule, other.rule);
        StatePeer.differ(found, "state_flags", flags, other.flags);
        return found;
    }

    /**
     * What differs from a state that was sent: everything that an import copies, but neither age and remaining time, which
     * go on, nor rule and flags, which are the importer's.
     *
     * @param sent what was sent
     * @return {@code name ours, theirs} for each differing field
     */
    public List<String> differences(StateSpec sent) {
        return contentDifferences(new StateView(
                sent.id(),
                sent.ifname(),
                sent.proto(),
                sent.direction(),
                sent.wireKey(),
                sent.stackKey(),
                sent.src(),
                sent.dst(),
                sent.timeout(),
                0,
                0,
                0,
                0));
    }

    /**
     * What differs of what an import copies between two views of one state.
     *
     * @param other the other view
     * @return {@code name ours, theirs} for each differing field
     */
    public List<String> contentDifferences(StateView other) {
        List<String> found = new ArrayList<>();
        StatePeer.differ(found, "id", id, other.id);
        StatePeer.differ(found, "ifname", ifname, other.ifname);
        StatePeer.differ(found, "proto", proto, other.proto);
        StatePeer.differ(found, "direction", direction, other.direction);
        StatePeer.differ(found, "key[0]", wireKey, other.wireKey);
        StatePeer.differ(found, "key[1]", stackKey, other.stackKey);
        found.addAll(src.differences("src.", other.src));
        found.addAll(dst.differences("dst.", other.dst));
        StatePeer.differ(found, "timeout", timeout, other.timeout);
        return found;
    }

    private static void differNearly(List<String> found, String name, long ours, long theirs) {
        if (Math.abs(ours - theirs) > CLOCK_TOLERANCE) {
            found.add(name + " " + ours + ", " + theirs);
        }
    }

    /** One line of a state table. */
    @Override
    public String toString() {
        return String.format(
                "%s %s proto %d %s %s%s  src %s  dst %s  age %d s, expires in %d s (timeout %d), rule %d, flags 0x%x",
                id,
                ifname,
                proto,
                direction == StateSpec.IN ? "in" : direction == StateSpec.OUT ? "out" : "direction " + direction,
                stackKey,
                wireKey.equals(stackKey) ? "" : " (wire " + wireKey + ")",
                src,
                dst,
                creation,
                expire,
                timeout,
                rule,
                flags);
    }
}
