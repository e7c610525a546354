package net.pfsync.suite.replay;

import java.util.Optional;

/** One thing done to the machine during a case. */
sealed interface Step {

    /** A packet arrives from one of its LANs. */
    record Receive(Packet packet) implements Step {}

    /** The interface pfsync0 is made. */
    record Create() implements Step {}

    /** The interface pfsync0 is removed. */
    record Destroy() implements Step {}

    /** The interface pfsync0 is brought up or taken down. */
    record Up(boolean up) implements Step {}

    /** The sync interface is set; empty text = none. */
    record Syncdev(String name) implements Step {}

    /** All parameters are set again as they are; releases that ask for a bulk update then do it once more. */
    record SetAgain() implements Step {}

    /** The address that frames go to is set; empty = the group. */
    record Syncpeer(Optional<String> address) implements Step {}

    /** The number of updates that make a state leave at once is set. */
    record Maxupd(int updates) implements Step {}

    /** Deferral is switched. */
    record Defer(boolean on) implements Step {}

    /** The MTU of pfsync0 is set. */
    record Mtu(int bytes) implements Step {}

    /** The cable of the sync interface is pulled or plugged. */
    record SyncLink(boolean up) implements Step {}

    /** States are added by ioctl; which ones is told by the tables of the case. */
    record AddStates(int count) implements Step {}

    /** The states of one interface, or with empty text all states, are cleared. */
    record Flush(String ifname) implements Step {}

    /** One state is killed by its name; no creator id means the machine's own. */
    record KillById(long id, Optional<Integer> creatorId) implements Step {}

    /** The states from a host, and perhaps to another, are killed. */
    record KillByHost(String source, Optional<String> destination) implements Step {}

    /** pf is enabled or disabled. */
    record Pf(boolean enabled) implements Step {}

    /** pf's rules are loaded again, with another host id in them. */
    record SetHostId(int hostId) implements Step {}

    /** Something that the replay cannot do. */
    record Unknown(String text) implements Step {}
}
