package net.pfsync.suite.probe;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import net.pfsync.suite.evidence.Summary;
import net.pfsync.suite.state.StateId;
import net.pfsync.wire.ByteAccess;
import net.pfsync.wire.Dialect;
import net.pfsync.wire.Field;
import net.pfsync.wire.Kind;
import net.pfsync.wire.Layout;
import net.pfsync.wire.Message;
import net.pfsync.wire.MessageBuilder;

/**
 * A message as a case writes it, the same for sending and for expecting, in whatever dialect the lab speaks.
 *
 * <p>Sent, it is a message with the named fields set and all others zero. Expected, it stands for every message of its kind
 * in which the named fields have these values; fields that a sender fills from its own clock or rules are only compared
 * when a case names them with {@link #with}.
 */
public final class MessageSpec {

    private final Kind kind;
    private final StateFields state;
    private final StateId id;
    private final Map<String, Object> fields;

    private MessageSpec(Kind kind, StateFields state, StateId id, Map<String, Object> fields) {
        this.kind = kind;
        this.state = state;
        this.id = id;
        this.fields = fields;
    }

    /** A message with nothing set; expected, any message of that kind. */
    static MessageSpec of(Kind kind) {
        return new MessageSpec(kind, StateFields.NONE, null, Map.of());
    }

    /** A message that names a state. */
    MessageSpec about(StateId name) {
        return new MessageSpec(kind, state, name, fields).with("id", name.id()).with("creatorid", name.creatorId());
    }

    /** A message that describes a state. */
    MessageSpec describing(StateFields description) {
        return new MessageSpec(kind, description, id, fields);
    }

    /** What the message is. */
    public Kind kind() {
        return kind;
    }

    /**
     * The same message with one field more, or another value in it.
     *
     * @param field its name in the dialect's layout, for example {@code timeout}, {@code src.seqlo} or {@code ifname}
     * @param value a number, text or an address as text, or bytes
     * @return the changed message
     */
    public MessageSpec with(String field, Object value) {
        Map<String, Object> more = new LinkedHashMap<>(fields);
        more.put(field, value);
        return new MessageSpec(kind, state, id, more);
    }

    /**
     * The message in a dialect.
     *
     * @param dialect how to write it
     * @return the message on the wire
     * @throws IllegalArgumentException if the dialect has no such message or field
     */
    public Message in(Dialect dialect) {
        MessageBuilder builder = MessageBuilder.of(dialect, kind);
        state.sent(dialect.layout(kind)).forEach(builder::set);
        fields.forEach(builder::set);
        return builder.build();
    }

    /**
     * What keeps a message from being this one.
     *
     * @param heard a message of any kind, in the dialect of its sender
     * @return {@code name found instead of wanted} for each field that differs; empty if it is this message
     */
    List<String> differences(HeardMessage heard) {
        Message message = heard.message();
        if (message.kind() != kind) {
            return List.of("kind " + message.kind() + " instead of " + kind);
        }
        if (aboutAnotherState(message)) {
            return List.of("another state");
        }
        Layout layout = message.layout();
        Message wanted = in(heard.frame().frame().dialect());
        List<String> names = new ArrayList<>(state.compared(layout));
        fields.keySet().stream().filter(name -> !names.contains(name)).forEach(names::add);
        List<String> found = new ArrayList<>();
        for (String name : names) {
            Field field = layout.field(name);
            String seen = value(message, field);
            String sought = value(wanted, field);
            if (!seen.equals(sought)) {
                found.add(name + " " + seen + " instead of " + sought);
            }
        }
        return found;
    }

    /** Most messages that are not the wanted one are about another state, and this is quickly seen. */
    private boolean aboutAnotherState(Message message) {
        StateId wanted = id == null ? state.id() : id;
        boolean named = wanted != null
                && fields.getOrDefault("id", wanted.id()).equals(wanted.id())
                && fields.getOrDefault("creatorid", wanted.creatorId()).equals(wanted.creatorId());
        Layout layout = message.layout();
        return named
                && (ByteAccess.i64(message.array(), message.offset() + layout.id) != wanted.id()
                        || ByteAccess.i32(message.array(), message.offset() + layout.creatorid) != wanted.creatorId());
    }

    private static String value(Message message, Field field) {
        int from = message.offset() + field.offset();
        byte[] array = message.array();
        return switch (field.type()) {
            case U8, U16, U32, I32 -> {
                long number = 0;
                for (int i = 0; i < field.size(); i++) {
                    number = (number << Byte.SIZE) | (array[from + i] & 0xff);
                }
                yield field.order() == Field.Order.OPAQUE ? String.format("%08x", number) : Long.toString(number);
            }
            case CHARS -> text(array, from, field.size());
            default -> HexFormat.of().formatHex(array, from, from + field.size());
        };
    }

    private static String text(byte[] array, int from, int size) {
        StringBuilder text = new StringBuilder("\"");
        for (int i = from; i < from + size && array[i] != 0; i++) {
            text.append((char) (array[i] & 0xff));
        }
        return text.append('"').toString();
    }

    /** The kind, the state's name, and what is set besides. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder(kind.name());
        StateId name = id == null ? state.id() : id;
        if (name != null) {
            text.append(' ').append(name.equals(StateId.ALL) && kind == Kind.UPD_REQ ? "0/0 (all states)" : name);
        }
        text.append(state.summary());
        fields.forEach((field, value) -> {
            if (id == null || (!field.equals("id") && !field.equals("creatorid"))) {
                text.append(' ').append(shown(field, value));
            }
        });
        return text.toString();
    }

    private String shown(String field, Object value) {
        if (kind == Kind.BUS && field.equals("status")) {
            return Summary.status((Integer) value);
        }
        if (value instanceof byte[] bytes) {
            return field + "=" + HexFormat.of().formatHex(bytes);
        }
        return field + "="
                + (field.equals("creatorid") && value instanceof Integer number
                        ? String.format("%08x", number)
                        : value);
    }
}
