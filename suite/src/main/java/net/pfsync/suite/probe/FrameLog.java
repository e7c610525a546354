package net.pfsync.suite.probe;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import net.pfsync.suite.target.Adapter;
import net.pfsync.suite.target.Bench;
import net.pfsync.suite.target.Captured;
import net.pfsync.wire.Clear;
import net.pfsync.wire.EndOfFrame;
import net.pfsync.wire.Frame;
import net.pfsync.wire.FrameDecoder;
import net.pfsync.wire.Identified;
import net.pfsync.wire.IpHeader;
import net.pfsync.wire.Message;
import net.pfsync.wire.StateMessage;
import net.pfsync.wire.UpdateCompressed;
import net.pfsync.wire.UpdateRequest;

/** Every pfsync frame of a LAN, decoded once; those that are about the states of others alone are left out. */
final class FrameLog {

    private final Bench bench;
    private final List<HeardFrame> frames = new ArrayList<>();
    private final Map<String, Integer> mtus = new HashMap<>();
    private Duration origin = Duration.ZERO;
    private int read;

    FrameLog(Bench bench) {
        this.bench = bench;
    }

    /** Times of frames count from here, also of those that were there before. */
    void countFrom(Duration moment) {
        origin = moment;
        frames.clear();
        read = 0;
    }

    /** All frames so far. */
    List<HeardFrame> frames() {
        update();
        return Collections.unmodifiableList(frames);
    }

    /** Takes in what is new. */
    void update() {
        List<Captured> captured = bench.lan().frames();
        while (read < captured.size()) {
            Captured next = captured.get(read++);
            byte[] packet = next.payload();
            if (packet.length >= IpHeader.IPV4_SIZE && IpHeader.parse(packet).protocol() == IpHeader.PFSYNC) {
                HeardFrame frame = decoded(read, next, packet);
                if (!frame.messages().isEmpty() || !carriesMessages(frame)) {
                    frames.add(frame);
                }
            }
        }
        mtus.put(bench.target().name(), bench.target().mtu());
        bench.peers().forEach(peer -> mtus.put(peer.name(), peer.mtu()));
    }

    private HeardFrame decoded(int number, Captured captured, byte[] packet) {
        Frame frame = FrameDecoder.decode(bench.dialect(captured.sender()), packet);
        List<HeardMessage> messages = new ArrayList<>();
        for (Message message : frame.messages()) {
            if (!(message instanceof EndOfFrame) && concerns(message)) {
                messages.add(new HeardMessage(message));
            }
        }
        HeardFrame heard = new HeardFrame(
                number,
                captured.at().minus(origin),
                captured.sender(),
                frame,
                frame.ip().totalLength(),
                mtuOf(captured.sender()),
                List.copyOf(messages));
        messages.forEach(message -> message.belongsTo(heard));
        return heard;
    }

    private static boolean carriesMessages(HeardFrame frame) {
        return frame.frame().messages().stream().anyMatch(message -> !(message instanceof EndOfFrame));
    }

    /** What a firewall says about the states of others is not heard. */
    private boolean concerns(Message message) {
        return switch (message) {
            case StateMessage state -> bench.concerns(state.id(), state.creatorId());
            case UpdateRequest request -> request.asksForAll() || bench.concerns(request.id(), request.creatorId());
            case Identified named -> bench.concerns(named.id(), named.creatorId());
            case UpdateCompressed update -> bench.concerns(update.id(), update.creatorId());
            case Clear clear -> bench.concerns(0, clear.creatorId());
            default -> true;
        };
    }

    /** The MTU that a sender had; a frame that left while it was changed may have left before. */
    private int mtuOf(String sender) {
        int now = Stream.concat(Stream.of(bench.target()), bench.peers().stream())
                .filter(firewall -> firewall.name().equals(sender))
                .mapToInt(Adapter::mtu)
                .findFirst()
                .orElse(0);
        return Math.max(now, mtus.getOrDefault(sender, 0));
    }
}
