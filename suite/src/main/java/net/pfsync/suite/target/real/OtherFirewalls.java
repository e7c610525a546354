package net.pfsync.suite.target.real;

import java.nio.ByteBuffer;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.LinkedBlockingQueue;
import net.pfsync.net.Ipv4Address;
import net.pfsync.net.MacAddress;
import net.pfsync.suite.state.OwnStates;
import net.pfsync.wire.Dialect;
import net.pfsync.wire.Frame;
import net.pfsync.wire.FrameBuilder;
import net.pfsync.wire.FrameDecoder;
import net.pfsync.wire.Identified;
import net.pfsync.wire.IpHeader;
import net.pfsync.wire.Kind;
import net.pfsync.wire.Message;
import net.pfsync.wire.StateMessage;
import net.pfsync.wire.UpdateCompressed;

/**
 * Who speaks pfsync on the LAN and is not of the case: what they say of the suite's states, and what they have to be told.
 *
 * <p>They hear what the target says of these states, and would give it back what it was told to remove; so they are told first.
 */
final class OtherFirewalls {

    private static final int SOURCE = 12;
    private static final int MOST = 10_000;
    private static final Set<Kind> REMOVING = Set.copyOf(EnumSet.of(Kind.DEL, Kind.DEL_C, Kind.CLR));

    private final LinkedBlockingQueue<byte[]> said = new LinkedBlockingQueue<>(MOST);
    private final String probe;
    private List<MacAddress> stations = List.of();
    private Dialect dialect;

    /**
     * Nobody yet.
     *
     * @param probe the probe's IPv4 address as text, from which they are told
     */
    OtherFirewalls(String probe) {
        this.probe = probe;
    }

    /** These are told from now on, in this dialect. */
    void are(List<MacAddress> firewalls, Dialect spoken) {
        stations = List.copyOf(firewalls);
        dialect = spoken;
    }

    /** Those who are told. */
    List<MacAddress> stations() {
        return stations;
    }

    /** They said nothing until now. */
    void restart() {
        said.clear();
    }

    /** Takes a pfsync packet of somebody who is not of the case; on any thread. */
    void heard(byte[] packet) {
        // What finds no room is told by those that did.
        boolean ignored = said.offer(packet);
    }

    /** Who spoke of the suite's states, if anybody did; on any thread. */
    Optional<String> meddler(Dialect spoken) {
        for (byte[] packet : said) {
            Optional<Message> about = FrameDecoder.decode(spoken, packet).messages().stream()
                    .filter(OtherFirewalls::ofTheSuite)
                    .findFirst();
            if (about.isPresent()) {
                return Optional.of(Ipv4Address.text(ByteBuffer.wrap(packet).getInt(SOURCE)) + " took part with "
                        + about.get().kind() + " about a state of the suite; mode full keeps the others away");
            }
        }
        return Optional.empty();
    }

    private static boolean ofTheSuite(Message message) {
        return switch (message) {
            case StateMessage state -> OwnStates.named(state.id(), state.creatorId());
            case Identified named -> OwnStates.named(named.id(), named.creatorId());
            case UpdateCompressed update -> OwnStates.named(update.id(), update.creatorId());
            default -> false;
        };
    }

    /**
     * What they have to be told before a packet goes to the target.
     *
     * @param packet from its IP header on; any bytes
     * @return what a sound packet removes, in one of its own; empty if it removes nothing or there is nobody
     */
    Optional<byte[]> removals(byte[] packet) {
        if (stations.isEmpty() || packet.length < IpHeader.IPV4_SIZE) {
            return Optional.empty();
        }
        Frame frame = FrameDecoder.decode(dialect, packet);
        Message[] removing = frame.messages().stream()
                .filter(message -> message.kind() != null && REMOVING.contains(message.kind()))
                .toArray(Message[]::new);
        return frame.problem() != null || removing.length == 0
                ? Optional.empty()
                : Optional.of(
                        FrameBuilder.of(dialect).source(probe).add(removing).build());
    }
}
