package net.pfsync.pf;

import net.pfsync.pf.Keeping.Binding;
import net.pfsync.pf.Keeping.Mode;
import net.pfsync.pf.Rule.Action;
import net.pfsync.pf.RuleLexer.Token;

/** Reads one rule, and refuses what makes no sense together. */
final class RuleReader {

    private static final int HIGHEST_BYTE = 255;

    private final RuleParser parser;
    private final int number;
    private Token start;
    private Action action;
    private int direction;
    private boolean log;
    private boolean quick;
    private String ifname = "";
    private boolean notIfname;
    private int family;
    private int proto = Criteria.ANY;
    private AddressRange from = AddressRange.ANY;
    private PortRange fromPort = PortRange.ANY;
    private AddressRange to = AddressRange.ANY;
    private PortRange toPort = PortRange.ANY;
    private int flags;
    private int flagSet;
    private boolean flagsGiven;
    private int icmpType = Criteria.ANY;
    private int icmpCode = Criteria.ANY;
    private Mode mode;
    private boolean noSync;
    private boolean sloppy;
    private Binding binding = Binding.DEFAULT;
    private boolean allowOpts;
    private boolean reassembleTcp;
    private Target natTo;
    private Target rdrTo;

    RuleReader(RuleParser parser, int number) {
        this.parser = parser;
        this.number = number;
    }

    Rule rule() throws RulesetException {
        head();
        hosts();
        while (!parser.peek().endsRule()) {
            filter();
        }
        check();
        defaults();
        return new Rule(
                number,
                action,
                log,
                quick,
                new Criteria(
                        direction, ifname, notIfname, family, proto, from, fromPort, to, toPort, flags, flagSet,
                        icmpType, icmpCode),
                new Keeping(mode, noSync, sloppy, binding),
                allowOpts,
                reassembleTcp,
                natTo,
                rdrTo);
    }

    private void head() throws RulesetException {
        start = parser.next();
        action = switch (start.text()) {
            case "pass" -> Action.PASS;
            case "block" -> Action.BLOCK;
            case "match" -> Action.MATCH;
            default -> throw RuleParser.unexpected(start, "\"pass\", \"block\", \"match\" or \"set\"");
        };
        if (action == Action.BLOCK) {
            parser.accept("drop");
        }
        direction = parser.accept("in") ? State.IN : parser.accept("out") ? State.OUT : 0;
        log = parser.accept("log");
        quick = parser.accept("quick");
        if (parser.accept("on")) {
            notIfname = parser.accept("!");
            ifname = parser.word("an interface");
        }
        family = parser.accept("inet") ? 4 : parser.accept("inet6") ? 6 : 0;
        if (parser.accept("proto")) {
            protocol();
        }
    }

    private void protocol() throws RulesetException {
        Integer named = RuleWords.protocol(parser.peek().text());
        if (named == null) {
            proto = parser.number("a protocol", HIGHEST_BYTE);
        } else {
            parser.next();
            proto = named;
        }
    }

    private void hosts() throws RulesetException {
        if (parser.accept("all")) {
            return;
        }
        if (parser.accept("from")) {
            from = host();
            fromPort = port();
        }
        if (parser.accept("to")) {
            to = host();
            toPort = port();
        }
    }

    private AddressRange host() throws RulesetException {
        if (parser.accept("any")) {
            return AddressRange.ANY;
        }
        boolean not = parser.accept("!");
        Token token = parser.peek();
        AddressRange range = AddressReader.read(token, true, not);
        parser.next();
        sameFamily(token, range.inet6());
        return range;
    }

    private void sameFamily(Token token, boolean inet6) throws RulesetException {
        int found = inet6 ? 6 : 4;
        if (family != 0 && family != found) {
            throw RuleParser.error(token, "this is an IPv" + found + " address, but the rule is about IPv" + family);
        }
        family = found;
    }

    private PortRange port() throws RulesetException {
        Token token = parser.peek();
        if (!parser.accept("port")) {
            return PortRange.ANY;
        }
        if (proto != IpProtocol.TCP && proto != IpProtocol.UDP) {
            throw RuleParser.error(token, "a port needs \"proto tcp\" or \"proto udp\"");
        }
        parser.accept("=");
        return ports();
    }

    /** {@code N} or {@code N:M}. */
    private PortRange ports() throws RulesetException {
        Token token = parser.peek();
        int colon = token.text().indexOf(':');
        if (colon < 0) {
            int port = parser.number("a port", PortRange.HIGHEST);
            return new PortRange(port, port);
        }
        int low = RuleParser.value(token.text().substring(0, colon));
        int high = RuleParser.value(token.text().substring(colon + 1));
        if (low < 0 || high < low || high > PortRange.HIGHEST) {
            throw RuleParser.unexpected(token, "a range of ports, lowest:highest, 0 to " + PortRange.HIGHEST);
        }
        parser.next();
        return new PortRange(low, high);
    }

    private void filter() throws RulesetException {
        Token token = parser.next();
        switch (token.text()) {
            case "flags" -> flags(token);
            case "icmp-type" -> icmpType(token, false);
            case "icmp6-type" -> icmpType(token, true);
            case "no" -> state(token, Mode.NO);
            case "keep" -> state(token, Mode.KEEP);
            case "modulate" -> state(token, Mode.MODULATE);
            case "synproxy" -> state(token, Mode.SYNPROXY);
            case "allow-opts" -> allowOpts = true;
            case "scrub" -> scrub();
            case "nat-to" -> natTo = target(token, natTo);
            case "rdr-to" -> rdrTo = target(token, rdrTo);
            default ->
                throw RuleParser.unexpected(
                        token,
                        "\"flags\", \"icmp-type\", \"icmp6-type\", \"keep state\", \"modulate state\", \"synproxy"
                                + " state\", \"no state\", \"allow-opts\", \"scrub\", \"nat-to\" or \"rdr-to\"");
        }
    }

