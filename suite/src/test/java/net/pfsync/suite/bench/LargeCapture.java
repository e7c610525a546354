package net.pfsync.suite.bench;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.pfsync.suite.capture.PcapWriter;
import net.pfsync.wire.ByteAccess;
import net.pfsync.wire.Dialect;
import net.pfsync.wire.FrameBuilder;
import net.pfsync.wire.Kind;
import net.pfsync.wire.Message;
import net.pfsync.wire.MessageBuilder;

/**
 * Writes a capture of a busy pair, version 6: states are made, change and end, most of them compressed updates in full
 * frames. {@code ci/bench-captures} measures with it.
 */
final class LargeCapture {

    private static final int ETHERNET = 14;
    private static final int STATES = 100_000;
    private static final long EPOCH = 1_700_000_000_000_000_000L;
    private static final long GAP = 200_000;
    private static final int MEBIBYTE = 1 << 20;

    private final Dialect dialect = Dialect.of("v6-7.4");
    private final Random random = new Random(240);
    private final int[] sequence = new int[STATES];
    private long frames;
    private long messages;
    private long bytes;

    private LargeCapture() {}

    /**
     * Writes it and prints how many messages it has.
     *
     * @param args the file, and how many mebibytes
     */
    public static void main(String[] args) throws IOException {
        LargeCapture capture = new LargeCapture();
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(Path.of(args[0])), MEBIBYTE);
                PcapWriter writer = new PcapWriter(out)) {
            capture.write(writer, Long.parseLong(args[1]) * MEBIBYTE);
        }
        System.out.println(capture.messages);
    }

    private void write(PcapWriter writer, long size) throws IOException {
        for (int first = 0; first < STATES; first += 5) {
            List<Message> inserts = new ArrayList<>();
            for (int i = first; i < first + 5; i++) {
                inserts.add(state(i));
            }
            frame(writer, inserts);
        }
        while (bytes < size) {
            List<Message> updates = new ArrayList<>();
            for (int i = 0; i < 16; i++) {
                updates.add(update(random.nextInt(STATES)));
            }
            frame(writer, updates);
        }
    }

    private Message state(int number) {
        return peers(MessageBuilder.of(dialect, Kind.INS), number)
                .set("ifname", "all")
                .set("key[0].addr[0]", "10.1.0.10")
                .set("key[1].addr[0]", "10.1.0.10")
                .set("key[0].addr[1]", "10.2.0.10")
                .set("key[1].addr[1]", "10.2.0.10")
                .set("key[0].port[0]", number & 0xffff)
                .set("key[1].port[0]", number & 0xffff)
                .set("key[0].af", 2)
                .set("key[1].af", 2)
                .set("af", 2)
                .set("proto", 6)
                .set("direction", 1)
                .set("expire", 86_400)
                .build();
    }

    private Message update(int number) {
        sequence[number] += random.nextInt(1400);
        return peers(MessageBuilder.of(dialect, Kind.UPD_C), number).build();
    }

    private MessageBuilder peers(MessageBuilder message, int number) {
        return message.set("id", 0x6b02000000000000L + number)
                .set("creatorid", 0xa1)
                .set("timeout", 2)
                .set("src.state", 4)
                .set("dst.state", 4)
                .set("src.seqlo", sequence[number] & 0xffff_ffffL)
                .set("src.seqhi", sequence[number] + 65_536 & 0xffff_ffffL);
    }

    private void frame(PcapWriter writer, List<Message> parts) throws IOException {
        byte[] packet = FrameBuilder.of(dialect)
                .source("10.0.0.1")
                .add(parts.toArray(Message[]::new))
                .build();
        byte[] frame = new byte[ETHERNET + packet.length];
        ByteAccess.put16(frame, ETHERNET - 2, 0x0800);
        System.arraycopy(packet, 0, frame, ETHERNET, packet.length);
        writer.write(EPOCH + frames++ * GAP, frame);
        messages += parts.size();
        bytes += frame.length;
    }
}
