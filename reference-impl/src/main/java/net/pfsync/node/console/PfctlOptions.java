package net.pfsync.node.console;

import java.util.ArrayList;
import java.util.List;

/** The command line of pfctl, as getopt(3) takes it apart: {@code -ss} is {@code -s s}, and {@code s} the first word that begins so. */
final class PfctlOptions {

    private static final List<String> SHOWN = List.of(
            "queue",
            "rules",
            "Anchors",
            "Sources",
            "states",
            "info",
            "Interfaces",
            "labels",
            "timeouts",
            "memory",
            "Tables",
            "osfp",
            "all");
    private static final List<String> FLUSHED =
            List.of("rules", "Sources", "states", "info", "Tables", "osfp", "Reset", "all");
    private static final int MOST_KILL_WORDS = 2;

    private boolean disable;
    private boolean enable;
    private boolean quiet;
    private boolean parseOnly;
    private int verbose;
    private String ifname = "";
    private String show = "";
    private String flush = "";
    private String rules = "";
    private final List<String> kill = new ArrayList<>();

    private PfctlOptions() {}

    static PfctlOptions parse(List<String> arguments) throws Failure {
        if (arguments.isEmpty()) {
            throw new Failure(usage());
        }
        PfctlOptions options = new PfctlOptions();
        List<String> words = new ArrayList<>(arguments);
        while (!words.isEmpty()) {
            String word = words.removeFirst();
            if (word.length() < 2 || word.charAt(0) != '-') {
                throw new Failure(usage());
            }
            for (int at = 1; at < word.length(); at++) {
                if (options.takesArgument(word.charAt(at))) {
                    String rest = word.substring(at + 1);
                    if (rest.isEmpty() && words.isEmpty()) {
                        throw usage("option requires an argument -- " + word.charAt(at));
                    }
                    options.set(word.charAt(at), rest.isEmpty() ? words.removeFirst() : rest);
                    break;
                }
                options.set(word.charAt(at));
            }
        }
        return options;
    }

    private boolean takesArgument(char option) {
        return "FfiksoaDKLpStTVxR".indexOf(option) >= 0;
    }

    private void set(char option) throws Failure {
        switch (option) {
            case 'd' -> disable = true;
            case 'e' -> enable = true;
            case 'n' -> parseOnly = true;
            case 'q' -> quiet = true;
            case 'v' -> verbose++;
            // Names are never looked up and numbers always printed; nothing else is changed by these.
            case 'g', 'N', 'P', 'r' -> {}
            default -> throw usage("unknown option -- " + option);
        }
    }

    private void set(char option, String argument) throws Failure {
        switch (option) {
            case 's' -> show = lookup(SHOWN, argument, "show");
            case 'F' -> flush = lookup(FLUSHED, argument, "flush");
            case 'f' -> rules = argument;
            case 'i' -> ifname = argument;
            case 'k' -> {
                if (kill.size() == MOST_KILL_WORDS) {
                    throw new Failure("pfctl: can only specify -k twice\n" + usage());
                }
                kill.add(argument);
            }
            case 'o' -> {
                if (!"none".startsWith(argument) && !"basic".startsWith(argument) && !"profile".startsWith(argument)) {
                    throw usage("Unknown optimization '" + argument + "'");
                }
            }
            default -> throw new Failure("pfctl: this firewall knows no -" + option);
        }
    }

    private static String lookup(List<String> words, String beginning, String what) throws Failure {
        for (String word : words) {
            if (!beginning.isEmpty() && word.startsWith(beginning)) {
                return word;
            }
        }
        throw usage("Unknown " + what + " modifier '" + beginning + "'");
    }

    /** Says what is wrong, and how it would be right. */
    static Failure usage(String problem) {
        return new Failure("pfctl: " + problem + "\n" + usage());
    }

    private static String usage() {
        return """
            usage: pfctl [-deghNnPqrvz] [-a anchor] [-D macro=value] [-F modifier] [-f file]
            	[-i interface] [-K key] [-k key] [-L statefile] [-o level]
            	[-p device] [-S statefile] [-s modifier [-R id]]
            	[-t table -T command [address ...]] [-V rdomain] [-x level]\
            """;
    }

    boolean disable() {
        return disable;
    }

    boolean enable() {
        return enable;
    }

    boolean quiet() {
        return quiet;
    }

    boolean parseOnly() {
        return parseOnly;
    }

    int verbose() {
        return verbose;
    }

    /** Empty for all interfaces. */
    String ifname() {
        return ifname;
    }

    /** What to show; empty for nothing. */
    String show() {
        return show;
    }

    /** What to flush; empty for nothing. */
    String flush() {
        return flush;
    }

    /** The file with the rules to load; empty for none. */
    String rules() {
        return rules;
    }

    /** At most two words; empty to kill nothing. */
    List<String> kill() {
        return kill;
    }
}
