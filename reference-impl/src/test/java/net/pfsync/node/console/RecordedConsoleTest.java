package net.pfsync.node.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import net.pfsync.net.IpAddress;
import net.pfsync.net.IpPrefix;
import net.pfsync.node.Settings;
import net.pfsync.pf.Counted;
import net.pfsync.pf.Reason;
import net.pfsync.pf.State;
import net.pfsync.pf.States;
import net.pfsync.wire.Counter;
import net.pfsync.wire.Dialect;
import net.pfsync.wire.Kind;
import net.pfsync.wire.StateMessage;
import net.pfsync.wire.text.StateText;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The console beside the tools of OpenBSD 7.6: the same tables and settings give the same bytes. */
class RecordedConsoleTest {

    private static final int RAW_STATES = 264;

    private static Machine machine() {
        return new Machine(settings -> settings);
    }

    // ---- states ----

    private static String text(int verbose) {
        StringBuilder all = new StringBuilder();
        for (byte[] raw : RecordedOutput.rawStates(RAW_STATES)) {
            StateMessage state =
                    (StateMessage) Dialect.of("v6-7.4").layout(Kind.INS).message(raw, 0);
            all.append(StateText.pfctl(state, verbose)).append('\n');
        }
        return all.toString();
    }

    @Test
    void printsStatesWithoutDetails() {
        assertThat(text(0)).isEqualTo(RecordedOutput.of(258).output());
    }

    @Test
    void printsStatesWithAllDetails() {
        assertThat(text(2)).isEqualTo(RecordedOutput.of(260).output());
    }

    @Test
    void printsTheStatesThatItHasTakenFromAPeer() {
        Machine machine = synced();
        RecordedOutput.rawStates(RAW_STATES).forEach(machine::take);
        assertThat(machine.out("pfctl -s states"))
                .isEqualTo(RecordedOutput.of(258).output());
        assertThat(machine.out("pfctl -ss -vv"))
                .isEqualTo(RecordedOutput.of(260)
                        .output()
                        .replaceAll("\\d+:\\d+ pkts, \\d+:\\d+ bytes, rule \\d+", "0:0 pkts, 0:0 bytes"));
        assertThat(machine.out("pfctl -i vio1 -s states").lines()).hasSize(1);
    }

    private static Machine synced() {
        Machine machine = machine();
        machine.out("ifconfig pfsync0 create");
        machine.out("ifconfig pfsync0 syncdev vio0 up");
        return machine;
    }

    // ---- pf ----

    @Test
    void switchesPf() {
        Machine machine = machine();
        for (int number : new int[] {69, 70, 71, 72}) {
            machine.says(number);
        }
    }

    @Test
    void printsRules() {
        Machine machine = machine();
        String rules = RecordedOutput.of(6).output();
        assertThat(machine.run("pfctl -f -", rules)).isEqualTo(Answer.OK);
        machine.says(6);
        machine.says(31);
        assertThat(machine.run("pfctl -nvf -", rules).out()).isEqualTo(rules);
    }

    /** Up to the rules that say something that this firewall does not know. */
    @Test
    void printsTheCountersOfRules() {
        Machine machine = machine();
        machine.run("pfctl -f -", RecordedOutput.of(6).output().lines().limit(8).reduce("", (a, b) -> a + b + "\n"));
        assertThat(masked(machine.out("pfctl -s rules -v"))).isEqualTo(masked(first(RecordedOutput.of(135), 8)));
        assertThat(masked(machine.out("pfctl -s rules -vv"))).isEqualTo(masked(first(RecordedOutput.of(180), 8)));
    }

    private static String first(RecordedOutput recorded, int rules) {
        return recorded.output().lines().limit(3L * rules).reduce("", (a, b) -> a + b + "\n");
    }

    private static String masked(String text) {
        return text.replaceAll("pid \\d+", "pid N");
    }

    @ParameterizedTest
    @ValueSource(ints = {149, 150, 252, 4, 5})
    void printsItsCounters(int number) {
        RecordedOutput recorded = RecordedOutput.of(number);
        Counters counters = Counters.of(recorded.output());
        Machine machine = new Machine("openbsd-7.6", counters.seconds, settings -> settings.hostId(counters.hostId));
        counters.lay(machine);
        assertThat(machine.out(recorded.command().replaceAll("ssh root@10.1.0.1 |\"", ""))
                        .replaceAll("Checksum: .*", "Checksum: 0x"))
                .isEqualTo(recorded.output()
                        .replaceAll("Checksum: .*", "Checksum: 0x")
                        // The recorded kernel's counter had drifted: of its twelve states two were half open.
                        .replaceAll(
                                "half-open tcp                         10",
                                "half-open tcp                          0"));
    }

