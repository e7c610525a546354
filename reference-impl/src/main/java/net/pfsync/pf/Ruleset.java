package net.pfsync.pf;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The rules of a firewall in their order: the last one that matches a packet decides, or the first one that is {@code quick}. Without one the
 * packet passes and no state is kept.
 *
 * <p>Immutable. What is understood of pf.conf: {@link RuleParser}.
 */
public final class Ruleset {

    /** No rule. */
    public static final Ruleset EMPTY = new Ruleset(List.of(), List.of(), false, 0);

    private final Rule[] rules;
    private final List<String> skipped;
    private final boolean ifBound;
    private final int stateLimit;
    private final byte[] checksum;

    Ruleset(List<Rule> rules, List<String> skipped, boolean ifBound, int stateLimit) {
        this.rules = rules.toArray(Rule[]::new);
        this.skipped = List.copyOf(skipped);
        this.ifBound = ifBound;
        this.stateLimit = stateLimit;
        this.checksum = this.rules.length == 0 ? new byte[16] : md5(toString());
    }

    /**
     * Reads a ruleset.
     *
     * @param text in the syntax of pf.conf, as far as {@link RuleParser} understands it
     * @return the rules in order
     * @throws RulesetException at the first thing that is not understood or makes no sense
     */
    public static Ruleset parse(String text) throws RulesetException {
        return new RuleParser(text).ruleset();
    }

    private static byte[] md5(String text) {
        try {
            return MessageDigest.getInstance("MD5").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every JDK has MD5", e);
        }
    }

    /** Whether packets of an interface are not looked at. */
    boolean skips(String ifname) {
        for (int i = 0; i < skipped.size(); i++) {
            if (InterfaceGroup.contains(skipped.get(i), ifname)) {
                return true;
            }
        }
        return false;
    }

    /** Whether states are bound to an interface if their rule does not say. */
    boolean ifBound() {
        return ifBound;
    }

    /**
     * How many states there may be, as {@code set limit states} says.
     *
     * @return 0 if it is not said
     */
    public int stateLimit() {
        return stateLimit;
    }

    Rule rule(int number) {
        return rules[number];
    }

    /**
     * How many rules there are.
     *
     * @return 0 or more
     */
    public int size() {
        return rules.length;
    }

    /**
     * What two equal rulesets have in common: the MD5 sum of the rules in the form in which they are printed.
     *
     * @return 16 bytes; not to be changed; all zero without rules
     */
    public byte[] checksum() {
        return checksum;
    }

    /** The rules as {@code pfctl -s rules} prints them, a line each. */
    @Override
    public String toString() {
        return List.of(rules).stream().map(rule -> rule + "\n").collect(Collectors.joining());
    }
}
