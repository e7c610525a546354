package net.pfsync.pf;

import java.util.ArrayList;
import java.util.List;

/**
 * Cuts the text of a ruleset into words, signs and ends of lines.
 *
 * <p>A backslash before the end of a line joins it with the next one, {@code #} starts a comment. Source: the manual of pf.conf, "Grammar".
 */
final class RuleLexer {

    /**
     * A piece of the text.
     *
     * @param text the word or sign; a newline at the end of a line; empty at the end of the text
     * @param line where it starts, the first is 1
     * @param column where it starts, the first is 1
     */
    record Token(String text, int line, int column) {
        boolean is(String word) {
            return text.equals(word);
        }

        boolean endsRule() {
            return text.isEmpty() || text.equals("\n");
        }
    }

    private static final String SIGNS = "!(){},=<>\"$";

    private final String text;
    private final List<Token> tokens = new ArrayList<>();
    private int at;
    private int line = 1;
    private int lineStart;

    private RuleLexer(String text) {
        this.text = text;
    }

    /** The pieces of a text, the last of them the empty one. */
    static List<Token> tokens(String text) {
        RuleLexer lexer = new RuleLexer(text);
        while (lexer.at < text.length()) {
            lexer.step();
        }
        lexer.add("", text.length());
        return lexer.tokens;
    }

    private void step() {
        char next = text.charAt(at);
        if (next == '\n') {
            add("\n", at);
            newLine();
        } else if (next == '\\' && continues()) {
            at = text.indexOf('\n', at);
            newLine();
        } else if (next == '#') {
            int end = text.indexOf('\n', at);
            at = end < 0 ? text.length() : end;
        } else if (Character.isWhitespace(next)) {
            at++;
        } else if (SIGNS.indexOf(next) >= 0 || next == '\\') {
            add(String.valueOf(next), at);
            at++;
        } else {
            word();
        }
    }

    private boolean continues() {
        int end = text.indexOf('\n', at);
        return end > at && text.substring(at + 1, end).isBlank();
    }

    private void newLine() {
        at++;
        line++;
        lineStart = at;
    }

    private void word() {
        int from = at;
        while (at < text.length() && inWord(text.charAt(at))) {
            at++;
        }
        add(text.substring(from, at), from);
    }

    private static boolean inWord(char c) {
        return !Character.isWhitespace(c) && SIGNS.indexOf(c) < 0 && c != '#' && c != '\\';
    }

    private void add(String piece, int from) {
        tokens.add(new Token(piece, line, from - lineStart + 1));
    }
}
