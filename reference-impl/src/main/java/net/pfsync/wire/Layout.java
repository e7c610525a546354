package net.pfsync.wire;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Where the fields of one message are in one dialect.
 *
 * <p>Immutable, one object per dialect and message. The public numbers are the offsets of the fields that code reads
 * often, in bytes from the start of the message, -1 if the dialect does not have the field. Source: the {@code .layout}
 * resources, compiled from the kernels' structures (WIRE.md).
 */
public final class Layout {
    private final String name;
    private final Kind kind;
    private final int size;
    private final int inet6;
    private final List<Field> fields;
    private final Map<String, Field> byName;

    /** State, acknowledgement, request, delete. */
    public final int id;

    /** State and CLR: 16 bytes. */
    public final int ifname;

    /** Every message but TDB and EOF. */
    public final int creatorid;

    /** The peer of the initiator, 32 bytes, see {@link WirePeer}. */
    public final int src;

    /** The other peer. */
    public final int dst;

    /** Seconds left. */
    public final int expire;

    /** Index of the timeout. */
    public final int timeout;

    /** The widest field with the state's flags: {@code all_state_flags} of v6-5.0, {@code allow_opts} of v3. */
    public final int stateFlags;

    /** The byte that 5.0 and 5.1 fill with the low half of {@link #stateFlags}. */
    public final int stateFlagsLow;

    /** Bytes of {@link #stateFlags}: 1 or 2, 0 if there are none. */
    public final int stateFlagsSize;

    /** The wire key: two addresses, two ports and, in v6, routing domain and family. */
    public final int key0;

    /** The stack key. */
    public final int key1;

    /** Bytes of a key: 36 or 40, 0 if there are none (v3). */
    public final int keySize;

    /** Routing domain of the wire key and, {@link #keySize} later, of the stack key. */
    public final int rdomain0;

    /** Family of the wire key; FreeBSD 15 has it outside the key. */
    public final int keyAf0;

    /** Family of the stack key. */
    public final int keyAf1;

    /** Address of the gateway, 16 bytes. */
    public final int rtAddr;

    /** Family of the gateway's address, FreeBSD 15 only. */
    public final int rtAf;

    /** Number of the rule, 4 bytes. */
    public final int rule;

    /** Number of the anchor's rule, 4 bytes. */
    public final int anchor;

    /** Number of the nat rule, 4 bytes. */
    public final int natRule;

    /** Age in seconds. */
    public final int creation;

    /** Two counters of 8 bytes. */
    public final int packets0;

    /** Two counters of 8 bytes. */
    public final int bytes0;

    /** One or two table ids of 4 bytes, see {@link #rtableids}. */
    public final int rtableid0;

    /** How many routing table ids there are: 0, 1 (FreeBSD) or 2 (v6). */
    public final int rtableids;

    /** Largest segment that scrub lets through, 2 bytes. */
    public final int maxMss;

    /** Family of the state; FreeBSD 15: of the wire key. */
    public final int af;

    /** IP protocol of the state; FreeBSD 15: of the wire key. */
    public final int proto;

    /** FreeBSD 15: IP protocol of the stack key. */
    public final int stackProto;

    /** 1 in, 2 out. */
    public final int direction;

    /** Log flags of the rule. */
    public final int log;

    /** 0x04: has a source node. */
    public final int syncFlags;

    /** Updates merged since it was last sent. */
    public final int updates;

    /** TTL that scrub enforces. */
    public final int minTtl;

    /** TOS that scrub sets. */
    public final int setTos;

    /** Two priorities of one byte. */
    public final int setPrio0;

    /** Kind of routing. */
    public final int rt;

    /** BUS: seconds. */
    public final int endtime;

    /** BUS: 1 START, 2 END. */
    public final int status;

    /** TDB: the SPI, 4 bytes. */
    public final int spi;

    /** TDB: the SA's destination, a {@code sockaddr} of 28 bytes. */
    public final int sockaddr;

    /** TDB: replay counter. */
    public final int rpl;

    /** Bytes of {@link #rpl}: 4 or 8, 0 if there is none. */
    public final int rplSize;

    /** TDB: bytes the SA has protected, 8 bytes. */
    public final int curBytes;

    /** TDB: ESP or AH. */
    public final int sproto;

    /** TDB: routing domain. */
    public final int rdomain;

    /** Address and port of both sides of both keys, in the order wire 0, wire 1, stack 0, stack 1. */
    private final int[] addresses;

    private final int[] ports;

