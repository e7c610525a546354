package net.pfsync.pf;

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
    private final HostReader hosts;
    private final KeepingReader keepingReader;
    private Keeping keeping = Keeping.NOTHING;
    private boolean allowOpts;
    private boolean reassembleTcp;
    private Target natTo;
    private Target rdrTo;

    RuleReader(RuleParser parser, int number) {
        this.parser = parser;
        this.number = number;
        this.hosts = new HostReader(parser);
        this.keepingReader = new KeepingReader(parser);
    }

    Rule rule() throws RulesetException {
        head();
        hosts();
        while (!parser.peek().endsRule()) {
            filter();
        }
        keeping = keepingReader.keeping(action);
        check();
        defaultFlags();
        return new Rule(
                number,
                action,
                log,
                quick,
                new Criteria(
                        direction,
                        ifname,
                        notIfname,
                        hosts.family(),
                        proto,
                        from,
                        fromPort,
                        to,
                        toPort,
                        flags,
                        flagSet,
                        icmpType,
                        icmpCode),
                keeping,
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
        hosts.family(parser.accept("inet") ? 4 : parser.accept("inet6") ? 6 : 0);
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
            from = hosts.host();
            fromPort = hosts.port(proto);
        }
        if (parser.accept("to")) {
            to = hosts.host();
            toPort = hosts.port(proto);
        }
    }

    private void filter() throws RulesetException {
        Token token = parser.next();
        switch (token.text()) {
            case "flags" -> flags(token);
            case "icmp-type" -> icmpType(token, false);
            case "icmp6-type" -> icmpType(token, true);
            case "no" -> keepingReader.state(token, Mode.NO, action);
            case "keep" -> keepingReader.state(token, Mode.KEEP, action);
            case "modulate" -> keepingReader.state(token, Mode.MODULATE, action);
            case "synproxy" -> keepingReader.state(token, Mode.SYNPROXY, action);
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
        AddressRange address = hosts.address();
        Token port = parser.peek();
        PortRange ports = parser.accept("port") ? hosts.ports() : null;
        if (ports != null && token.is("rdr-to") && ports.low() != ports.high()) {
            throw RuleParser.error(port, "\"rdr-to\" needs one port");
        }
        Token fixed = parser.peek();
        boolean staticPort = parser.accept("static-port");
        if (staticPort && (token.is("rdr-to") || ports != null)) {
            throw RuleParser.error(fixed, "\"static-port\" is only for \"nat-to\" without a port");
        }
        return new Target(address, ports, staticPort);
    }

    private void check() throws RulesetException {
        if (!keeping.keeps() && action == Action.PASS && (natTo != null || rdrTo != null)) {
            throw RuleParser.error(start, "translation needs state");
        }
        boolean otherVersion = (proto == IpProtocol.ICMP && hosts.family() == 6)
                || (proto == IpProtocol.ICMPV6 && hosts.family() == 4);
        if (otherVersion) {
            throw RuleParser.error(start, "the protocol and the addresses are of different IP versions");
        }
    }

    private void defaultFlags() {
        boolean tcp = proto == Criteria.ANY || proto == IpProtocol.TCP;
        if (keeping.keeps() && !flagsGiven && tcp) {
            flags = TcpFlags.SYN;
            flagSet = TcpFlags.SYN | TcpFlags.ACK;
        }
    }
}
