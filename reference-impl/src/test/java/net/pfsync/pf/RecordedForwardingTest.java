package net.pfsync.pf;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import net.pfsync.pf.Capture.Seen;
import net.pfsync.wire.Clear;
import net.pfsync.wire.DeleteCompressed;
import net.pfsync.wire.Dialect;
import net.pfsync.wire.FrameDecoder;
import net.pfsync.wire.Insert;
import net.pfsync.wire.Message;
import net.pfsync.wire.UpdateCompressed;
import net.pfsync.wire.WirePeer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Plays everything that hosts sent through a recorded OpenBSD 4.6 into our filter, and compares what comes out on the other LAN, byte for byte,
 * and what the kernel told of its states, field by field. Capture {@code 03-forwarding}.
 */
class RecordedForwardingTest {

    private static final String CAPTURE = "observed/openbsd-4.6/captures/03-forwarding.";
    private static final String CLIENT_LAN = "client";
    private static final String SERVER_LAN = "server";
    private static final String SYNC_LAN = "sync";
    private static final int CLIENT = 0x0a070102;
    private static final int SERVER = 0x0a070202;
    /** A deleted state is announced one second later. Source: OBSERVED.md of 4.6, section B. */
    private static final long DELETES_WAIT = 1_000_000;

    /** How much older than its place in the capture the contents of a frame may be. */
    private static final long BUILDING_A_FRAME = 1000;

    private static final Dialect V5 = Dialect.of("v5-4.6");

    /** The rule that made the states has the number 0, and what is not a SYN makes none: that is this ruleset. */
    private final Bench bench = Bench.of2009("pass quick on ! em0 inet flags S/SA keep state\nblock on ! em0");

    private final Map<String, Deque<byte[]>> forwarded =
            Map.of(CLIENT_LAN, new ArrayDeque<>(), SERVER_LAN, new ArrayDeque<>());
    private final List<String> differences = new ArrayList<>();
    /** What each state's peers were in the last moments, oldest first. */
    private final Map<Long, Deque<Moment>> history = new HashMap<>();

    private record Moment(long micros, String peers) {}

    private long micros;
    private int forwardedPackets;
    private int statesCompared;

    @BeforeEach
    void timeoutsAreTenSecondsExceptThatOfEstablishedConnections() {
        bench.timeouts(10, 10, 86400, 10, 10, 10, 10, 10, 10, 10, 10, 10, 10, 10, 10, 10, 6000, 12000, 0, 30);
    }

    @Test
    void whatARecordedKernelForwardedAndToldOfItsStatesIsWhatOursDoes() {
        List<Seen> timeline = new ArrayList<>();
        for (String lan : List.of(CLIENT_LAN, SERVER_LAN, SYNC_LAN)) {
            timeline.addAll(Capture.packets(CAPTURE + lan + ".pcap", lan));
        }
        bench.nextId = firstId(timeline);
        timeline.sort(Comparator.comparingLong(RecordedForwardingTest::when));
        timeline.forEach(this::play);

        assertThat(differences).isEmpty();
        assertThat(forwarded.values()).allMatch(Deque::isEmpty);
        assertThat(forwardedPackets).isGreaterThan(800);
        assertThat(statesCompared).isEqualTo(48);
        assertThat(bench.table.size()).isZero();
    }

    private static long firstId(List<Seen> timeline) {
        return timeline.stream()
                .flatMap(seen -> messages(seen).stream())
                .filter(Insert.class::isInstance)
                .mapToLong(message -> ((Insert) message).id())
                .min()
                .orElseThrow();
    }

    private static List<Message> messages(Seen seen) {
        boolean pfsync = seen.lan().equals(SYNC_LAN) && (seen.bytes()[9] & 0xff) == IpProtocol.PFSYNC;
        return pfsync ? FrameDecoder.decode(V5, seen.bytes()).messages() : List.of();
    }

    private static long when(Seen seen) {
        boolean deletion = messages(seen).stream().anyMatch(DeleteCompressed.class::isInstance);
        return seen.micros() - (deletion ? DELETES_WAIT : 0);
    }

    private void play(Seen seen) {
        micros = when(seen);
        bench.now = (int) (micros / 1_000_000);
        if (seen.lan().equals(SYNC_LAN)) {
            messages(seen).forEach(this::told);
            return;
        }
        int source = word(seen.bytes(), 12);
        int destination = word(seen.bytes(), 16);
        if ((source != CLIENT && source != SERVER) || (destination != CLIENT && destination != SERVER)) {
            return; // to or from the firewall itself
        }
        boolean clientLan = seen.lan().equals(CLIENT_LAN);
        if (clientLan == (source == CLIENT)) {
            sent(seen, clientLan);
        } else {
            cameOut(seen);
        }
    }

    private void sent(Seen seen, boolean clientLan) {
        String in = clientLan ? Bench.INSIDE : Bench.OUTSIDE;
        String out = clientLan ? Bench.OUTSIDE : Bench.INSIDE;
        byte[] through = bench.forward(seen.bytes(), in, out);
        if (through != null) {
            forwarded.get(clientLan ? SERVER_LAN : CLIENT_LAN).add(through);
        }
        for (State state : bench.table) {
            Deque<Moment> moments = history.computeIfAbsent(state.id, id -> new ArrayDeque<>());
            moments.add(new Moment(micros, Bench.peer(state.src) + ", " + Bench.peer(state.dst)));
            if (moments.size() > 10) {
                moments.poll();
            }
        }
    }

