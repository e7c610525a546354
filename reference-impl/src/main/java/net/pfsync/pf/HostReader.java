package net.pfsync.pf;

import net.pfsync.pf.RuleLexer.Token;

/** Reads the addresses and ports of a rule; all addresses of a rule are of one family. */
final class HostReader {

    private final RuleParser parser;
    /** 4, 6, or 0 as long as it is not known. */
    private int family;

    HostReader(RuleParser parser) {
        this.parser = parser;
    }

    void family(int known) {
        family = known;
    }

    int family() {
        return family;
    }

    /** {@code any}, an address or a network, or all but that. */
    AddressRange host() throws RulesetException {
        if (parser.accept("any")) {
            return AddressRange.ANY;
        }
        boolean not = parser.accept("!");
        Token token = parser.peek();
        return sameFamily(token, AddressReader.read(token, true, not));
    }

    /** One address. */
    AddressRange address() throws RulesetException {
        Token token = parser.peek();
        return sameFamily(token, AddressReader.read(token, false, false));
    }

    private AddressRange sameFamily(Token token, AddressRange range) throws RulesetException {
        int found = range.inet6() ? 6 : 4;
        if (family != 0 && family != found) {
            throw RuleParser.error(token, "this is an IPv" + found + " address, but the rule is about IPv" + family);
        }
        family = found;
        parser.next();
        return range;
    }

    /** {@code port} and which, or nothing. */
    PortRange port(int proto) throws RulesetException {
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
    PortRange ports() throws RulesetException {
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
}