    private void flags(Token token) throws RulesetException {
        if (proto != Criteria.ANY && proto != IpProtocol.TCP) {
            throw RuleParser.error(token, "flags are only for TCP");
        }
        flagsGiven = true;
        if (parser.accept("any")) {
            return;
        }
        Token letters = parser.peek();
        String text = letters.text();
        int slash = text.indexOf('/');
        int wanted = RuleWords.flags(text.substring(0, Math.max(0, slash)));
        int outOf = RuleWords.flags(text.substring(slash + 1));
        if (slash < 0 || wanted < 0 || outOf <= 0 || (wanted & ~outOf) != 0) {
            throw RuleParser.unexpected(letters, "\"any\" or flags out of flags, such as \"S/SA\"");
        }
        parser.next();
        flags = wanted;
        flagSet = outOf;
    }

    private void icmpType(Token token, boolean inet6) throws RulesetException {
        if (proto != (inet6 ? IpProtocol.ICMPV6 : IpProtocol.ICMP)) {
            throw RuleParser.error(
                    token, "\"" + token.text() + "\" needs \"proto " + (inet6 ? "icmp6" : "icmp") + "\"");
        }
        Integer named = RuleWords.icmpType(inet6, parser.peek().text());
        if (named == null) {
            icmpType = parser.number("a type of ICMP", HIGHEST_BYTE);
        } else {
            parser.next();
            icmpType = named;
        }
        if (parser.accept("code")) {
            icmpCode = parser.number("a code", HIGHEST_BYTE);
        }
    }

    private void state(Token token, Mode kept) throws RulesetException {
        if (mode != null) {
            throw RuleParser.error(token, "the rule says already how it keeps state");
        }
        if (action != Action.PASS) {
            throw RuleParser.error(token, "only rules that pass keep state");
        }
        parser.expect("state");
        mode = kept;
        if (parser.accept("(")) {
            do {
                stateOption(kept);
            } while (parser.accept(","));
            parser.expect(")");
        }
    }

    private void stateOption(Mode kept) throws RulesetException {
        Token token = parser.next();
        if (kept == Mode.NO) {
            throw RuleParser.error(token, "without state there is nothing to choose");
        }
        switch (token.text()) {
            case "no-sync" -> noSync = true;
            case "sloppy" -> sloppy(token, kept);
            case "if-bound" -> binding = Binding.IF_BOUND;
            case "floating" -> binding = Binding.FLOATING;
            default -> throw RuleParser.unexpected(token, "\"no-sync\", \"sloppy\", \"if-bound\" or \"floating\"");
        }
    }

    private void sloppy(Token token, Mode kept) throws RulesetException {
        if (kept != Mode.KEEP) {
            throw RuleParser.error(token, "sloppy states cannot be modulated or proxied");
        }
        sloppy = true;
    }

    private void scrub() throws RulesetException {
        parser.expect("(");
        parser.expect("reassemble");
        parser.expect("tcp");
        parser.expect(")");
        reassembleTcp = true;
    }

    private Target target(Token token, Target already) throws RulesetException {
        if (already != null) {
            throw RuleParser.error(token, "the rule translates to somewhere already");
        }
        if (direction == 0) {
            throw RuleParser.error(token, "\"" + token.text() + "\" needs \"in\" or \"out\"");
        }
        if (action == Action.BLOCK) {
            throw RuleParser.error(token, "what is blocked cannot be translated");
        }
        Token address = parser.peek();
        AddressRange range = AddressReader.read(address, false, false);
        parser.next();
        sameFamily(address, range.inet6());
        Token port = parser.peek();
        PortRange ports = parser.accept("port") ? ports() : null;
        if (ports != null && token.is("rdr-to") && ports.low() != ports.high()) {
            throw RuleParser.error(port, "\"rdr-to\" needs one port");
        }
        Token fixed = parser.peek();
        boolean staticPort = parser.accept("static-port");
        if (staticPort && (token.is("rdr-to") || ports != null)) {
            throw RuleParser.error(fixed, "\"static-port\" is only for \"nat-to\" without a port");
        }
        return new Target(range, ports, staticPort);
    }

    private void check() throws RulesetException {
        if (mode == Mode.NO && (natTo != null || rdrTo != null)) {
            throw RuleParser.error(start, "translation needs state");
        }
        if ((proto == IpProtocol.ICMP && family == 6) || (proto == IpProtocol.ICMPV6 && family == 4)) {
            throw RuleParser.error(start, "the protocol and the addresses are of different IP versions");
        }
    }

    private void defaults() {
        if (mode == null) {
            mode = action == Action.PASS ? Mode.KEEP : Mode.NO;
        }
        boolean tcp = proto == Criteria.ANY || proto == IpProtocol.TCP;
        if (mode != Mode.NO && !flagsGiven && tcp) {
            flags = TcpFlags.SYN;
            flagSet = TcpFlags.SYN | TcpFlags.ACK;
        }
    }
}