    /** What a frame that is seen now may say: the latest moment that is old enough for any frame, and all after it. */
    private boolean recently(long id, String peers) {
        List<Moment> moments = new ArrayList<>(history.get(id));
        for (int i = moments.size() - 1; i >= 0; i--) {
            if (moments.get(i).peers().equals(peers)) {
                return true;
            }
            if (moments.get(i).micros() < micros - BUILDING_A_FRAME) {
                return false;
            }
        }
        return false;
    }

    private void cameOut(Seen seen) {
        byte[] ours = forwarded.get(seen.lan()).poll();
        String recorded = HexFormat.of().formatHex(seen.bytes());
        if (ours == null || !HexFormat.of().formatHex(ours).equals(recorded)) {
            differences.add("recorded " + recorded + ", ours "
                    + (ours == null ? "none" : HexFormat.of().formatHex(ours)));
        }
        forwardedPackets++;
    }

    private void told(Message message) {
        switch (message) {
            case Insert insert -> inserted(insert);
            case UpdateCompressed update -> updated(update);
            case DeleteCompressed delete -> bench.table.unlink(bench.table.find(delete.id(), delete.creatorId()));
            case Clear clear -> {
                StateSelection flushed =
                        clear.ifname().isEmpty() ? StateSelection.ALL : StateSelection.ifname(clear.ifname());
                bench.filter.kill(flushed);
            }
            default -> {}
        }
    }

    private void inserted(Insert told) {
        State state = bench.table.find(told.id(), told.creatorId());
        if (state == null) {
            differences.add("no state " + Long.toHexString(told.id()));
            return;
        }
        compare(told.id(), told.src(), told.dst(), told.timeout(), told.expire(), state);
        equal(told.id(), "keys", keys(told), keys(state.wire) + " " + keys(state.stack));
        equal(
                told.id(),
                "fields",
                told.ifname() + " rule " + told.rule() + " anchor " + told.anchor() + " nat " + told.natRule() + " af "
                        + told.af() + " proto " + told.proto() + " direction " + told.direction() + " flags "
                        + told.stateFlags() + " packets " + told.packets(0) + ":" + told.packets(1) + " bytes "
                        + told.bytes(0) + ":" + told.bytes(1),
                state.ifname + " rule " + state.rule + " anchor " + state.anchor + " nat " + state.natRule + " af "
                        + state.af + " proto " + state.proto + " direction " + state.direction + " flags "
                        + state.stateFlags + " packets " + state.packets0 + ":" + state.packets1 + " bytes "
                        + state.bytes0 + ":" + state.bytes1);
        near(told.id(), "creation", told.creation(), bench.now - state.creation);
    }

    private static String keys(Insert told) {
        StringBuilder keys = new StringBuilder();
        for (int key = 0; key < 2; key++) {
            keys.append(key == 0 ? "" : " ");
            for (int slot = 0; slot < 2; slot++) {
                keys.append(Long.toHexString(told.addrHi(key, slot)))
                        .append(':')
                        .append(told.port(key, slot));
                keys.append(slot == 0 ? "-" : "");
            }
        }
        return keys.toString();
    }

    private static String keys(StateKey key) {
        return Long.toHexString(key.address0Hi) + ":" + key.port(0) + "-" + Long.toHexString(key.address1Hi) + ":"
                + key.port(1);
    }

    private void updated(UpdateCompressed told) {
        State state = bench.table.find(told.id(), told.creatorId());
        if (state == null) {
            differences.add("no state " + Long.toHexString(told.id()));
            return;
        }
        compare(told.id(), told.src(), told.dst(), told.timeout(), told.expire(), state);
    }

    private void compare(long id, WirePeer src, WirePeer dst, int timeout, long expire, State state) {
        statesCompared++;
        String recorded = peer(src) + ", " + peer(dst);
        if (!recently(id, recorded)) {
            equal(id, "peers", recorded, Bench.peer(state.src) + ", " + Bench.peer(state.dst));
        }
        equal(id, "timeout", timeout + "", state.timeout + "");
        near(id, "expire", expire, bench.timeouts.expiry(state, 0, bench.now) - bench.now);
    }

    private static String peer(WirePeer peer) {
        return Integer.toUnsignedString(peer.seqlo()) + ":" + Integer.toUnsignedString(peer.seqhi()) + " win "
                + peer.maxWin() + " state " + peer.state() + " wscale " + peer.wscale();
    }

    private void equal(long id, String what, String recorded, String ours) {
        if (!recorded.equals(ours)) {
            differences.add(Long.toHexString(id) + " " + what + ": recorded " + recorded + ", ours " + ours);
        }
    }

    private void near(long id, String what, long recorded, long ours) {
        if (Math.abs(recorded - ours) > 1) {
            differences.add(Long.toHexString(id) + " " + what + ": recorded " + recorded + ", ours " + ours);
        }
    }

    private static int word(byte[] bytes, int at) {
        return (bytes[at] & 0xff) << 24
                | (bytes[at + 1] & 0xff) << 16
                | (bytes[at + 2] & 0xff) << 8
                | (bytes[at + 3] & 0xff);
    }
}
