package net.pfsync.wire;

import java.util.Objects;

/**
 * Makes a message field by field, right or wrong on purpose.
 *
 * <pre>{@code
 * Message insert = MessageBuilder.of(dialect, Kind.INS)
 *         .set("id", 0x4a1b2c3d00000007L)
 *         .set("creatorid", "deadbeef")
 *         .set("ifname", "em0")
 *         .set("key[0].addr[0]", "192.0.2.1")
 *         .set("src.seqlo", 1000)
 *         .build();
 * }</pre>
 *
 * <p>Names are the kernels', see {@link Layout#fields}. Everything that is not set is 0. Slow and convenient; firewalls
 * that send many states use {@link StateWriter}.
 */
public final class MessageBuilder {
    private final Layout layout;
    private final byte[] bytes;

    private MessageBuilder(Layout layout, byte[] bytes) {
        this.layout = layout;
        this.bytes = bytes;
    }

    /**
     * Begins with all bytes 0.
     *
     * @throws IllegalArgumentException if the dialect does not have that kind of message
     */
    public static MessageBuilder of(Dialect dialect, Kind kind) {
        return of(dialect.layout(kind));
    }

    /** Begins with all bytes 0; for a layout that a dialect accepts but does not send itself. */
    public static MessageBuilder of(Layout layout) {
        Objects.requireNonNull(layout.kind(), "a message's layout");
        return new MessageBuilder(layout, new byte[layout.size()]);
    }

    /**
     * Begins with the bytes of another message.
     *
     * @throws IllegalArgumentException if it is an {@link Unknown} one
     */
    public static MessageBuilder from(Message message) {
        if (message instanceof Unknown) {
            throw new IllegalArgumentException("bytes without a layout have no fields");
        }
        byte[] bytes = new byte[message.layout().size()];
        message.copyTo(bytes, 0);
        return new MessageBuilder(message.layout(), bytes);
    }

    /**
     * Sets a field.
     *
     * @param field the kernel's name, such as {@code dst.scrub.pfss_ttl}
     * @param value for numbers a {@link Number} (negative ones for what is above half of the range) or their text, hex
     *     behind {@code 0x} and always for opaque fields; for text and addresses a {@link String}; for bytes hex; and for
     *     every field its bytes as they go over the wire
     * @throws IllegalArgumentException if the message has no such field, naming those that are near, or the field cannot
     *     hold the value
     */
    public MessageBuilder set(String field, Object value) {
        Field target = layout.field(field);
        FieldValue.write(bytes, target.offset(), target, layout.inet6(), value);
        return this;
    }

    /** The message; the builder can go on and build another one. */
    public Message build() {
        return layout.message(bytes.clone(), 0);
    }
}
