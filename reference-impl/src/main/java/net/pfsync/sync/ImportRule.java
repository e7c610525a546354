package net.pfsync.sync;

import net.pfsync.pf.State;
import net.pfsync.wire.StateMessage;

/**
 * What a release asks of a received state before it puts it into its table, and what it takes over.
 *
 * @param admission the checks beyond the ranges that INS has already passed
 * @param expiry how the remaining lifetime is understood
 * @param insertTakesRule whether an INS is tied to the local rule of its number when the rulesets have equal checksums
 * @param updateTakesRule the same for an UPD that inserts
 * @param keepsNosync whether NOSYNC in the received flags stays
 * @param protocolIsNosync whether a state of protocol 240 is never announced
 */
public record ImportRule(
        Admission admission,
        ExpiryRule expiry,
        boolean insertTakesRule,
        boolean updateTakesRule,
        boolean keepsNosync,
        boolean protocolIsNosync) {

    /** What becomes of a received state. */
    public enum Verdict {
        /** It may be imported. */
        ADMIT,
        /** It is an error: UPD counts it as badstate, INS does not. */
        REFUSE,
        /** It is left out and nobody is told. */
        IGNORE
    }

    /** The checks of a release. */
    @FunctionalInterface
    public interface Admission {

        /** The intended checks: a known address family and a direction. Source: {@code BEHAVIOUR.md} 4.1. */
        Admission STRICT = (message, inet6, debugging) ->
                StateImporter.knownFamily(message.af(), inet6) && message.direction() <= State.OUT
                        ? Verdict.ADMIT
                        : Verdict.REFUSE;

        /**
         * These checks, and that the state has a creator. Source: {@code BEHAVIOUR.md} 8.1.
         *
         * @param onlyDebugging whether a creator of 0 is only refused at pf's debug level misc
         * @return the checks together
         */
        default Admission andCreator(boolean onlyDebugging) {
            return (message, inet6, debugging) -> message.creatorId() == 0 && (debugging || !onlyDebugging)
                    ? Verdict.REFUSE
                    : check(message, inet6, debugging);
        }

        /**
         * Looks at a state that is about to be imported.
         *
         * @param message INS or UPD of an unknown state
         * @param inet6 the number of the address family IPv6
         * @param debugging whether pf's debug level is misc or higher
         * @return what becomes of it
         */
        Verdict check(StateMessage message, int inet6, boolean debugging);
    }
}
