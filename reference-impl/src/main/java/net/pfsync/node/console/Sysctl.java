package net.pfsync.node.console;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import net.pfsync.node.Firewall;

/** {@code sysctl [-n] name[=value] ...}, for the names that say what a system is and whether it forwards. */
final class Sysctl implements Command {

    private static final String FORWARDING = "net.inet.ip.forwarding";
    private static final String OPENBSD = "openbsd-";
    private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern(
                    "EEE MMM ppd HH:mm:ss yyyy", Locale.ENGLISH)
            .withZone(ZoneOffset.UTC);

    private final Firewall firewall;

    Sysctl(Firewall firewall) {
        this.firewall = firewall;
    }

    @Override
    public Answer run(List<String> arguments, String input) throws Failure {
        List<String> names = new ArrayList<>(arguments);
        boolean bare = names.remove("-n");
        if (names.isEmpty()) {
            throw new Failure("usage: sysctl [-n] name[=value] ...");
        }
        StringBuilder out = new StringBuilder();
        for (String name : names) {
            int equals = name.indexOf('=');
            out.append(
                            equals < 0
                                    ? shown(name, bare)
                                    : set(name.substring(0, equals), name.substring(equals + 1), bare))
                    .append('\n');
        }
        return Answer.out(out.toString());
    }

    private String shown(String name, boolean bare) throws Failure {
        return (bare ? "" : name + "=") + value(name);
    }

    private String value(String name) throws Failure {
        String release = firewall.release().name();
        boolean openbsd = release.startsWith(OPENBSD);
        return switch (name) {
            case "kern.boottime" -> DATE.format(Instant.ofEpochSecond(firewall.bootEpochSeconds()));
            case "kern.hostname" -> firewall.hostname();
            case "kern.ostype" -> openbsd ? "OpenBSD" : "pfsync";
            case "kern.osrelease" -> openbsd ? release.substring(OPENBSD.length()) : release;
            case "kern.version" -> version(release, openbsd);
            case FORWARDING -> firewall.stack().forwarding() ? "1" : "0";
            default -> throw new Failure("sysctl: " + unknown(name));
        };
    }

    /** The first word is what tells systems apart; none of this was built by OpenBSD, and it does not say so. */
    private static String version(String release, boolean openbsd) {
        String name = openbsd ? "OpenBSD " + release.substring(OPENBSD.length()) : "pfsync " + release;
        return name + " (REFERENCE) #0: played by the pfsync reference implementation";
    }

    private static String unknown(String name) {
        int dot = name.indexOf('.');
        String top = dot < 0 ? name : name.substring(0, dot);
        return top.equals("kern") || top.equals("net")
                ? "second level name " + name.substring(dot + 1) + " in " + name + " is invalid"
                : "top level name " + top + " in " + name + " is invalid";
    }

    private String set(String name, String value, boolean bare) throws Failure {
        String before = value(name);
        if (!name.equals(FORWARDING)) {
            throw new Failure("sysctl: " + name + ": Operation not permitted");
        }
        if (!value.equals("0") && !value.equals("1")) {
            throw new Failure("sysctl: " + name + ": Invalid argument");
        }
        firewall.forward(value.equals("1"));
        return bare ? value : name + ": " + before + " -> " + value;
    }
}
