package net.pfsync.node.console;

import java.util.ArrayList;
import java.util.List;

/** Takes a line apart as a shell does: words, quotes and backslashes. Pipes, variables and everything else of a shell is refused. */
final class ShellWords {

    private static final String REFUSED = "|&;<>()$`*?[]{}~!#";
    private static final int SYNTAX = 2;

    private final String line;
    private final List<String> words = new ArrayList<>();
    private StringBuilder word;
    private int at;

    private ShellWords(String line) {
        this.line = line;
    }

    static List<String> of(String line) throws Failure {
        return new ShellWords(line).split();
    }

    private List<String> split() throws Failure {
        while (at < line.length()) {
            char c = line.charAt(at++);
            if (Character.isWhitespace(c)) {
                end();
            } else if (c == '\'' || c == '"') {
                quoted(c);
            } else if (c == '\\' && at < line.length()) {
                add(line.charAt(at++));
            } else if (REFUSED.indexOf(c) >= 0) {
                throw new Failure(SYNTAX, "sh: syntax error: `" + c + "' unexpected");
            } else {
                add(c);
            }
        }
        end();
        return words;
    }

    private void add(char c) {
        word = word == null ? new StringBuilder() : word;
        word.append(c);
    }

    private void end() {
        if (word != null) {
            words.add(word.toString());
            word = null;
        }
    }

    private void quoted(char quote) throws Failure {
        int close = line.indexOf(quote, at);
        if (close < 0) {
            throw new Failure(SYNTAX, "sh: no closing quote");
        }
        word = word == null ? new StringBuilder() : word;
        word.append(line, at, close);
        at = close + 1;
    }
}
