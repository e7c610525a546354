package net.pfsync.suite.target;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.pfsync.suite.state.SecurityAssociation;
import net.pfsync.suite.state.StateId;
import net.pfsync.suite.state.StatePeer;
import net.pfsync.suite.state.StateSpec;
import net.pfsync.suite.state.StateView;
import net.pfsync.wire.Counter;
import net.pfsync.wire.Dialect;

/**
 * A firewall as an arena can see and operate it.
 *
 * <p>A method is only called when the arena offers its capability, which stands in brackets. Operations have happened when
 * they return, except for what the firewall does later by itself.
 */
public interface Adapter {

    /** {@code a} or {@code b}. */
    String name();

    /** How its frames are laid out. */
    Dialect dialect();

    /** Its address on the sync LAN, IPv4 as text. */
    String address();

    /** Its address on its other network, IPv4 as text [SECOND_INTERFACE]. */
    String otherAddress();

    /**
     * Its address on the inside or the outside LAN, as text [TRAFFIC].
     *
     * @param inside whether on the inside LAN
     * @param inet6 whether that of IPv6
     */
    String addressOn(boolean inside, boolean inet6);

    /**
     * The name of its interface on the inside or the outside LAN [TRAFFIC].
     *
     * @param inside whether on the inside LAN
     */
    String interfaceOn(boolean inside);

    /**
     * Loads rules for what passes between the LANs, in the syntax of pf.conf [TRAFFIC]. What the firewall itself needs passes in any case: pfsync,
     * and neighbour discovery. What no rule lets pass is blocked.
     */
    void loadRules(String rules);

    /** What it said when it stopped, empty while it works. */
    Optional<String> stopped();

    /** The MTU of its pfsync interface in bytes, the IP header counted. */
    int mtu();

    /** The pfsync statistics [COUNTERS]. */
    Map<Counter, Long> counters();

    /** The state table in its order [STATE_TABLE]. */
    List<StateView> table();

    /**
     * What its state table shows of a state; a console may leave fields out.
     *
     * @param whole the state with all its fields
     * @return the same with 0 in place of what {@link #table} does not show
     */
    default StateView shown(StateView whole) {
        return whole;
    }

    /** The demotion of an interface group, {@code carp} or {@code pfsync} [DEMOTION]. */
    int demotion(String group);

    /** Its kernel's messages, oldest first; empty where there is no console. */
    List<String> messages();

    /** What its kernel tells about itself; less where there is no console. */
    default Health health() {
        return new Health("", messages(), List.of());
    }

    /** Its host id, the creator of the states that it makes. */
    int hostId();

    /** The names of its interfaces, to which states may be bound; at least two. */
    List<String> interfaces();

    /**
     * Brings pfsync up in the way in which its release asks for all states, also when it is up already [CONFIGURE, unless it
     * has never been up].
     */
    void comeUp();

    /** Takes the pfsync interface down [CONFIGURE]. */
    void down();

    /** Brings the pfsync interface up [CONFIGURE]. */
    void up();

    /** Sets how many updates of one state are collected at most [CONFIGURE]. */
    void setMaxupd(int updates);

    /** Sets the peer's address, "0.0.0.0" for multicast [CONFIGURE]. */
    void setSyncpeer(String address);

    /** Sets the sync interface: its name, "" for none [CONFIGURE]. */
    void setSyncdev(String name);

    /** The name of the interface on the sync LAN [CONFIGURE]. */
    String syncdev();

    /** Sets the MTU of the pfsync interface [CONFIGURE]. */
    void setMtu(int bytes);

    /** Switches deferral on or off [CONFIGURE]. */
    void setDefer(boolean on);

    /** Sets how many states there may be [CONFIGURE]. */
    void setStateLimit(int states);

    /** Switches pf on or off [CONFIGURE]. */
    void setPfEnabled(boolean on);

    /** Makes a local state; the firewall may give it another id, which is returned [LOCAL_EVENTS]. */
    StateId addState(StateSpec state);

    /**
     * A local packet passes on the state [LOCAL_EVENTS].
     *
     * @param src what the packet makes of the initiator's side, null to leave it
     * @param dst likewise for the other side
     */
    void touch(StateId id, StatePeer src, StatePeer dst);

    /** Removes one state [REMOVE_STATES]. */
    void kill(StateId id);

    /** Removes all states of an interface, "" for all [REMOVE_STATES]. */
    void flush(String ifname);

    /** Sets a security association, new or known [LOCAL_EVENTS]. */
    void setSecurityAssociation(SecurityAssociation association);

    /** Local traffic moved a security association's counters [LOCAL_EVENTS]. */
    void useSecurityAssociation(SecurityAssociation association, boolean outbound);

    /** The security association with an SPI [LOCAL_EVENTS]. */
    Optional<SecurityAssociation> securityAssociation(int spi);
}
