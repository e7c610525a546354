package net.pfsync.suite.target.real;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import net.pfsync.net.MacAddress;
import net.pfsync.suite.state.SecurityAssociation;
import net.pfsync.suite.state.StateId;
import net.pfsync.suite.state.StatePeer;
import net.pfsync.suite.state.StateSpec;
import net.pfsync.suite.state.StateView;
import net.pfsync.suite.target.Adapter;
import net.pfsync.suite.target.Capability;
import net.pfsync.suite.verdict.NotOffered;

/** A firewall on a real LAN, however much of it can be seen. */
interface LanFirewall extends Adapter {

    /** What can be seen of it, and done to it. */
    Set<Capability> capabilities();

    /** The Ethernet address of its interface on the sync LAN. */
    MacAddress ethernet();

    /** Its statistics count from now on. */
    void restartCounters();

    /** Only these states are in its {@link #table} from now on; those of others are none of a case's business. */
    void show(Predicate<StateView> states);

    /** The state table with everybody's states. */
    List<StateView> wholeTable();

    /** Whether it still is the system that was found at first, and has not booted since, as far as that can be seen. */
    boolean sameBoot();

    /** Which release it is: {@code openbsd-7.6}, or the name of a reference release; empty if that cannot be seen. */
    String release();

    // ---- what nobody can do to it from outside, whether it has a console or not ----

    @Override
    default StateId addState(StateSpec state) {
        throw beyondReach("makes no states");
    }

    @Override
    default void touch(StateId id, StatePeer src, StatePeer dst) {
        throw beyondReach("does not use states");
    }

    @Override
    default void setSecurityAssociation(SecurityAssociation association) {
        throw beyondReach("makes no security associations");
    }

    @Override
    default void useSecurityAssociation(SecurityAssociation association, boolean outbound) {
        throw beyondReach("does not use security associations");
    }

    @Override
    default Optional<SecurityAssociation> securityAssociation(int spi) {
        throw beyondReach("shows no security associations");
    }

    private NotOffered beyondReach(String why) {
        return new NotOffered("this cannot be done to firewall " + name() + ": a console " + why);
    }
}
