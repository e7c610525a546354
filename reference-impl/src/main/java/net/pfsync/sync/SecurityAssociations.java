package net.pfsync.sync;

import java.nio.ByteBuffer;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import net.pfsync.wire.Counter;
import net.pfsync.wire.TdbUpdate;

/** The security associations of this firewall, and what peers say about them. */
public final class SecurityAssociations {

    private final Map<Name, SecurityAssociation> byName = new LinkedHashMap<>();
    private final Pfsync pfsync;
    private final boolean countsLower;

    private record Name(int spi, int protocol, int family, ByteBuffer destination) {
        static Name of(int spi, int protocol, int family, byte[] destination) {
            return new Name(spi, protocol, family, ByteBuffer.wrap(destination));
        }
    }

    SecurityAssociations(Pfsync pfsync, boolean countsLower) {
        this.pfsync = pfsync;
        this.countsLower = countsLower;
    }

    /**
     * Adds an association, or replaces the one with the same name, of which nothing more is sent.
     *
     * @param association the association
     */
    public void add(SecurityAssociation association) {
        SecurityAssociation replaced = byName.put(name(association), association);
        if (replaced != null) {
            pfsync.queues().forget(replaced);
        }
    }

    /**
     * Removes an association; nothing more is sent about it.
     *
     * @param association one that was added
     */
    public void remove(SecurityAssociation association) {
        byName.remove(name(association));
        pfsync.queues().forget(association);
    }

    private static Name name(SecurityAssociation association) {
        return Name.of(association.spi, association.protocol, association.family, association.destination());
    }

    /**
     * All associations.
     *
     * @return in the order in which they were added; not to be changed
     */
    public Collection<SecurityAssociation> all() {
        return Collections.unmodifiableCollection(byName.values());
    }

    /** Takes over a peer's counters; they only ever go up. */
    void receive(TdbUpdate message) {
        SecurityAssociation ours =
                byName.get(Name.of((int) message.spi(), message.sproto(), message.family(), message.address()));
        if (ours == null) {
            return;
        }
        boolean lower = Long.compareUnsigned(message.rpl(), ours.replay) < 0
                || Long.compareUnsigned(message.curBytes(), ours.bytes) < 0;
        if (!lower) {
            ours.replay = message.rpl();
            ours.bytes = message.curBytes();
        } else if (countsLower) {
            pfsync.statistics().count(Counter.BADSTATE);
        }
    }
}
