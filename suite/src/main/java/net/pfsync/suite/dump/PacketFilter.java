package net.pfsync.suite.dump;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import net.pfsync.suite.capture.SyncPacket;
import net.pfsync.wire.Addresses;
import net.pfsync.wire.BulkStatus;
import net.pfsync.wire.Clear;
import net.pfsync.wire.Dialect;
import net.pfsync.wire.FrameDecoder;
import net.pfsync.wire.Identified;
import net.pfsync.wire.Kind;
import net.pfsync.wire.Message;
import net.pfsync.wire.StateMessage;
import net.pfsync.wire.TdbUpdate;
import net.pfsync.wire.UpdateCompressed;

/**
 * Which packets are printed: those of a peer, with a message that has one of each kind of value asked for. Nothing asked
 * for means everything.
 */
public final class PacketFilter {

    private static final int HEX = 16;
    private static final int CREATOR_DIGITS = 8;
    private static final int ID_DIGITS = 16;

    private final Set<Kind> actions;
    private final Set<Integer> creators = new HashSet<>();
    private final Set<Long> ids = new HashSet<>();
    private final List<byte[]> addresses;
    private final Set<String> peers = new HashSet<>();

    /**
     * A filter.
     *
     * @param actions kinds of messages
     * @param creators creator ids, hexadecimal as they are printed
     * @param ids state ids, hexadecimal as they are printed
     * @param addresses in a key of a state, or of a security association
     * @param peers source or destination of the packet
     * @throws IllegalArgumentException with a line that says which value is none, and what would be
     */
    public PacketFilter(
            List<Kind> actions, List<String> creators, List<String> ids, List<String> addresses, List<String> peers) {
        this.actions = new HashSet<>(actions);
        creators.forEach(each -> this.creators.add((int) hex("creator id", each, CREATOR_DIGITS)));
        ids.forEach(each -> this.ids.add(hex("state id", each, ID_DIGITS)));
        this.addresses = addresses.stream().map(Addresses::parse).toList();
        peers.forEach(each -> this.peers.add(canonical(Addresses.parse(each))));
    }

    private static long hex(String what, String text, int digits) {
        String plain = text.startsWith("0x") ? text.substring(2) : text;
        if (plain.isEmpty() || plain.length() > digits || !plain.matches("[0-9a-fA-F]+")) {
            throw new IllegalArgumentException(
                    "not a " + what + ": '" + text + "'; up to " + digits + " hexadecimal digits are expected");
        }
        return Long.parseUnsignedLong(plain, HEX);
    }

    private static String canonical(byte[] address) {
        return address.length == Addresses.IPV4_SIZE ? Addresses.text4(address, 0) : Addresses.shortText6(address, 0);
    }

    /** Whether a packet is printed. */
    public boolean passes(SyncPacket packet, Dialect dialect) {
        if (!peers.isEmpty() && !peers.contains(packet.sender()) && !peers.contains(receiver(packet))) {
            return false;
        }
        if (actions.isEmpty() && creators.isEmpty() && ids.isEmpty() && addresses.isEmpty()) {
            return true;
        }
        if (dialect == null) {
            return false;
        }
        byte[] bytes = packet.ip() == null ? BareFrame.wrapped(packet.bytes()) : packet.bytes();
        return FrameDecoder.decode(dialect, bytes).messages().stream().anyMatch(this::passes);
    }

    private static String receiver(SyncPacket packet) {
        return packet.ip() == null ? "" : packet.ip().destination();
    }

    private boolean passes(Message message) {
        return (actions.isEmpty() || actions.contains(message.kind()))
                && (creators.isEmpty() || hasCreator(message))
                && (ids.isEmpty() || hasId(message))
                && (addresses.isEmpty() || hasAddress(message));
    }

    private boolean hasCreator(Message message) {
        return switch (message) {
            case StateMessage state -> creators.contains(state.creatorId());
            case UpdateCompressed update -> creators.contains(update.creatorId());
            case Identified identified -> creators.contains(identified.creatorId());
            case Clear clear -> creators.contains(clear.creatorId());
            case BulkStatus bulk -> creators.contains(bulk.creatorId());
            default -> false;
        };
    }

    private boolean hasId(Message message) {
        return switch (message) {
            case StateMessage state -> ids.contains(state.id());
            case UpdateCompressed update -> ids.contains(update.id());
            case Identified identified -> ids.contains(identified.id());
            default -> false;
        };
    }

    private boolean hasAddress(Message message) {
        return switch (message) {
            case StateMessage state -> addresses.stream().anyMatch(each -> hasAddress(state, each));
            case TdbUpdate tdb -> addresses.stream().anyMatch(each -> Arrays.equals(each, tdb.address()));
            default -> false;
        };
    }

    private static boolean hasAddress(StateMessage state, byte[] address) {
        for (int key = StateMessage.WIRE; key <= StateMessage.STACK; key++) {
            int af = state.keyAf(key) == 0 ? state.af() : state.keyAf(key);
            boolean six = af == state.layout().inet6();
            if (six != (address.length == Addresses.IPV6_SIZE)) {
                continue;
            }
            for (int side = 0; side < 2; side++) {
                int at = state.offset() + state.layout().address(key, side);
                if (Arrays.equals(state.array(), at, at + address.length, address, 0, address.length)) {
                    return true;
                }
            }
        }
        return false;
    }
}
