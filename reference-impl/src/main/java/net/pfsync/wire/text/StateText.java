package net.pfsync.wire.text;

import net.pfsync.wire.ByteAccess;
import net.pfsync.wire.Layout;
import net.pfsync.wire.StateMessage;
import net.pfsync.wire.WirePeer;

/**
 * A state on one to five lines, without a newline behind the last: as tcpdump prints it, and as pfctl does.
 *
 * <pre>
 * em0 tcp 203.0.113.5:51234 (10.1.2.3:40000) -> 198.51.100.9:443____
 *    ESTABLISHED:ESTABLISHED
 *    [2712847316 + 65536](+4096) wscale 7  [270544960 + 49152] wscale 6
 *    age 00:00:37, expires in 23:59:23, 12:9 pkts, 4294967587:4567 bytes, rule 4
 *    id: 4a1b2c3d00000007 creatorid: deadbeef
 * </pre>
 *
 * <p>Of the keys that on the outer side of the firewall stands first, that of the inner one in parentheses where it
 * differs. Source: TEXT-FORMATS.md 3 to 5. Unlike tools of 2009 the minutes of "expires in" are right on every machine.
 */
public final class StateText {
    static final int TCP = 6;
    private static final int UDP = 17;
    private static final int ICMP = 1;
    private static final int ICMPV6 = 58;
    private static final int OUT = 2;
    private static final int INET = 2;
    private static final int IFNAME = StateMessage.IFNAME_SIZE - 1;
    private static final int WSCALE_MASK = 0x0f;

    private static final int SLOPPY = 0x0002;
    private static final int PFLOW = 0x0004;
    private static final int SOURCE_TRACK = 0x04;
    private static final int STICKY_ADDRESS = 0x08;

    private static final String[] TCP_STATES = {
        "CLOSED",
        "LISTEN",
        "SYN_SENT",
        "SYN_RCVD",
        "ESTABLISHED",
        "CLOSE_WAIT",
        "FIN_WAIT_1",
        "CLOSING",
        "LAST_ACK",
        "FIN_WAIT_2",
        "TIME_WAIT"
    };
    private static final int PROXY_SRC = 11;
    private static final int PROXY_DST = 12;
    private static final String[] OTHER_STATES = {"NO_TRAFFIC", "SINGLE", "MULTIPLE"};

    private final TextOptions options;
    private final boolean freebsd;
    private final boolean pfctl;
    private final String indent;

    StateText(TextStyle style, TextOptions options) {
        this(options, style == TextStyle.FREEBSD, false);
    }

    private StateText(TextOptions options, boolean freebsd, boolean pfctl) {
        this.options = options;
        this.freebsd = freebsd;
        this.pfctl = pfctl;
        this.indent = freebsd ? "\n\t" : "\n   ";
    }

    /**
     * A state as {@code pfctl -s states} of OpenBSD 7 prints it.
     *
     * @param state the state
     * @param verbose how often {@code -v} was given
     * @return one to four lines
     */
    public static String pfctl(StateMessage state, int verbose) {
        StringBuilder text = new StringBuilder();
        new StateText(new TextOptions(verbose, false, false), false, true).append(text, state);
        return text.toString();
    }

    void append(StringBuilder text, StateMessage state) {
        boolean out = state.direction() == OUT;
        WirePeer first = out ? state.src() : state.dst();
        WirePeer second = out ? state.dst() : state.src();
        text.append(freebsd ? "\n\t" : pfctl ? "" : "\n");
        Digits.visible(text, state.array(), state.offset() + state.layout().ifname, IFNAME);
        protocol(text.append(' '), state.proto());
        hosts(text.append(' '), state, out);
        if (state.proto() == TCP && !freebsd && !pfctl) {
            text.append("    ").append(indent);
            tcpStates(text, first.state(), second.state());
        } else {
            text.append(freebsd ? "   " : "       ");
            states(text, pfctl && icmp(state.proto()) ? ICMP : state.proto(), first.state(), second.state());
        }
        details(text, state, first, second);
    }