    /** The numbers of a recorded output, and how a machine comes to them. */
    private record Counters(long seconds, int hostId, Map<String, Long> counts) {

        private static final Pattern TIME = Pattern.compile("for (\\d+) days (\\d+):(\\d+):(\\d+) ");
        private static final Pattern HOST_ID = Pattern.compile("Hostid: +0x([0-9a-f]+)");
        private static final Pattern COUNT = Pattern.compile("  (\\S.*?) +(\\d+) .*");

        static Counters of(String text) {
            Matcher time = TIME.matcher(text);
            assertThat(time.find()).isTrue();
            long seconds = 0;
            for (int[] unit : new int[][] {{1, 86_400}, {2, 3600}, {3, 60}, {4, 1}}) {
                seconds += Long.parseLong(time.group(unit[0])) * unit[1];
            }
            Matcher hostId = HOST_ID.matcher(text);
            Map<String, Long> counts = new HashMap<>();
            for (String line : text.lines().toList()) {
                Matcher count = COUNT.matcher(line);
                if (count.matches()) {
                    counts.putIfAbsent(count.group(1), Long.parseLong(count.group(2)));
                }
            }
            return new Counters(seconds, hostId.find() ? Integer.parseUnsignedInt(hostId.group(1), 16) : 7, counts);
        }

        void lay(Machine machine) {
            Map<Reason, Long> reasons = new EnumMap<>(Reason.class);
            Stream.of(Reason.values()).forEach(reason -> reasons.put(reason, counts.get(reason.text())));
            Counted.raise(machine.firewall.filter().statistics(), counts.get("searches"), reasons);
            long removals = counts.get("removals");
            for (int i = 0; i < counts.get("inserts"); i++) {
                State state = States.tcp(i + 1, 9);
                assertThat(machine.firewall.addState(state)).isTrue();
                if (i < removals) {
                    machine.firewall.filter().remove(state);
                    machine.firewall.states().free(state);
                }
            }
        }
    }

    @Test
    void printsTimeouts() {
        machine().says(34);
        machine().says(156);
    }

    @Test
    void refusesStateNamesAsPfctlDoes() {
        machine().says(203);
        machine().says(204);
    }

    @Test
    void refusesOptionsAsPfctlDoes() {
        RecordedOutput recorded = RecordedOutput.of(256);
        Answer answer = machine().run("pfctl -nonsense");
        assertThat(answer.err()).isEqualTo(recorded.output());
        assertThat(answer.exit()).isEqualTo(recorded.exit());
    }

    @Test
    void killsNothingThatIsNotThere() {
        for (int number : new int[] {53, 57, 202, 209}) {
            machine().says(number);
        }
    }

    @Test
    void killsByNameAndByAddress() {
        Machine machine = synced();
        RecordedOutput.rawStates(RAW_STATES).forEach(machine::take);
        assertThat(machine.out("pfctl -k id -k 6b029e5400000080/1")).isEqualTo("killed 1 states\n");
        assertThat(machine.out("pfctl -k id -k 6b029e5400000081")).isEqualTo("killed 1 states\n");
        assertThat(machine.out("pfctl -k 10.1.0.10 -k 10.2.0.20"))
                .isEqualTo("killed 2 states from 1 sources and 1 destinations\n");
        assertThat(machine.out("pfctl -k fd00:1::10")).isEqualTo("killed 6 states from 1 sources and 0 destinations\n");
        assertThat(machine.out("pfctl -i vio1 -F states")).isEqualTo("1 states cleared\n");
        assertThat(machine.out("pfctl -F states")).isEqualTo("19 states cleared\n");
        machine.says(64);
        machine.says(62);
    }

    // ---- ifconfig ----

    @Test
    void configuresAFreshInterface() {
        Machine machine = machine();
        for (int number : new int[] {137, 138, 139, 140, 141, 142}) {
            machine.says(number);
        }
        machine.seconds(30);
        says(machine, 143, 164, 165, 166, 167, 214, 215, 216, 217, 218, 219, 220, 221);
        machine.out("ifconfig pfsync0 syncpeer 10.0.0.2");
        says(machine, 223, 224, 225, 226, 227, 228, 229, 230, 231, 232);
        machine.out("ifconfig pfsync0 -syncpeer maxupd 128 -defer up");
        machine.says(234);
    }

