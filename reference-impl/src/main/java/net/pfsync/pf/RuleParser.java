package net.pfsync.pf;

import java.util.ArrayList;
import java.util.List;
import net.pfsync.pf.RuleLexer.Token;

/**
 * Reads the part of pf.conf that the reference firewall needs. Everything else is refused with its place.
 *
 * <pre>
 * line     = [ option | rule ] [ "#" comment ]
 * option   = "set skip on" ( ifname | "{" ifname ... "}" ) | "set state-policy" ( "floating" | "if-bound" )
 *          | "set limit states" number
 * rule     = ( "pass" | "block" [ "drop" ] | "match" ) [ "in" | "out" ] [ "log" ] [ "quick" ] [ "on" [ "!" ] ifname ]
 *            [ "inet" | "inet6" ] [ "proto" protocol ] [ hosts ] { filter }
 * hosts    = "all" | [ "from" host [ port ] ] [ "to" host [ port ] ]
 * host     = "any" | [ "!" ] address [ "/" prefix ]
 * port     = "port" [ "=" ] number [ ":" number ]
 * filter   = "flags" ( "any" | letters "/" letters ) | ( "icmp-type" | "icmp6-type" ) type [ "code" number ]
 *          | "no state" | ( "keep" | "modulate" | "synproxy" ) "state" [ "(" kept { "," kept } ")" ] | "allow-opts"
 *          | "scrub (reassemble tcp)" | "nat-to" address [ "port" range ] [ "static-port" ] | "rdr-to" address [ "port" number ]
 * kept     = "no-sync" | "sloppy" | "if-bound" | "floating"
 * </pre>
 *
 * <p>As in pf, a rule that passes keeps state unless it says {@code no state}, and then asks for {@code flags S/SA} of TCP unless it says
 * otherwise. Source: the manual of pf.conf, "Grammar".
 */
final class RuleParser {

    private static final int MOST_STATES = 999_999;

    private final List<Token> tokens;
    private final List<Rule> rules = new ArrayList<>();
    private final List<String> skipped = new ArrayList<>();
    private boolean ifBound;
    private int stateLimit;
    private int at;

    RuleParser(String text) {
        this.tokens = RuleLexer.tokens(text);
    }

    Ruleset ruleset() throws RulesetException {
        while (!peek().text().isEmpty()) {
            if (accept("\n")) {
                continue;
            }
            if (accept("set")) {
                option();
            } else {
                rules.add(new RuleReader(this, rules.size()).rule());
            }
            if (!peek().endsRule()) {
                throw unexpected(peek(), "the end of the line");
            }
        }
        return new Ruleset(rules, skipped, ifBound, stateLimit);
    }

    private void option() throws RulesetException {
        if (accept("skip")) {
            expect("on");
            if (accept("{")) {
                while (!accept("}")) {
                    skipped.add(word("an interface or \"}\""));
                    accept(",");
                }
            } else {
                skipped.add(word("an interface"));
            }
        } else if (accept("state-policy")) {
            ifBound = peek().is("if-bound");
            if (!accept("if-bound") && !accept("floating")) {
                throw unexpected(peek(), "\"floating\" or \"if-bound\"");
            }
        } else if (accept("limit")) {
            expect("states");
            stateLimit = Math.max(1, number("a number of states", MOST_STATES));
        } else {
            throw unexpected(peek(), "\"skip\", \"state-policy\" or \"limit\"");
        }
    }

    // ---- for the reader of a rule ----

    Token peek() {
        return tokens.get(at);
    }

    Token next() {
        Token token = tokens.get(at);
        if (!token.text().isEmpty()) {
            at++;
        }
        return token;
    }

    boolean accept(String word) {
        boolean there = peek().is(word);
        if (there) {
            at++;
        }
        return there;
    }

    void expect(String word) throws RulesetException {
        if (!accept(word)) {
            throw unexpected(peek(), "\"" + word + "\"");
        }
    }

    /** The next piece if it is neither a sign nor an end. */
    String word(String wanted) throws RulesetException {
        Token token = peek();
        if (token.endsRule()
                || (token.text().length() == 1
                        && !Character.isLetterOrDigit(token.text().charAt(0)))) {
            throw unexpected(token, wanted);
        }
        return next().text();
    }

    int number(String wanted, int highest) throws RulesetException {
        Token token = peek();
        int number = value(token.text());
        if (number < 0 || number > highest) {
            throw unexpected(token, wanted + ", 0 to " + highest);
        }
        return number(next().text());
    }

    private static int number(String digits) {
        return Integer.parseInt(digits);
    }

    /** The value of a decimal number of at most six digits; -1 if it is none. */
    static int value(String digits) {
        boolean number =
                !digits.isEmpty() && digits.length() <= 6 && digits.chars().allMatch(c -> c >= '0' && c <= '9');
        return number ? Integer.parseInt(digits) : -1;
    }

    static RulesetException unexpected(Token token, String wanted) {
        String found = token.text().isEmpty()
                ? "the end of the text"
                : token.is("\n") ? "the end of the line" : "\"" + token.text() + "\"";
        return error(token, "expected " + wanted + ", found " + found);
    }

    static RulesetException error(Token token, String problem) {
        return new RulesetException(token.line(), token.column(), problem);
    }
}
