package net.pfsync.wire;

/**
 * One member of a message's structure.
 *
 * @param name the kernel's name with its path, such as {@code src.scrub.pfss_ttl} or {@code key[0].addr[1]}
 * @param offset bytes from the start of the message
 * @param size bytes
 * @param type what the bytes are
 * @param order in which order they are
 */
public record Field(String name, int offset, int size, Type type, Order order) {

    /** What the bytes of a field are. */
    public enum Type {
        /** Unsigned, one byte. */
        U8,
        /** Unsigned, two bytes. */
        U16,
        /** Unsigned, four bytes. */
        U32,
        /** Unsigned, eight bytes. */
        U64,
        /** Signed, four bytes. */
        I32,
        /** Text, padded with NUL, without NUL when full. */
        CHARS,
        /** Bytes without a meaning of their own. */
        BYTES,
        /** Room for an address: IPv4 in the first 4 of 16 bytes, or IPv6. */
        ADDR16,
        /** A BSD {@code sockaddr} in 28 bytes: length, family, port, address. */
        SOCKADDR
    }

    /** The order of a field's bytes. */
    public enum Order {
        /** Single bytes and text. */
        NONE,
        /** Network byte order. */
        NET,
        /** Copied from the state unswapped, to be compared and echoed as bytes. Big-endian by construction. */
        OPAQUE,
        /** An address as it stands in a packet. */
        NET_BYTES,
        /** As the members of a {@code sockaddr} have it; the scope id is in the sender's order. */
        SOCKADDR
    }

    /** Whether the field is only there to fill a gap: named pad or spare. */
    public boolean padding() {
        String last = name.substring(name.lastIndexOf('.') + 1);
        return last.startsWith("pad") || last.startsWith("_pad") || last.startsWith("__spare") || last.equals("spare");
    }

    /** The same field inside a larger structure. */
    Field inside(String structure, int at) {
        return new Field(structure + "." + name, at + offset, size, type, order);
    }
}
