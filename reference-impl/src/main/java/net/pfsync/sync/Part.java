package net.pfsync.sync;

import net.pfsync.wire.Kind;

/** The parts of a frame; their order is the release's. */
public enum Part {
    /** States made here. */
    INSERTS(Queue.INS, Kind.INS),
    /** Acknowledgements. */
    ACKNOWLEDGEMENTS(Queue.INS_ACK, Kind.INS_ACK),
    /** States in full. */
    UPDATES(Queue.UPD, Kind.UPD),
    /** Changed states. */
    COMPRESSED(Queue.UPD_C, Kind.UPD_C),
    /** States that are gone. */
    DELETES(Queue.DEL, Kind.DEL_C),
    /** States that this firewall asks for. */
    REQUESTS(null, Kind.UPD_REQ),
    /** The one message that makes the frame go: CLR or BUS. */
    EXTRA(null, null),
    /** Counters of security associations. */
    ASSOCIATIONS(null, Kind.TDB);

    private final Queue queue;
    private final Kind kind;

    Part(Queue queue, Kind kind) {
        this.queue = queue;
        this.kind = kind;
    }

    /** The list of states that it is made of; null if it is none. */
    Queue queue() {
        return queue;
    }

    /** What its messages are. */
    Kind kind() {
        return kind;
    }
}
