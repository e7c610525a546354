package net.pfsync.wire;

import java.util.Arrays;

/** What windows on bytes have in common: they are equal if their bytes are. */
final class Content {
    private Content() {}

    static boolean same(byte[] a, int aOffset, byte[] b, int bOffset, int size) {
        return Arrays.equals(a, aOffset, aOffset + size, b, bOffset, bOffset + size);
    }

    /** For two messages of one class. */
    static boolean same(Message a, Message b) {
        return a.size() == b.size() && same(a.array(), a.offset(), b.array(), b.offset(), a.size());
    }

    static int hash(byte[] array, int offset, int size) {
        int hash = 1;
        for (int i = offset; i < offset + size; i++) {
            hash = 31 * hash + array[i];
        }
        return hash;
    }

    static int hash(Message message) {
        return hash(message.array(), message.offset(), message.size());
    }

    /** The name of the message and all its fields but padding: {@code DEL_C id=4a1b2c3d00000009 creatorid=deadbeef}. */
    static String text(Message message) {
        StringBuilder text = new StringBuilder(message.layout().name());
        for (Field field : message.layout().fields()) {
            if (!field.padding()) {
                text.append(' ').append(field.name()).append('=').append(FieldValue.read(message, field));
            }
        }
        return text.toString();
    }

    static byte[] copy(Message message) {
        return Arrays.copyOfRange(message.array(), message.offset(), message.offset() + message.size());
    }
}
