package net.pfsync.suite.fault;

import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import net.pfsync.wire.BulkStatus;
import net.pfsync.wire.Field;
import net.pfsync.wire.Frame;
import net.pfsync.wire.FrameBuilder;
import net.pfsync.wire.Kind;
import net.pfsync.wire.Layout;
import net.pfsync.wire.Message;
import net.pfsync.wire.MessageBuilder;
import net.pfsync.wire.StateMessage;
import net.pfsync.wire.UpdateRequest;

/** Changes of frames and messages, from which faults are put together. */
final class Edit {

    private static final int PEER = 32;
    private static final int KEY_GAP = 40;

    private Edit() {}

    // ---- frames ----

    /** A frame like another one, without its messages. */
    static FrameBuilder like(Frame frame) {
        return FrameBuilder.of(frame.dialect())
                .source(frame.ip().source())
                .destination(frame.ip().destination())
                .ttl(frame.ip().ttl())
                .tos(frame.ip().tos())
                .id(frame.ip().id())
                .df(frame.ip().df())
                .checksum(frame.header().checksum());
    }

    /** Everything but the end marker, which the builder makes itself. */
    static List<Message> content(Frame frame) {
        return frame.messages().stream()
                .filter(message -> message.kind() != Kind.EOF)
                .toList();
    }

    /** The same frame with something else said about it. */
    static FrameChange header(UnaryOperator<FrameBuilder> change) {
        return sound((frame, on) ->
                on.accept(change.apply(like(frame).add(content(frame).toArray(Message[]::new)))
                        .build()));
    }

    /** A change of frames in which nothing is wrong; broken ones pass as they are. */
    static FrameChange sound(FrameChange change) {
        return (frame, on) -> {
            if (frame.problem() == null && frame.messages().stream().noneMatch(message -> message.kind() == null)) {
                change.change(frame, on);
            } else {
                on.accept(frame.encode());
            }
        };
    }

    /** Every message is replaced by none, one or several; a frame without messages is not sent. */
    static FrameChange messages(Function<Message, List<Message>> change) {
        return list(messages -> messages.stream()
                .flatMap(message -> change.apply(message).stream())
                .toList());
    }

    /** The messages of a frame are replaced by others; without messages it is not sent. */
    static FrameChange list(UnaryOperator<List<Message>> change) {
        return sound((frame, on) -> {
            List<Message> before = content(frame);
            List<Message> after = change.apply(before);
            if (after.equals(before)) {
                on.accept(frame.encode());
            } else if (!after.isEmpty()) {
                on.accept(like(frame).add(after.toArray(Message[]::new)).build());
            }
        });
    }

    /** Messages of one kind are changed. */
    static FrameChange each(Kind kind, UnaryOperator<Message> change) {
        return messages(message -> List.of(message.kind() == kind ? change.apply(message) : message));
    }

    /** Messages are lost. */
    static FrameChange without(Predicate<Message> lost) {
        return messages(message -> lost.test(message) ? List.of() : List.of(message));
    }

    /** Messages of one kind are lost. */
    static FrameChange without(Kind kind) {
        return without(message -> message.kind() == kind);
    }

    // ---- messages ----

    /** Whether it asks for all states. */
    static boolean bulkRequest(Message message) {
        return message instanceof UpdateRequest request && request.id() == 0 && request.creatorId() == 0;
    }

    /** The status of a BUS message; 0 for any other message. */
    static int status(Message message) {
        return message instanceof BulkStatus bus ? bus.status() : 0;
    }

    /** A message with another value in a field. */
    static Message set(Message message, String field, Object value) {
        return MessageBuilder.from(message).set(field, value).build();
    }

    /** A message with the bytes of a field in the opposite order. */
    static Message reversed(Message message, String field) {
        Field found = message.layout().field(field);
        byte[] bytes = Arrays.copyOfRange(message.bytes(), found.offset(), found.offset() + found.size());
        for (int i = 0; i < bytes.length / 2; i++) {
            byte kept = bytes[i];
            bytes[i] = bytes[bytes.length - 1 - i];
            bytes[bytes.length - 1 - i] = kept;
        }
        return set(message, field, bytes);
    }

    /** A message whose peers stand in each other's place. */
    static Message peersSwapped(Message message) {
        Layout layout = message.layout();
        return swapped(message, layout.src, layout.dst, PEER);
    }

    /** A state whose keys stand in each other's place. */
    static Message keysSwapped(Message message) {
        Layout layout = message.layout();
        return swapped(message, layout.key0, layout.key1, Math.min(KEY_GAP, layout.keySize));
    }

    private static Message swapped(Message message, int one, int other, int size) {
        byte[] bytes = message.bytes();
        byte[] kept = Arrays.copyOfRange(bytes, one, one + size);
        System.arraycopy(bytes, other, bytes, one, size);
        System.arraycopy(kept, 0, bytes, other, size);
        return message.layout().message(bytes, 0);
    }

    /** A state with other flags. */
    static Message flags(Message message, UnaryOperator<Integer> change) {
        return message instanceof StateMessage state
                ? set(message, flagsField(message), change.apply(state.stateFlags()))
                : message;
    }

    private static String flagsField(Message message) {
        return message.layout().fields().stream()
                .map(Field::name)
                .filter(name -> name.endsWith("state_flags"))
                .findFirst()
                .orElseThrow();
    }
}
