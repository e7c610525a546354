package net.pfsync.suite.replay;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Understands the operations of a case: shell commands separated by semicolons, ioctls, link changes, packets.
 *
 * <p>What it does not understand becomes {@link Step.Unknown}, never a guess: such a case cannot agree.
 */
final class StepParser {

    private static final Pattern ADD = Pattern.compile("DIOCADDSTATE x(\\d{1,6})");
    private static final Pattern ADDED =
            Pattern.compile("(one|\\d{1,6}) states? added locally( \\(DIOCADDSTATE\\))?", Pattern.CASE_INSENSITIVE);
    private static final Pattern LINK = Pattern.compile("(?:the )?sync link (down|up)");
    private static final Pattern MTU = Pattern.compile("SIOCSIFMTU (\\d{1,6})");

    private static final Pattern HOST_ID =
            Pattern.compile("rules loaded again with set hostid (\\d{1,9}|0x[0-9a-f]{1,8})");

    private StepParser() {}

    static List<Step> parse(Fields operation) {
        if (operation.has("hex")) {
            return List.of(new Step.Receive(Packet.read(operation)));
        }
        List<Step> steps = new ArrayList<>();
        for (String clause : operation.text("op").split(";", 0)) {
            steps.addAll(clause(clause.trim(), operation));
        }
        return steps;
    }

    private static List<Step> clause(String text, Fields operation) {
        Deque<String> words = new ArrayDeque<>(Arrays.asList(text.split("\\s+")));
        try {
            List<Step> steps = switch (words.removeFirst()) {
                case "ifconfig" -> ifconfig(words);
                case "pfctl" -> pfctl(words);
                case "DIOCCLRSTATES" ->
                    List.of(new Step.Flush(operation.optionalText("ifname").orElse("")));
                case "DIOCKILLSTATES" -> List.of(killById(operation.text("id"), operation.optionalText("creatorid")));
                case "DIOCSTART" -> List.of(new Step.Pf(true));
                case "DIOCSTOP" -> List.of(new Step.Pf(false));
                case "SIOCSETPFSYNC" -> List.of(new Step.SetAgain());
                default -> phrase(text);
            };
            return steps.isEmpty() ? List.of(new Step.Unknown(text)) : steps;
        } catch (NoSuchElementException | NumberFormatException e) {
            return List.of(new Step.Unknown(text));
        }
    }

    private static List<Step> ifconfig(Deque<String> words) {
        List<Step> steps = new ArrayList<>();
        if (!words.removeFirst().equals("pfsync0")) {
            return steps;
        }
        while (!words.isEmpty()) {
            String word = words.removeFirst();
            Optional<Step> step = switch (word) {
                case "create" -> Optional.of(new Step.Create());
                case "destroy" -> Optional.of(new Step.Destroy());
                case "up" -> Optional.of(new Step.Up(true));
                case "down" -> Optional.of(new Step.Up(false));
                case "syncdev" -> Optional.of(new Step.Syncdev(words.removeFirst()));
                case "-syncdev" -> Optional.of(new Step.Syncdev(""));
                case "syncpeer" -> Optional.of(new Step.Syncpeer(Optional.of(words.removeFirst())));
                case "-syncpeer" -> Optional.of(new Step.Syncpeer(Optional.empty()));
                case "maxupd" -> Optional.of(new Step.Maxupd(Integer.parseInt(words.removeFirst())));
                case "mtu" -> Optional.of(new Step.Mtu(Integer.parseInt(words.removeFirst())));
                case "defer" -> Optional.of(new Step.Defer(true));
                case "-defer" -> Optional.of(new Step.Defer(false));
                default -> Optional.empty();
            };
            if (step.isEmpty()) {
                return List.of();
            }
            steps.add(step.get());
        }
        return steps;
    }

    private static List<Step> pfctl(Deque<String> words) {
        List<String> kills = new ArrayList<>();
        String ifname = "";
        boolean flush = false;
        while (!words.isEmpty()) {
            switch (words.removeFirst()) {
                case "-d" -> {
                    return alone(words, new Step.Pf(false));
                }
                case "-e" -> {
                    return alone(words, new Step.Pf(true));
                }
                case "-k" -> kills.add(words.removeFirst());
                case "-i" -> ifname = words.removeFirst();
                case "-F" -> flush = isStates(words.removeFirst());
                default -> {
                    return List.of();
                }
            }
        }
        if (flush) {
            return kills.isEmpty() ? List.of(new Step.Flush(ifname)) : List.of();
        }
        return ifname.isEmpty() ? kill(kills) : List.of();
    }

    /** {@code -F states} may be shortened, and {@code -F all} flushes the states too. */
    private static boolean isStates(String word) {
        return ("states".startsWith(word.toLowerCase(Locale.ROOT)) && word.length() > 1) || word.equals("all");
    }

    private static List<Step> alone(Deque<String> words, Step step) {
        return words.isEmpty() ? List.of(step) : List.of();
    }

    private static List<Step> kill(List<String> arguments) {
        if (arguments.isEmpty() || arguments.size() > 2) {
            return List.of();
        }
        if (arguments.size() == 2 && arguments.get(0).equals("id")) {
            String[] name = arguments.get(1).split("/", 2);
            return List.of(killById(name[0], name.length == 2 ? Optional.of(name[1]) : Optional.empty()));
        }
        if (List.of("id", "label", "key", "gateway").contains(arguments.get(0))) {
            return List.of();
        }
        return List.of(new Step.KillByHost(
                arguments.get(0), arguments.size() == 2 ? Optional.of(arguments.get(1)) : Optional.empty()));
    }

    private static Step killById(String id, Optional<String> creatorId) {
        return new Step.KillById(
                Long.parseUnsignedLong(id, 16), creatorId.map(digits -> Integer.parseUnsignedInt(digits, 16)));
    }

    private static List<Step> phrase(String text) {
        Matcher add = ADD.matcher(text);
        if (add.matches()) {
            return List.of(new Step.AddStates(Integer.parseInt(add.group(1))));
        }
        Matcher added = ADDED.matcher(text);
        if (added.matches()) {
            String count = added.group(1);
            return List.of(new Step.AddStates(count.equalsIgnoreCase("one") ? 1 : Integer.parseInt(count)));
        }
        Matcher link = LINK.matcher(text);
        if (link.matches()) {
            return List.of(new Step.SyncLink(link.group(1).equals("up")));
        }
        Matcher hostId = HOST_ID.matcher(text);
        if (hostId.matches()) {
            return List.of(new Step.SetHostId(Long.decode(hostId.group(1)).intValue()));
        }
        Matcher mtu = MTU.matcher(text);
        if (mtu.matches()) {
            return List.of(new Step.Mtu(Integer.parseInt(mtu.group(1))));
        }
        return List.of();
    }
}
