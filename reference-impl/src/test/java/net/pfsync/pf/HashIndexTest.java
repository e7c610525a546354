package net.pfsync.pf;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

/** The hash table under both indices of the state table, against a plain list. */
class HashIndexTest {

    private static final int CAPACITY = 16;

    private HashIndex<Entry> index = new HashIndex<>();
    private List<Entry> model = new ArrayList<>();

    /** An entry with a hash of its own choice; two of the same hash are still two entries. */
    private static final class Entry {
        private final int hash;

        Entry(int hash) {
            this.hash = hash;
        }
    }

    private Entry add(int hash) {
        Entry entry = new Entry(hash);
        index.add(hash, entry);
        model.add(entry);
        return entry;
    }

    private void remove(Entry entry) {
        index.remove(entry.hash, entry);
        model.remove(entry);
    }

    @SuppressWarnings("ReferenceEquality") // entries are told apart by identity
    private boolean finds(Entry wanted) {
        Entry entry;
        for (int slot = index.home(wanted.hash); (entry = index.at(slot)) != null; slot = index.after(slot)) {
            if (index.hashed(slot, wanted.hash) && entry == wanted) {
                return true;
            }
        }
        return false;
    }

    private void findsAllOfTheModel() {
        assertThat(model.stream().allMatch(this::finds)).isTrue();
    }

    @Test
    void findsNothingInAnEmptyIndex() {
        assertThat(finds(new Entry(3))).isFalse();
    }

    @Test
    void keepsSeveralEntriesOfOneHashApart() {
        Entry first = add(3);
        Entry second = add(3);
        assertThat(finds(new Entry(3))).isFalse();
        remove(first);
        assertThat(finds(first)).isFalse();
        assertThat(finds(second)).isTrue();
    }

    @Test
    void keepsHashesApartThatHaveOneHome() {
        add(3);
        add(3 + CAPACITY);
        assertThat(index.hashed(3, 3)).isTrue();
        assertThat(index.hashed(4, 3 + CAPACITY)).isTrue();
        findsAllOfTheModel();
    }

    @Test
    void movesARunBackOverTheEndOfTheTable() {
        Entry first = add(CAPACITY - 1);
        add(CAPACITY - 1);
        add(CAPACITY - 1);
        add(0);
        remove(first);
        assertThat(index.at(2)).isNull();
        findsAllOfTheModel();
    }

    @Test
    void leavesEntriesAtHomeThatAHoleBeforeThemWouldMakeUnfindable() {
        Entry first = add(5);
        add(6);
        add(5);
        remove(first);
        findsAllOfTheModel();
        assertThat(index.at(6).hash).isEqualTo(6);
        assertThat(index.at(7)).isNull();
    }

    @Property(tries = 1000)
    void findsExactlyWhatIsInIt(@ForAll("steps") List<Integer> steps) {
        index = new HashIndex<>();
        model = new ArrayList<>();
        List<Entry> removed = new ArrayList<>();
        for (int step : steps) {
            if (step < 0 && !model.isEmpty()) {
                Entry entry = model.get(-step % model.size());
                remove(entry);
                removed.add(entry);
            } else {
                add(step);
            }
            findsAllOfTheModel();
            assertThat(removed.stream().anyMatch(this::finds)).isFalse();
        }
    }

    /** Additions of hashes that crowd around the end of the table, and removals, which are negative. */
    @Provide
    Arbitrary<List<Integer>> steps() {
        return Arbitraries.oneOf(
                        Arbitraries.integers().between(12, 19),
                        Arbitraries.of(15 + CAPACITY, 31 + 2 * CAPACITY, Integer.MAX_VALUE),
                        Arbitraries.integers().between(-60, -1))
                .list()
                .ofMaxSize(60);
    }
}
