package net.pfsync.relay;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import net.pfsync.net.MacAddress;
import net.pfsync.pcap.LinkStatistics;

/** What passes between a relay and who uses it; see the package for the layout. */
sealed interface RelayMessage {

    /** The first line of a relay. */
    String GREETING = "PFSYNC-RELAY 1";

    /** The longest message, its type included. */
    int LONGEST = 65_600;

    /** A frame; not to be changed. */
    @SuppressWarnings("ArrayRecordComponent") // passed on, never compared
    record Frame(byte[] bytes) implements RelayMessage {}

    /**
     * The relay's interface.
     *
     * @param up whether it has a carrier
     * @param address its Ethernet address
     * @param mtu the longest packet that it takes, in bytes
     * @param counters what became of its frames so far
     */
    record Status(boolean up, MacAddress address, int mtu, LinkStatistics counters) implements RelayMessage {}

    /** The relay cannot work, and why. */
    record Failure(String why) implements RelayMessage {}

    /**
     * Writes a message.
     *
     * @throws IOException if nobody takes it
     */
    static void write(DataOutputStream out, RelayMessage message) throws IOException {
        switch (message) {
            case Frame frame -> head(out, frame.bytes().length, 'F').write(frame.bytes());
            case Status status -> {
                head(out, STATUS_SIZE, 'S').writeBoolean(status.up());
                out.writeShort((int) (status.address().value() >> Integer.SIZE));
                out.writeInt((int) status.address().value());
                out.writeInt(status.mtu());
                LinkStatistics counters = status.counters();
                out.writeLong(counters.received());
                out.writeLong(counters.sent());
                out.writeLong(counters.droppedByKernel());
                out.writeLong(counters.droppedByInterface());
                out.writeLong(counters.droppedByLoop());
                out.writeLong(counters.tooLong());
                out.writeLong(counters.sendErrors());
            }
            case Failure failure -> {
                byte[] text = failure.why().getBytes(StandardCharsets.UTF_8);
                head(out, text.length, 'E').write(text);
            }
        }
    }

    /** Content of a status in bytes. */
    int STATUS_SIZE = 1 + MacAddress.SIZE + Integer.BYTES + 7 * Long.BYTES;

    private static DataOutputStream head(DataOutputStream out, int size, char type) throws IOException {
        if (size >= LONGEST) {
            throw new IOException("a message of " + size + " bytes is too long for a relay");
        }
        out.writeInt(size + 1);
        out.writeByte(type);
        return out;
    }

    /**
     * Reads a message.
     *
     * @throws IOException if the stream ends, or what comes is none; nothing more can be read then
     */
    static RelayMessage read(DataInputStream in) throws IOException {
        int length = in.readInt();
        if (length < 1 || length > LONGEST) {
            throw new IOException(
                    "a message of " + Integer.toUnsignedString(length) + " bytes, which is none of a relay");
        }
        int type = in.readUnsignedByte();
        byte[] content = new byte[length - 1];
        in.readFully(content);
        return switch (type) {
            case 'F' -> new Frame(content);
            case 'S' -> status(content);
            case 'E' ->
                new Failure(new String(content, StandardCharsets.UTF_8).strip().replaceAll("\\p{Cntrl}+", " "));
            default -> throw new IOException("a message of type " + type + ", which is none of a relay");
        };
    }

    private static Status status(byte[] content) throws IOException {
        if (content.length != STATUS_SIZE) {
            throw new IOException("a status of " + content.length + " bytes, which is none of a relay");
        }
        ByteBuffer bytes = ByteBuffer.wrap(content);
        boolean up = bytes.get() != 0;
        MacAddress address = MacAddress.at(content, 1);
        bytes.position(1 + MacAddress.SIZE);
        int mtu = bytes.getInt();
        return new Status(
                up,
                address,
                mtu,
                new LinkStatistics(
                        bytes.getLong(),
                        bytes.getLong(),
                        bytes.getLong(),
                        bytes.getLong(),
                        bytes.getLong(),
                        bytes.getLong(),
                        bytes.getLong()));
    }
}
