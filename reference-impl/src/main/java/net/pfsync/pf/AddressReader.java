package net.pfsync.pf;

import net.pfsync.pf.RuleLexer.Token;
import net.pfsync.wire.Addresses;

/** Reads the addresses of a ruleset or of a user. */
final class AddressReader {

    private AddressReader() {}

    /** An address, or a network if that is allowed. */
    static AddressRange read(Token token, boolean networks, boolean not) throws RulesetException {
        String text = token.text();
        int slash = text.indexOf('/');
        byte[] address = bytes(slash < 0 ? text : text.substring(0, slash));
        if (address == null || (slash >= 0 && !networks)) {
            throw RuleParser.unexpected(token, networks ? "\"any\", an address or a network" : "an address");
        }
        boolean inet6 = address.length == 16;
        int bits = inet6 ? 128 : 32;
        int prefix = slash < 0 ? bits : RuleParser.value(text.substring(slash + 1));
        if (prefix < 0 || prefix > bits) {
            throw RuleParser.error(token, "expected a prefix of 0 to " + bits + " bits behind \"/\"");
        }
        return masked(new AddressRange(inet6, half(address, 0), inet6 ? half(address, 8) : 0, prefix, not));
    }

    /** An address, a network or {@code any}, as a user types it. */
    static AddressRange read(String text) {
        if (text.equals("any")) {
            return AddressRange.ANY;
        }
        try {
            return read(new Token(text, 1, 1), true, false);
        } catch (RulesetException e) {
            throw new IllegalArgumentException("not an address or a network: " + text, e);
        }
    }

    private static AddressRange masked(AddressRange range) {
        long hi = range.hi() & mask(range.prefix());
        long lo = range.lo() & mask(range.prefix() - Long.SIZE);
        return new AddressRange(range.inet6(), hi, lo, range.prefix(), range.not());
    }

    private static long mask(int bits) {
        return bits <= 0 ? 0 : bits >= Long.SIZE ? -1 : -1L << (Long.SIZE - bits);
    }

    private static long half(byte[] address, int from) {
        long half = 0;
        for (int i = from; i < from + 8; i++) {
            half = half << 8 | (i < address.length ? address[i] & 0xff : 0);
        }
        return half;
    }

    /** The bytes of an address; null if it is none. */
    private static byte[] bytes(String text) {
        try {
            return Addresses.parse(text);
        } catch (IllegalArgumentException e) {
            return null;
        }
    }
}
