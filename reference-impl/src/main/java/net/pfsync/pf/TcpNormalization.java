package net.pfsync.pf;

import java.util.random.RandomGenerator;

/**
 * {@code scrub (reassemble tcp)}: neither end may lower its TTL, timestamps are shifted by a secret amount, and must not go back behind what the
 * other end has echoed nor run ahead of the clock.
 *
 * <p>Source: the manual of pf.conf, "reassemble tcp" and "tcp.tsdiff"; what both peers remember was recorded on OpenBSD 4.6, {@code
 * local-tcp-connection-scrub-reassemble-tcp}.
 */
final class TcpNormalization {

    /** The fastest clock that a host may take timestamps from. Source: RFC 7323, 4.1: one tick per millisecond. */
    private static final int TICKS_PER_SECOND = 1000;

    private static final int TSECR = 4;

    private final RandomGenerator random;
    private final Timeouts timeouts;

    TcpNormalization(RandomGenerator random, Timeouts timeouts) {
        this.random = random;
        this.timeouts = timeouts;
    }

    /** Starts to remember an end when its first segment comes. */
    void first(State state, Packet packet, Peer sender, Peer receiver) {
        boolean wanted = state.has(StateFlags.SCRUB_TCP) || receiver.scrub != null;
        if (!wanted || sender.scrub != null) {
            return;
        }
        sender.scrub = new Peer.Scrub();
        sender.scrub.ttl = (byte) packet.ttl();
        if (packet.has(TcpFlags.SYN) && packet.options().timestampAt() != TcpOptions.NOWHERE) {
            sender.scrub.flags = Peer.Scrub.TIMESTAMP;
            while (sender.scrub.tsMod == 0) {
                sender.scrub.tsMod = random.nextInt();
            }
        }
    }

    /**
     * Checks a segment's timestamps and rewrites what is normalized.
     *
     * @return false if it must be dropped
     */
    boolean pass(State state, Packet packet, Peer sender, Peer receiver, int now) {
        if (sender.scrub == null && receiver.scrub == null) {
            return true;
        }
        if (!timestampsFit(packet, sender.scrub, receiver.scrub, now)) {
            return false;
        }
        if (sender.scrub != null) {
            raiseTtl(packet, sender.scrub);
        }
        timestamps(packet, sender.scrub, receiver.scrub, now);
        return true;
    }

    private static void raiseTtl(Packet packet, Peer.Scrub sender) {
        if (packet.ttl() > (sender.ttl & 0xff)) {
            sender.ttl = (byte) packet.ttl();
        }
        packet.setTtl(sender.ttl & 0xff);
    }

    private boolean timestampsFit(Packet packet, Peer.Scrub sender, Peer.Scrub receiver, int now) {
        if (!modulated(sender) || !modulated(receiver) || packet.has(TcpFlags.RST)) {
            return true;
        }
        int at = packet.options().timestampAt();
        if (at == TcpOptions.NOWHERE) {
            return packet.dataLength() == 0;
        }
        if (!sender.seen) {
            return true;
        }
        int tsval = packet.option32(at);
        long elapsed = Math.max(0, now - sender.since) + (long) timeouts.seconds(Timeouts.TS_DIFF);
        boolean ahead = tsval - sender.latest > elapsed * TICKS_PER_SECOND;
        boolean behind = receiver.seen && Peer.after(receiver.echoed, tsval);
        return !ahead && !behind;
    }

    private static boolean modulated(Peer.Scrub scrub) {
        return scrub != null && (scrub.flags & Peer.Scrub.TIMESTAMP) != 0;
    }

    private static void timestamps(Packet packet, Peer.Scrub sender, Peer.Scrub receiver, int now) {
        int at = packet.options().timestampAt();
        if (at == TcpOptions.NOWHERE) {
            return;
        }
        int tsval = packet.option32(at);
        int tsecr = packet.option32(at + TSECR);
        if (modulated(sender)) {
            if (!sender.seen || Peer.after(tsval, sender.latest)) {
                sender.latest = tsval;
                sender.since = now;
            }
            packet.put32(at, tsval + sender.tsMod);
        }
        if (modulated(receiver) && tsecr != 0) {
            int echoed = tsecr - receiver.tsMod;
            if (sender != null && (!sender.seen || Peer.after(echoed, sender.echoed))) {
                sender.echoed = echoed;
            }
            packet.put32(at + TSECR, echoed);
        }
        if (sender != null) {
            sender.seen = true;
        }
    }
}
