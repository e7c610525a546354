package net.pfsync.suite.target.real;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import net.pfsync.release.Release;
import net.pfsync.suite.target.ReleaseInfo;
import net.pfsync.wire.Dialect;

/**
 * What a firewall is, by what its console says or by what it speaks. A release that the suite has no persona of is judged by the requirements alone;
 * its dialect is that of the newest layout that is not newer than the release. Source: WIRE.md 1.
 */
final class Recognition {

    private static final Pattern NAME = Pattern.compile("(openbsd|freebsd)-(\\d{1,2})\\.(\\d{1,2})\\b.*");
    private static final String LAYOUT_OF_6 = "v6-";
    private static final int MINOR = 100;

    private Recognition() {}

    /**
     * By its name.
     *
     * @param name such as {@code openbsd-7.5}, {@code freebsd-14.1-RELEASE} or {@code reference-v6}
     * @return the release; empty if nobody knows what it speaks
     */
    static Optional<ReleaseInfo> named(String name) {
        Optional<ReleaseInfo> known = Release.all().stream()
                .filter(one -> one.name().equals(name))
                .findFirst()
                .map(one -> new ReleaseInfo(one.name(), one.rules().dialect(), one.description()));
        return known.isPresent() ? known : byNumber(name);
    }

    private static Optional<ReleaseInfo> byNumber(String name) {
        Matcher matcher = NAME.matcher(name);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        int major = Integer.parseInt(matcher.group(2));
        int number = major * MINOR + Integer.parseInt(matcher.group(3));
        Optional<String> dialect = matcher.group(1).equals("openbsd") ? openbsd(number) : freebsd(major);
        return dialect.map(found ->
                new ReleaseInfo(name, Dialect.of(found), "a release that the suite knows by its number alone"));
    }

    private static Optional<String> openbsd(int number) {
        String best = null;
        int newest = 0;
        for (String name : Dialect.names()) {
            int of = name.startsWith(LAYOUT_OF_6) ? number(name.substring(LAYOUT_OF_6.length())) : Integer.MAX_VALUE;
            if (of <= number && of > newest) {
                newest = of;
                best = name;
            }
        }
        return Optional.ofNullable(best);
    }

    private static int number(String release) {
        String[] parts = release.split("\\.", -1);
        return Integer.parseInt(parts[0]) * MINOR + Integer.parseInt(parts[1]);
    }

    /** The message version that a release has unless {@code ifconfig pfsync0 version N} chose another. */
    private static Optional<String> freebsd(int major) {
        if (major < 9 || major > 15) {
            return Optional.empty();
        }
        return Optional.of(major == 15 ? "fbsd-1500" : major == 14 ? "fbsd-1400" : "fbsd-1301");
    }

    /**
     * By what it speaks.
     *
     * @param dialect as far as its frames tell
     * @return a release of that name
     */
    static ReleaseInfo speaking(Dialect dialect) {
        return new ReleaseInfo(
                dialect.name(), dialect, "a firewall that was recognised by its frames alone: " + dialect.releases());
    }

    /** The dialects that may be asked for, of each version byte the first: frames of another version are dropped by everybody. */
    static List<Dialect> oneOfEachVersion() {
        return List.of(Dialect.of("v6-7.4"), Dialect.of("v5-4.6"));
    }
}
