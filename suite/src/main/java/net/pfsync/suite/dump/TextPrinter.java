package net.pfsync.suite.dump;

import java.time.Instant;
import java.time.ZoneId;
import java.util.HexFormat;
import java.util.IdentityHashMap;
import net.pfsync.suite.capture.LinkType;
import net.pfsync.suite.capture.SyncPacket;
import net.pfsync.wire.ByteAccess;
import net.pfsync.wire.Dialect;
import net.pfsync.wire.text.FrameText;
import net.pfsync.wire.text.PacketText;
import net.pfsync.wire.text.TextOptions;

/**
 * A packet as tcpdump prints it: the time, with {@code -e} the link header, and the text of the packet.
 *
 * <pre>
 * 07:54:15.378855 02:00:00:00:00:99 01:00:5e:00:00:f0 0800 322: 10.0.0.9 > 224.0.0.240: PFSYNCv6 len 288
 *     act INS ST count 1
 * </pre>
 */
public final class TextPrinter implements Printer {

    private static final long NANOS_PER_SECOND = 1_000_000_000L;
    private static final long NANOS_PER_MICRO = 1_000L;
    private static final int MAC = 6;
    private static final int MICRO_DIGITS = 6;
    private static final int BYTES_OF_A_LINE = 16;
    private static final HexFormat COLONS = HexFormat.ofDelimiter(":");
    private static final HexFormat HEX = HexFormat.of();

    private final TextOptions options;
    private final boolean hex;
    private final ZoneId zone;
    private final IdentityHashMap<Dialect, FrameText> frames = new IdentityHashMap<>();

    private long second = Long.MIN_VALUE;
    private String clock = "";

    /**
     * A printer.
     *
     * @param hex {@code -x}: the bytes from the IP header on behind each packet
     * @param zone of the times
     */
    public TextPrinter(TextOptions options, boolean hex, ZoneId zone) {
        this.options = options;
        this.hex = hex;
        this.zone = zone;
    }

    @Override
    public void append(StringBuilder text, SyncPacket packet, Dialect dialect) {
        time(text, packet.frame().nanos());
        LinkType link = packet.frame().link();
        if (options.link() && link == LinkType.ETHERNET) {
            ethernet(text, packet.frame().bytes(), packet.frame().length());
        }
        // Of a version that nobody knows the header can be shown, by any dialect that does not have it.
        Dialect shown = dialect == null ? Dialect.of("v6-7.4") : dialect;
        FrameText frame = frames.computeIfAbsent(shown, each -> new FrameText(each, options));
        if (packet.ip() == null) {
            frame.append(text, packet.bytes(), packet.payload(), packet.end());
            text.append('\n');
        } else {
            new PacketText(frame, options).append(text, packet.ip(), packet.end());
        }
        if (hex) {
            dump(text, packet.bytes());
        }
    }

    private void time(StringBuilder text, long nanos) {
        long seconds = Math.floorDiv(nanos, NANOS_PER_SECOND);
        if (seconds != second) {
            second = seconds;
            clock = String.format(
                    "%tT", Instant.ofEpochSecond(seconds).atZone(zone).toLocalTime());
        }
        String micros = Long.toString(Math.floorMod(nanos, NANOS_PER_SECOND) / NANOS_PER_MICRO);
        text.append(clock).append('.').repeat("0", MICRO_DIGITS - micros.length());
        text.append(micros).append(' ');
    }

    private static void ethernet(StringBuilder text, byte[] frame, int length) {
        text.append(COLONS.formatHex(frame, MAC, 2 * MAC)).append(' ');
        text.append(COLONS.formatHex(frame, 0, MAC)).append(' ');
        text.append(HEX.toHexDigits((short) ByteAccess.u16(frame, 2 * MAC))).append(' ');
        text.append(length).append(": ");
    }

    private static void dump(StringBuilder text, byte[] bytes) {
        for (int i = 0; i < bytes.length; i++) {
            if (i % BYTES_OF_A_LINE == 0) {
                text.append(i == 0 ? "\t\t\t" : "\n\t\t\t");
            }
            if (i % 2 == 0) {
                text.append(' ');
            }
            HEX.toHexDigits(text, bytes[i]);
        }
        text.append('\n');
    }
}
