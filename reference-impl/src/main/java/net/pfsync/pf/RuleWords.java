package net.pfsync.pf;

import java.util.HashMap;
import java.util.Map;

/** The words of pf.conf that stand for numbers. Source: the manuals of pf.conf and icmp; recorded on OpenBSD 7.6, {@code *_pfctl_sr.txt}. */
final class RuleWords {

    /** The flags in the order in which pfctl prints them. */
    private static final String FLAGS = "FSRPAUEW";

    private static final Map<String, Integer> PROTOCOLS = Map.ofEntries(
            Map.entry("icmp", IpProtocol.ICMP),
            Map.entry("igmp", 2),
            Map.entry("tcp", IpProtocol.TCP),
            Map.entry("udp", IpProtocol.UDP),
            Map.entry("gre", 47),
            Map.entry("esp", 50),
            Map.entry("ah", IpProtocol.AUTHENTICATION),
            Map.entry("ipv6-icmp", IpProtocol.ICMPV6),
            Map.entry("carp", 112),
            Map.entry("sctp", 132),
            Map.entry("pfsync", IpProtocol.PFSYNC));
    private static final Map<String, Integer> V4_TYPES = Map.ofEntries(
            Map.entry("echorep", 0),
            Map.entry("unreach", 3),
            Map.entry("squench", 4),
            Map.entry("redir", 5),
            Map.entry("echoreq", 8),
            Map.entry("routeradv", 9),
            Map.entry("routersol", 10),
            Map.entry("timex", 11),
            Map.entry("paramprob", 12),
            Map.entry("timereq", 13),
            Map.entry("timerep", 14),
            Map.entry("inforeq", 15),
            Map.entry("inforep", 16),
            Map.entry("maskreq", 17),
            Map.entry("maskrep", 18));
    private static final Map<String, Integer> V6_TYPES = Map.ofEntries(
            Map.entry("unreach", 1),
            Map.entry("toobig", 2),
            Map.entry("timex", 3),
            Map.entry("paramprob", 4),
            Map.entry("echoreq", 128),
            Map.entry("echorep", 129),
            Map.entry("groupqry", 130),
            Map.entry("grouprep", 131),
            Map.entry("groupterm", 132),
            Map.entry("routersol", 133),
            Map.entry("routeradv", 134),
            Map.entry("neighbrsol", 135),
            Map.entry("neighbradv", 136),
            Map.entry("redir", 137),
            Map.entry("listenrepv2", 143));
    private static final Map<Integer, String> PROTOCOL_NAMES = reversed(PROTOCOLS);
    private static final Map<Integer, String> V4_NAMES = reversed(V4_TYPES);
    private static final Map<Integer, String> V6_NAMES = reversed(V6_TYPES);

    private RuleWords() {}

    private static Map<Integer, String> reversed(Map<String, Integer> numbers) {
        Map<Integer, String> names = new HashMap<>();
        numbers.forEach((name, number) -> names.put(number, name));
        return names;
    }

    /** The number of a protocol's name; null if it is none. */
    static Integer protocol(String name) {
        return PROTOCOLS.get(name.equals("icmp6") ? "ipv6-icmp" : name);
    }

    static String protocolName(int proto) {
        return PROTOCOL_NAMES.getOrDefault(proto, Integer.toString(proto));
    }

    /** The number of a name of an ICMP type; null if it is none. */
    static Integer icmpType(boolean inet6, String name) {
        return (inet6 ? V6_TYPES : V4_TYPES).get(name);
    }

    static String icmpTypeName(boolean inet6, int type) {
        return (inet6 ? V6_NAMES : V4_NAMES).getOrDefault(type, Integer.toString(type));
    }

    /** The bits of flag letters such as {@code SA}; -1 if one is none. */
    static int flags(String letters) {
        int flags = 0;
        for (int i = 0; i < letters.length(); i++) {
            int bit = FLAGS.indexOf(letters.charAt(i));
            if (bit < 0) {
                return -1;
            }
            flags |= 1 << bit;
        }
        return flags;
    }

    static String flagNames(int flags) {
        StringBuilder letters = new StringBuilder();
        for (int bit = 0; bit < FLAGS.length(); bit++) {
            if ((flags & 1 << bit) != 0) {
                letters.append(FLAGS.charAt(bit));
            }
        }
        return letters.toString();
    }
}
