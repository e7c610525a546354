package net.pfsync.wire;

/**
 * One message of a frame: a window on the bytes of the frame it came in.
 *
 * <p>Nothing is copied, so padding and bytes that nobody knows survive, and encoding a decoded message gives the same
 * bytes. The price: <em>the array must not be changed as long as the message is used</em>. Two messages are equal if
 * their kind and bytes are.
 */
public sealed interface Message
        permits StateMessage, Identified, UpdateCompressed, Clear, BulkStatus, TdbUpdate, EndOfFrame, Unknown {

    /** Where its fields are. */
    Layout layout();

    /** The bytes it is a window on; not to be changed. */
    byte[] array();

    /** Index of its first byte. */
    int offset();

    /** What it is; null for {@link Unknown}. */
    default Kind kind() {
        return layout().kind();
    }

    /** How many bytes it has. */
    default int size() {
        return layout().size();
    }

    /** A copy of its bytes. */
    default byte[] bytes() {
        return Content.copy(this);
    }

    /**
     * Encodes it: writes its bytes.
     *
     * @return the index behind the last byte written
     * @throws IndexOutOfBoundsException if they do not fit
     */
    default int copyTo(byte[] target, int at) {
        System.arraycopy(array(), offset(), target, at, size());
        return at + size();
    }
}
