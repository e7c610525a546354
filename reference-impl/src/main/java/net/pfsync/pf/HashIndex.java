package net.pfsync.pf;

/**
 * A hash table with open addressing that keeps the hash of each entry beside it, so that looking up touches only the entry
 * that is found: at a million states memory is what costs.
 *
 * <p>A look-up walks the slots itself, so that it needs neither a probe object nor a callback:
 *
 * <pre>
 * for (int slot = index.home(hash); index.at(slot) != null; slot = index.after(slot))
 *     if (index.hashed(slot, hash) &amp;&amp; ... index.at(slot) ...)
 * </pre>
 *
 * <p>Removing moves later entries of the run back, so there are no tombstones and look-ups stay short.
 *
 * @param <T> the entries
 */
@SuppressWarnings("ReferenceEquality") // entries are found again by identity
final class HashIndex<T> {

    private static final int FIRST_CAPACITY = 16;

    private int[] hashes = new int[FIRST_CAPACITY];
    private Object[] entries = new Object[FIRST_CAPACITY];
    private int size;

    int home(int hash) {
        return hash & entries.length - 1;
    }

    int after(int slot) {
        return slot + 1 & entries.length - 1;
    }

    @SuppressWarnings("unchecked")
    T at(int slot) {
        return (T) entries[slot];
    }

    boolean hashed(int slot, int hash) {
        return hashes[slot] == hash;
    }

    void add(int hash, T entry) {
        if (size * 5L >= entries.length * 3L) {
            grow();
        }
        place(hash, entry);
        size++;
    }

    private void place(int hash, Object entry) {
        int slot = home(hash);
        while (entries[slot] != null) {
            slot = after(slot);
        }
        entries[slot] = entry;
        hashes[slot] = hash;
    }

    private void grow() {
        Object[] oldEntries = entries;
        int[] oldHashes = hashes;
        entries = new Object[oldEntries.length * 2];
        hashes = new int[oldEntries.length * 2];
        for (int slot = 0; slot < oldEntries.length; slot++) {
            if (oldEntries[slot] != null) {
                place(oldHashes[slot], oldEntries[slot]);
            }
        }
    }

    void remove(int hash, T entry) {
        int mask = entries.length - 1;
        int hole = home(hash);
        while (entries[hole] != entry) {
            hole = after(hole);
        }
        for (int slot = after(hole); entries[slot] != null; slot = after(slot)) {
            int distanceFromHome = slot - hashes[slot] & mask;
            if (distanceFromHome >= (slot - hole & mask)) {
                entries[hole] = entries[slot];
                hashes[hole] = hashes[slot];
                hole = slot;
            }
        }
        entries[hole] = null;
        size--;
    }
}
