package net.pfsync.suite.requirement;

import java.util.function.BooleanSupplier;
import net.pfsync.suite.catalogue.Catalogue;
import net.pfsync.suite.target.Arena;

/**
 * What the cases of one run share.
 *
 * @param catalogue the requirements
 * @param arena where cases run
 * @param seed everything random comes from it
 * @param thorough whether cases check all combinations of their values
 * @param listener is told of every case
 * @param cancelled whether no further case shall begin
 */
public record CaseRun(
        Catalogue catalogue,
        Arena arena,
        long seed,
        boolean thorough,
        CaseListener listener,
        BooleanSupplier cancelled) {

    /** A run with as many combinations as are needed for every two values to meet. */
    public CaseRun(Catalogue catalogue, Arena arena, long seed, CaseListener listener, BooleanSupplier cancelled) {
        this(catalogue, arena, seed, false, listener, cancelled);
    }

    /** Under this name a run lies in the store of its JUnit launcher session. */
    public static final String KEY = CaseRun.class.getName();
}
