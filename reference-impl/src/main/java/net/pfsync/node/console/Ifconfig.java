package net.pfsync.node.console;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import net.pfsync.net.IpAddress;
import net.pfsync.net.Ipv4Address;
import net.pfsync.net.NetworkInterface;
import net.pfsync.node.Firewall;
import net.pfsync.sync.ConfigException;
import net.pfsync.sync.Pfsync;

/** {@code ifconfig}: shows interfaces and the demotion of groups, and sets pfsync0's parameters one after the other. */
final class Ifconfig implements Command {

    private static final String NAME = "pfsync0";
    private static final Set<String> GROUPS = Set.of("carp", "pfsync");
    private static final int LARGEST_MAXUPD = 255;
    private static final Set<String> SWITCH = Set.of("up", "down");

    private final Firewall firewall;
    private final Pfsync pfsync;
    private final InterfaceText text;

    Ifconfig(Firewall firewall) {
        this.firewall = firewall;
        this.pfsync = firewall.pfsync();
        this.text = new InterfaceText(firewall);
    }

    @Override
    public Answer run(List<String> arguments, String input) throws Failure {
        if (arguments.isEmpty() || arguments.equals(List.of("-a"))) {
            return Answer.out(text.all());
        }
        String first = arguments.getFirst();
        if (first.equals("-g")) {
            return group(arguments);
        }
        if (arguments.size() == 1) {
            return show(first);
        }
        return first.equals(NAME) || first.startsWith("pfsync")
                ? set(first, new ArrayDeque<>(arguments.subList(1, arguments.size())))
                : device(first, arguments.subList(1, arguments.size()));
    }

    private Answer group(List<String> arguments) throws Failure {
        if (arguments.size() != 2) {
            throw new Failure("usage: ifconfig -g group-name");
        }
        String group = arguments.get(1);
        if (!GROUPS.contains(group)) {
            throw new Failure("ifconfig: SIOCGIFGATTR: No such file or directory");
        }
        return Answer.out(group + ": carp demote count " + pfsync.demotion().value() + "\n");
    }

    private Answer show(String name) throws Failure {
        if (name.equals(NAME) || GROUPS.contains(name)) {
            if (pfsync.exists()) {
                return Answer.out(text.pfsync());
            }
        } else {
            NetworkInterface found = firewall.stack().named(name);
            if (found != null) {
                return Answer.out(text.of(found));
            }
        }
        throw new Failure(name + ": no such interface");
    }

    /** A real interface is taken down and brought up from here, and nothing else. */
    private Answer device(String name, List<String> words) throws Failure {
        if (firewall.stack().named(name) == null) {
            throw new Failure(name + ": no such interface");
        }
        if (!SWITCH.contains(words.getFirst()) || words.size() > 1) {
            throw new Failure("ifconfig: " + name + ": Operation not permitted");
        }
        firewall.turnInterface(name, words.getFirst().equals("up"));
        return Answer.out("");
    }

    // ---- pfsync0 ----

    private Answer set(String name, Deque<String> words) throws Failure {
        if (words.peekFirst().equals("create")) {
            words.removeFirst();
            create(name);
        } else if (!name.equals(NAME) || !pfsync.exists()) {
            throw new Failure(name + ": no such interface");
        }
        StringBuilder warnings = new StringBuilder();
        while (!words.isEmpty()) {
            String word = words.removeFirst();
            try {
                apply(word, words);
            } catch (ConfigException e) {
                // The program goes on after a refused MTU, and so with exit code 0.
                if (!e.call().equals("SIOCSIFMTU")) {
                    throw new Failure(warnings + "ifconfig: " + NAME + ": " + e.getMessage());
                }
                warnings.append("ifconfig: ").append(e.getMessage()).append('\n');
            }
        }
        return new Answer("", warnings.toString(), 0);
    }

    private void create(String name) throws Failure {
        if (!name.equals(NAME)) {
            throw new Failure("ifconfig: " + name + ": SIOCIFCREATE: Device not configured");
        }
        if (pfsync.exists()) {
            throw new Failure("ifconfig: " + name + ": SIOCIFCREATE: File exists");
        }
        pfsync.create();
        text.created();
    }

    private void apply(String word, Deque<String> words) throws ConfigException, Failure {
        switch (word) {
            case "destroy" -> pfsync.destroy();
            case "up" -> pfsync.up();
            case "down" -> pfsync.down();
            case "syncdev", "syncif" -> pfsync.setSyncdev(argument(word, words));
            case "-syncdev", "-syncif" -> pfsync.setSyncdev("");
            case "syncpeer" -> pfsync.setSyncpeer(peer(argument(word, words)));
            case "-syncpeer" -> pfsync.setSyncpeer(0);
            case "maxupd" -> pfsync.setMaxupd(number(word, argument(word, words), LARGEST_MAXUPD));
            case "defer" -> pfsync.setDefer(true);
            case "-defer" -> pfsync.setDefer(false);
            case "mtu" -> pfsync.setMtu(number(word, argument(word, words), Integer.MAX_VALUE));
            case "description", "descr" -> text.describe(argument(word, words));
            case "-description", "-descr" -> text.describe("");
            default -> throw new Failure("ifconfig: " + refusal(word));
        }
    }

    private static String argument(String word, Deque<String> words) throws Failure {
        if (words.isEmpty()) {
            throw new Failure("ifconfig: '" + word + "' requires argument");
        }
        return words.removeFirst();
    }

    private static int peer(String address) throws Failure {
        try {
            return Ipv4Address.parse(address);
        } catch (IllegalArgumentException e) {
            throw new Failure("ifconfig: error in parsing address string: no address associated with name");
        }
    }

    private static int number(String word, String digits, int largest) throws Failure {
        String problem;
        try {
            long number = Long.parseLong(digits);
            if (number >= 0 && number <= largest) {
                return (int) number;
            }
            problem = number < 0 ? "too small" : "too large";
        } catch (NumberFormatException e) {
            problem = "invalid";
        }
        throw new Failure("ifconfig: " + word + " " + digits + ": " + problem);
    }

    /** What is no parameter is taken for an address, which pfsync0 cannot have. */
    private static String refusal(String word) {
        try {
            IpAddress.parse(word);
            return "SIOCAIFADDR: Inappropriate ioctl for device";
        } catch (IllegalArgumentException e) {
            return word + ": bad value";
        }
    }
}
