package net.pfsync.suite.compare;

import java.io.IOException;
import java.util.function.Consumer;
import net.pfsync.suite.state.StateView;

/** One of the two that are compared. */
public interface Party {

    /** What it is called: {@code a}, or the name of a file. */
    String name();

    /**
     * What is known of it beside its states; asked once, before them.
     *
     * @return nothing where there is no console
     */
    default Facts facts() {
        return Facts.NONE;
    }

    /**
     * Lists its states, once.
     *
     * @param taker gets each of them
     * @throws IOException if the list cannot be read, or not to its end; one line says why
     * @throws net.pfsync.suite.verdict.CannotTell if it is no list of states, or ends within one
     */
    void states(Consumer<StateView> taker) throws IOException;

    /** How long it listened, in seconds, if it knows only what it heard; -1 if it shows everything. */
    default long listened() {
        return -1;
    }
}