    @Test
    void configuresAnInterfaceThatIsUpAndDestroysIt() {
        Machine machine = machine();
        for (int i = 0; i < 7; i++) {
            machine.out("ifconfig pfsync0 create");
            machine.out("ifconfig pfsync0 destroy");
        }
        machine.out("ifconfig pfsync0 create syncdev vio0 maxupd 64 up");
        says(machine, 74, 75, 76, 78, 79, 80, 81, 82, 83, 84, 85, 86);
        machine.out("ifconfig pfsync0 syncpeer 10.0.0.2 up");
        says(machine, 89, 90, 91, 92, 94, 95, 96, 98, 99, 100, 101, 102);
        machine.out("ifconfig pfsync0 description 'state sync'");
        says(machine, 104, 105, 106, 107, 108, 118, 119);
    }

    private static void says(Machine machine, int... numbers) {
        for (int number : numbers) {
            machine.says(number);
        }
    }

    @Test
    void printsAnInterface() {
        List<String> recorded = new ArrayList<>();
        boolean wanted = false;
        for (String line : RecordedOutput.of(13).output().lines().toList()) {
            wanted = line.startsWith("\t") ? wanted : line.startsWith("vio1:");
            if (wanted) {
                recorded.add(line);
            }
        }
        // Its driver could do LRO.
        recorded.set(
                0, recorded.getFirst().replace("flags=2008843", "flags=8843").replace(",LRO>", ">"));
        assertThat(machine().out("ifconfig vio1").lines()).containsExactlyInAnyOrderElementsOf(recorded);
    }

    // ---- netstat ----

    private static final List<Counter> PRINTED = List.of(
            Counter.IPACKETS,
            Counter.IPACKETS6,
            Counter.BADIF,
            Counter.BADTTL,
            Counter.HDROPS,
            Counter.BADVER,
            Counter.BADAUTH,
            Counter.BADACT,
            Counter.BADLEN,
            Counter.BADVAL,
            Counter.STALE,
            Counter.BADSTATE,
            Counter.OPACKETS,
            Counter.OPACKETS6,
            Counter.ONOMEM,
            Counter.OERRORS);

    private static Machine counted(int number) {
        Machine machine = machine();
        List<String> lines = RecordedOutput.of(number).output().lines().skip(1).toList();
        assertThat(lines).hasSameSizeAs(PRINTED);
        for (int i = 0; i < lines.size(); i++) {
            long value = Long.parseLong(lines.get(i).strip().split(" ", 2)[0]);
            for (long raised = 0; raised < value; raised++) {
                machine.firewall.pfsync().statistics().count(PRINTED.get(i));
            }
        }
        return machine;
    }

    @ParameterizedTest
    @ValueSource(ints = {16, 41, 158, 185, 247, 248})
    void printsTheCountersOfPfsync(int number) {
        counted(number).says(number);
    }

    @Test
    void leavesOutCountersThatAreZero() {
        counted(16).says(17);
        counted(41).says(42);
    }

    /** Without neighbours, which are routes of OpenBSD's, and as if no route had been used. */
    @Test
    void printsItsRoutes() {
        String unused = RecordedOutput.of(22)
                .output()
                .replaceAll("(?m)^\\S+ +\\S+ +UHLc .*\n", "")
                .replaceAll("(?<flags> U\\S+ +)\\d(?<between> +)\\d(?= +- )", "${flags}0${between}0");

        assertThat(machine().out("netstat -rn")).isEqualTo(unused);
    }

    @Test
    void printsARouteThatWasAdded() {
        Machine machine = machine();
        machine.firewall.stack().routes().add(IpPrefix.parse("0.0.0.0/0"), IpAddress.parse("10.2.0.254"));
        machine.firewall.stack().routes().add(IpPrefix.parse("198.51.100.0/25"), IpAddress.parse("10.1.0.254"));

        assertThat(machine.out("netstat -rn").lines())
                .contains(
                        "default            10.2.0.254         UGS        0        0     -     8 vio2 ",
                        "198.51.100.0/25    10.1.0.254         UGS        0        0     -     8 vio1 ");
    }

    // ---- system ----

    @Test
    void saysWhenItWasBooted() {
        Machine machine = new Machine("openbsd-7.6", 100_000, (Settings settings) -> settings);
        String boottime = RecordedOutput.of(126).output().lines().findFirst().orElseThrow();
        machine.time.advance(Duration.ofHours(3));
        assertThat(machine.out("sysctl kern.boottime")).isEqualTo(boottime + "\n");
        assertThat(machine.out("sysctl kern.osrelease kern.ostype"))
                .isEqualTo(RecordedOutput.of(131).output().lines().limit(2).reduce("", (a, b) -> a + b + "\n"));
        assertThat(machine.out("sysctl kern.version")).startsWith("kern.version=OpenBSD 7.6 ");
    }
}
