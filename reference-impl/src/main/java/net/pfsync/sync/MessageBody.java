package net.pfsync.sync;

/** Writes the body of one message over zero bytes. */
@FunctionalInterface
interface MessageBody {

    /**
     * Writes the message.
     *
     * @param to the frame
     * @param at index of the message's first byte
     */
    void write(byte[] to, int at);
}