    /** The states of a compressed update, whose protocol is not known. FreeBSD's {@code -vvv}. */
    static void guessedStates(StringBuilder text, WirePeer src, WirePeer dst) {
        tcpStates(text.append("\n\tTCP? :   "), src.state(), dst.state());
    }

    private void details(StringBuilder text, StateMessage state, WirePeer first, WirePeer second) {
        int detail = freebsd ? 2 : 1;
        if (options.verbose() < detail) {
            return;
        }
        if (state.proto() == TCP) {
            windows(text.append(indent), first, second);
        }
        ages(text.append(indent), state);
        if (pfctl) {
            flags(text, state);
        }
        if (options.verbose() >= 2) {
            Digits.hex16(text.append(indent).append("id: "), state.id());
            Digits.hex8(text.append(" creatorid: "), state.creatorId());
        }
    }

    private static void flags(StringBuilder text, StateMessage state) {
        text.append((state.stateFlags() & SLOPPY) != 0 ? ", sloppy" : "");
        text.append((state.stateFlags() & PFLOW) != 0 ? ", pflow" : "");
        text.append((state.syncFlags() & SOURCE_TRACK) != 0 ? ", source-track" : "");
        text.append((state.syncFlags() & STICKY_ADDRESS) != 0 ? ", sticky-address" : "");
    }

    private void protocol(StringBuilder text, int proto) {
        if (freebsd) {
            text.append("proto ");
        } else if (!options.numeric()) {
            String name = name(proto);
            if (!name.isEmpty()) {
                text.append(name);
                return;
            }
        }
        text.append(proto);
    }

    private static String name(int proto) {
        return switch (proto) {
            case ICMP -> "icmp";
            case TCP -> "tcp";
            case UDP -> "udp";
            case 2 -> "igmp";
            case 4 -> "ipencap";
            case 41 -> "ipv6";
            case 47 -> "gre";
            case 50 -> "esp";
            case 51 -> "ah";
            case ICMPV6 -> "ipv6-icmp";
            case 89 -> "ospf";
            case 103 -> "pim";
            case 112 -> "carp";
            case 132 -> "sctp";
            case 240 -> "pfsync";
            default -> "";
        };
    }

    /** The side of index 1 stands left, unless the families of the keys differ (af-to). */
    private void hosts(StringBuilder text, StateMessage state, boolean out) {
        int shown = out ? StateMessage.WIRE : StateMessage.STACK;
        int other = out ? StateMessage.STACK : StateMessage.WIRE;
        boolean translatesFamily = six(state, shown) != six(state, other);
        int left = translatesFamily ? 0 : 1;
        int queried = out ? 0 : 1;
        host(text, state, shown, other, left, queried);
        gateway(text, state, !out);
        text.append(out ? " -> " : " <- ");
        host(text, state, shown, other, 1 - left, queried);
        gateway(text, state, out);
    }

    /** Where its packets are routed to, which tcpdump does not tell. */
    private void gateway(StringBuilder text, StateMessage state, boolean here) {
        if (pfctl && here && (state.rtAddrHi() != 0 || state.rtAddrLo() != 0)) {
            text.append(" {");
            Digits.address(text, state.array(), state.offset() + state.layout().rtAddr, six(state, StateMessage.WIRE));
            text.append('}');
        }
    }

    /** The port of ICMP's side {@code queried} is its type, which translation does not change. */
    private void host(StringBuilder text, StateMessage state, int shown, int other, int side, int queried) {
        int port = state.port(shown, side);
        int otherPort = icmp(state.proto()) && side == queried ? port : state.port(other, side);
        one(text, state, shown, side, port);
        if (port != otherPort || differs(state, shown, other, side)) {
            one(text.append(" ("), state, other, side, otherPort);
            text.append(')');
        }
    }

    private static boolean icmp(int proto) {
        return proto == ICMP || proto == ICMPV6;
    }

