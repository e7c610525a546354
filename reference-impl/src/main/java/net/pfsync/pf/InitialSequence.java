package net.pfsync.pf;

import java.util.random.RandomGenerator;

/**
 * Initial sequence numbers that cannot be guessed, for connections that pf modulates.
 *
 * <p>A connection always gets numbers near the same secret place, each one a step further. So the outgoing state of a forwarded connection
 * differs from the incoming one by exactly that step. Source: RFC 6528; the step recorded on OpenBSD 4.6, {@code
 * local-tcp-connection-modulate-state}, and 7.6, {@code 260_A_pfctl_s_states_vv_established.txt}.
 */
final class InitialSequence {

    private static final int STEP = 4096;

    private final long secret;
    private int steps;

    InitialSequence(RandomGenerator random) {
        this.secret = random.nextLong();
    }

    /** The next initial sequence number for the connection of a TCP packet. */
    int next(Packet packet) {
        steps += STEP;
        int ports = StateKey.ports(packet.sourcePort(), packet.destinationPort());
        long place = mix(secret ^ packet.sourceHi());
        place = mix(place ^ packet.sourceLo());
        place = mix(place ^ packet.destinationHi());
        place = mix(place ^ packet.destinationLo());
        return (int) mix(place ^ ports) + steps;
    }

    /** The finalizer of SplitMix64. */
    private static long mix(long value) {
        long mixed = (value ^ value >>> 30) * 0xbf58476d1ce4e5b9L;
        mixed = (mixed ^ mixed >>> 27) * 0x94d049bb133111ebL;
        return mixed ^ mixed >>> 31;
    }
}
