package net.pfsync.sync;

import net.pfsync.pf.State;

/**
 * Which states a received CLR removes.
 *
 * <p>Intended: those of the named creator; with an interface name, only those bound to exactly that interface. Source: {@code BEHAVIOUR.md}
 * section 3; recorded on OpenBSD 7.6, cases {@code s6-clr-*}.
 */
@FunctionalInterface
public interface ClearRule {

    /** The intended rule. */
    ClearRule BY_INTERFACE = (state, ifname) -> ifname.isEmpty() || state.ifname.equals(ifname);

    /**
     * Whether a state of the named creator goes.
     *
     * @param state a state of that creator
     * @param ifname the interface named in the message, empty for none
     * @return true if it is to be removed
     * @throws KernelPanic if the release does not survive the message
     */
    boolean removes(State state, String ifname);
}