    /**
     * A layout.
     *
     * @param name the message's name for people
     * @param kind null for headers and messages nobody knows
     * @param inet6 the number of the IPv6 family: 24 or 28
     * @param size bytes
     * @param fields in the order of their offsets, without gaps
     */
    Layout(String name, Kind kind, int inet6, int size, List<Field> fields) {
        this.name = name;
        this.kind = kind;
        this.inet6 = inet6;
        this.size = size;
        this.fields = List.copyOf(fields);
        this.byName = fields.stream().collect(Collectors.toUnmodifiableMap(Field::name, Function.identity()));
        id = offset("id");
        ifname = offset("ifname");
        creatorid = offset("creatorid");
        src = offset("src.scrub.pfss_flags");
        dst = offset("dst.scrub.pfss_flags");
        expire = offset("expire");
        timeout = offset("timeout");
        Field flags = first("all_state_flags", "state_flags", "allow_opts");
        stateFlags = flags == null ? -1 : flags.offset();
        stateFlagsLow = byName.containsKey("all_state_flags") ? offset("state_flags") : -1;
        stateFlagsSize = flags == null ? 0 : flags.size();
        key0 = offset("key[0].addr[0]");
        key1 = offset("key[1].addr[0]");
        keySize = key0 < 0 ? 0 : key1 - key0;
        rdomain0 = offset("key[0].rdomain");
        keyAf0 = offset(first("key[0].af", "wire_af"));
        keyAf1 = offset(first("key[1].af", "stack_af"));
        rtAddr = offset("rt_addr");
        rtAf = offset("rt_af");
        rule = offset("rule");
        anchor = offset("anchor");
        natRule = offset("nat_rule");
        creation = offset("creation");
        packets0 = offset("packets[0]");
        bytes0 = offset("bytes[0]");
        rtableid0 = offset(first("rtableid[0]", "rtableid"));
        rtableids = rtableid0 < 0 ? 0 : byName.containsKey("rtableid[1]") ? 2 : 1;
        maxMss = offset("max_mss");
        af = offset(first("af", "wire_af"));
        proto = offset(first("proto", "wire_proto"));
        stackProto = offset("stack_proto");
        direction = offset("direction");
        log = offset("log");
        syncFlags = offset("sync_flags");
        updates = offset("updates");
        minTtl = offset("min_ttl");
        setTos = offset("set_tos");
        setPrio0 = offset("set_prio[0]");
        rt = offset("rt");
        endtime = offset("endtime");
        status = offset("status");
        spi = offset("spi");
        sockaddr = spi < 0 ? -1 : offset("dst");
        Field replay = first("rpl");
        rpl = offset(replay);
        rplSize = replay == null ? 0 : replay.size();
        curBytes = offset("cur_bytes");
        sproto = offset("sproto");
        rdomain = offset("rdomain");
        addresses = sides("addr");
        ports = sides("port");
    }

    /** What the message is; null for a header and for {@link Unknown}. */
    public Kind kind() {
        return kind;
    }

    /** Name for people, such as {@code UPD_C}. */
    public String name() {
        return name;
    }

    /** Bytes of one message. */
    public int size() {
        return size;
    }

    /** The number of the IPv6 family on the wire: 24 (OpenBSD) or 28 (FreeBSD). */
    public int inet6() {
        return inet6;
    }

    /** All fields in the order of their offsets, padding included. Together they cover the message. */
    public List<Field> fields() {
        return fields;
    }

    /**
     * The field of that name.
     *
     * @throws IllegalArgumentException if the message does not have it, naming those that are near
     */
    public Field field(String field) {
        Field found = byName.get(field);
        if (found == null) {
            throw NearMatch.unknown(
                    "field of " + name, field, fields.stream().map(Field::name).toList());
        }
        return found;
    }

    /** Offset of the field of that name, -1 if the message does not have it. */
    public int offset(String field) {
        return offset(byName.get(field));
    }

    /**
     * Offset of an address.
     *
     * @param key 0 wire, 1 stack
     * @param side 0 or 1
     */
    public int address(int key, int side) {
        return addresses[2 * key + side];
    }

    /**
     * Offset of a port.
     *
     * @param key 0 wire, 1 stack
     * @param side 0 or 1
     */
    public int port(int key, int side) {
        return ports[2 * key + side];
    }

    /**
     * The message that begins at {@code offset}: a window on the array, nothing is copied.
     *
     * @throws IndexOutOfBoundsException if it does not end inside the array
     */
    public Message message(byte[] array, int offset) {
        Objects.checkFromIndexSize(offset, size, array.length);
        return switch (kind) {
            case CLR -> new Clear(this, array, offset);
            case INS -> new Insert(this, array, offset);
            case INS_ACK -> new InsertAck(this, array, offset);
            case UPD -> new Update(this, array, offset);
            case UPD_C -> new UpdateCompressed(this, array, offset);
            case UPD_REQ -> new UpdateRequest(this, array, offset);
            case DEL -> new Delete(this, array, offset);
            case DEL_C -> new DeleteCompressed(this, array, offset);
            case BUS -> new BulkStatus(this, array, offset);
            case TDB -> new TdbUpdate(this, array, offset);
            case EOF -> new EndOfFrame(this, array, offset, size);
        };
    }

    @Override
    public String toString() {
        return name + "(" + size + ")";
    }

    private static int offset(Field field) {
        return field == null ? -1 : field.offset();
    }

    private Field first(String... names) {
        for (String each : names) {
            if (byName.containsKey(each)) {
                return byName.get(each);
            }
        }
        return null;
    }

    /** In v3 the inside (lan), translated (gwy) and remote (ext) host take the places of the keys' sides. */
    private int[] sides(String what) {
        if (byName.containsKey("lan." + what)) {
            int remote = offset("ext." + what);
            return new int[] {remote, offset("gwy." + what), remote, offset("lan." + what)};
        }
        return new int[] {
            offset("key[0]." + what + "[0]"), offset("key[0]." + what + "[1]"),
            offset("key[1]." + what + "[0]"), offset("key[1]." + what + "[1]")
        };
    }
}
