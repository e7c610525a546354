package net.pfsync.pf;

import net.pfsync.pf.Keeping.Binding;
import net.pfsync.pf.Keeping.Mode;
import net.pfsync.pf.RuleLexer.Token;

/** Reads how a rule keeps state. */
final class KeepingReader {

    private final RuleParser parser;
    private Mode mode;
    private boolean noSync;
    private boolean sloppy;
    private Binding binding = Binding.DEFAULT;

    KeepingReader(RuleParser parser) {
        this.parser = parser;
    }

    /** Reads {@code state} and its options behind the word that tells the mode. */
    void state(Token token, Mode kept, Rule.Action action) throws RulesetException {
        if (mode != null) {
            throw RuleParser.error(token, "the rule says already how it keeps state");
        }
        if (action != Rule.Action.PASS) {
            throw RuleParser.error(token, "only rules that pass keep state");
        }
        parser.expect("state");
        mode = kept;
        if (parser.accept("(")) {
            do {
                option();
            } while (parser.accept(","));
            parser.expect(")");
        }
    }

    private void option() throws RulesetException {
        Token token = parser.next();
        if (mode == Mode.NO) {
            throw RuleParser.error(token, "without state there is nothing to choose");
        }
        switch (token.text()) {
            case "no-sync" -> noSync = true;
            case "sloppy" -> sloppy(token);
            case "if-bound" -> binding = Binding.IF_BOUND;
            case "floating" -> binding = Binding.FLOATING;
            default -> throw RuleParser.unexpected(token, "\"no-sync\", \"sloppy\", \"if-bound\" or \"floating\"");
        }
    }

    private void sloppy(Token token) throws RulesetException {
        if (mode != Mode.KEEP) {
            throw RuleParser.error(token, "sloppy states cannot be modulated or proxied");
        }
        sloppy = true;
    }

    /** What was read; a rule that passes keeps state if it does not say. */
    Keeping keeping(Rule.Action action) {
        Mode meant = mode != null ? mode : action == Rule.Action.PASS ? Mode.KEEP : Mode.NO;
        return new Keeping(meant, noSync, sloppy, binding);
    }
}
