package net.pfsync.suite.replay;

import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import net.pfsync.net.Ipv4Address;
import net.pfsync.wire.Dialect;
import net.pfsync.wire.FrameBuilder;
import net.pfsync.wire.Kind;
import net.pfsync.wire.MessageBuilder;

/** The BUS START that a waiting machine had received before the case began, which only the note of the case tells. */
final class EarlierStart {

    private static final Pattern NOTE =
            Pattern.compile(".*\\bBUS START \\(creatorid ([0-9a-f]{8}), endtime (\\d{1,9})\\) was received before.*");
    private static final int START = 1;

    private EarlierStart() {}

    /**
     * Makes the packet.
     *
     * @param note what had happened before, in words
     * @param dialect what the machine speaks
     * @param sender the IPv4 address of the injector
     * @return empty if the note does not tell of a START
     */
    static Optional<Packet> of(String note, Dialect dialect, int sender) {
        Matcher matcher = NOTE.matcher(note);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        byte[] packet = FrameBuilder.of(dialect)
                .source(Ipv4Address.text(sender))
                .add(MessageBuilder.of(dialect, Kind.BUS)
                        .set("creatorid", HexFormat.fromHexDigits(matcher.group(1)))
                        .set("endtime", Integer.parseInt(matcher.group(2)))
                        .set("status", START)
                        .build())
                .build();
        return Optional.of(new Packet(HexFormat.of().formatHex(packet), Optional.empty(), Optional.empty(), ""));
    }
}