    private boolean differs(StateMessage state, int shown, int other, int side) {
        boolean six = six(state, shown);
        if (six != six(state, other) || (pfctl && state.rdomain(shown) != state.rdomain(other))) {
            return true;
        }
        long a = state.addrHi(shown, side);
        long b = state.addrHi(other, side);
        return six ? a != b || state.addrLo(shown, side) != state.addrLo(other, side) : a >>> 32 != b >>> 32;
    }

    private void one(StringBuilder text, StateMessage state, int key, int side, int port) {
        int rdomain = state.rdomain(key);
        if (rdomain != 0) {
            text.append('(').append(rdomain).append(") ");
        }
        boolean six = six(state, key);
        Digits.address(text, state.array(), state.offset() + state.layout().address(key, side), six);
        if (port == 0) {
            return;
        }
        if (freebsd) {
            text.append('.').append(port);
        } else if (six) {
            text.append('[').append(port).append(']');
        } else {
            text.append(':').append(port);
        }
    }

    /** A family that is neither is read as IPv6 only if there is something behind an IPv4 address. */
    private static boolean six(StateMessage state, int key) {
        int own = state.keyAf(key);
        int af = own == 0 ? state.af() : own;
        Layout layout = state.layout();
        if (af == INET || af == layout.inet6()) {
            return af != INET;
        }
        int at = state.offset() + layout.address(key, 0);
        return ByteAccess.i32(state.array(), at + Integer.BYTES) != 0
                || ByteAccess.i64(state.array(), at + Long.BYTES) != 0;
    }

    private static void states(StringBuilder text, int proto, int first, int second) {
        if (proto == TCP) {
            tcpStates(text, first, second);
        } else if (proto != ICMP && first < OTHER_STATES.length && second < OTHER_STATES.length) {
            text.append(OTHER_STATES[first]).append(':').append(OTHER_STATES[second]);
        } else {
            text.append(first).append(':').append(second);
        }
    }

    private static void tcpStates(StringBuilder text, int first, int second) {
        if (first < TCP_STATES.length && second < TCP_STATES.length) {
            text.append(TCP_STATES[first]).append(':').append(TCP_STATES[second]);
        } else if (first == PROXY_SRC || second == PROXY_SRC) {
            text.append("PROXY:SRC");
        } else if (first == PROXY_DST || second == PROXY_DST) {
            text.append("PROXY:DST");
        } else {
            text.append("<BAD STATE LEVELS ")
                    .append(first)
                    .append(':')
                    .append(second)
                    .append('>');
        }
    }

    private static void windows(StringBuilder text, WirePeer first, WirePeer second) {
        boolean scaled = first.wscale() != 0 && second.wscale() != 0;
        window(text, first, scaled);
        window(text.append("  "), second, scaled);
    }

    private static void window(StringBuilder text, WirePeer peer, boolean scaled) {
        text.append('[').append(peer.seqlo() & 0xffff_ffffL).append(" + ");
        text.append(peer.seqhi() - peer.seqlo() & 0xffff_ffffL).append(']');
        if (peer.seqdiff() != 0) {
            text.append("(+").append(peer.seqdiff() & 0xffff_ffffL).append(')');
        }
        if (scaled) {
            text.append(" wscale ").append(peer.wscale() & WSCALE_MASK);
        }
    }

    private static void ages(StringBuilder text, StateMessage state) {
        Digits.duration(text.append("age "), state.creation());
        Digits.duration(text.append(", expires in "), state.expire());
        Digits.unsigned(text.append(", "), state.packets(0));
        Digits.unsigned(text.append(':'), state.packets(1));
        Digits.unsigned(text.append(" pkts, "), state.bytes(0));
        Digits.unsigned(text.append(':'), state.bytes(1));
        text.append(" bytes");
        if (state.anchor() != -1) {
            text.append(", anchor ").append(state.anchor() & 0xffff_ffffL);
        }
        if (state.rule() != -1) {
            text.append(", rule ").append(state.rule() & 0xffff_ffffL);
        }
    }
}
