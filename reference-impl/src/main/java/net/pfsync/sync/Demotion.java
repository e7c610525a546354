package net.pfsync.sync;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * How much pfsync makes this firewall stand back behind its peers: the demotion counter of the interface groups carp and
 * pfsync, which pfsync changes together.
 *
 * <p>Source: {@code BEHAVIOUR.md} section 16; recorded on OpenBSD 4.6 and 7.6.
 */
public final class Demotion {

    /**
     * One change.
     *
     * @param nanos when, on the firewall's monotonic clock
     * @param amount how much was added; negative when taken back
     * @param reason why, in a few words
     */
    public record Change(long nanos, int amount, String reason) {}

    private static final int KEPT = 1000;

    private final List<Change> ledger = new ArrayList<>();
    private int value;

    /** Changes the counter and remembers why; the ledger keeps the last {@value #KEPT} changes. */
    void change(long nanos, int amount, String reason) {
        value += amount;
        if (ledger.size() == KEPT) {
            ledger.remove(0);
        }
        ledger.add(new Change(nanos, amount, reason));
    }

    /**
     * The counter now.
     *
     * @return 0 when this firewall need not stand back
     */
    public int value() {
        return value;
    }

    /**
     * What changed it.
     *
     * @return the last changes, oldest first
     */
    public List<Change> ledger() {
        return Collections.unmodifiableList(ledger);
    }
}
