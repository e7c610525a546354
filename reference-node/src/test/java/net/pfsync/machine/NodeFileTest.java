package net.pfsync.machine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import net.pfsync.machine.NodeConfig.Door;
import net.pfsync.machine.NodeConfig.PfsyncSetup;
import net.pfsync.machine.NodeConfig.Port;
import net.pfsync.net.FaultyLink.Faults;
import net.pfsync.net.IpAddress;
import net.pfsync.net.IpPrefix;
import net.pfsync.net.Ipv4Address;
import net.pfsync.net.MacAddress;
import net.pfsync.yaml.YamlException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The configuration of a node: the example with every key, the shortest one, and mistakes with their places. */
class NodeFileTest {

    private static final Path EXAMPLE = Path.of("../fixtures/nodes/example.yaml");

    private static final String SHORTEST = """
        release: reference-v5
        host-id: 7
        interfaces:
          em0: {device: eth1}
        """;

    @TempDir
    private Path folder;

    private Path file;

    @BeforeEach
    void inFolder() {
        file = folder.resolve("node.yaml");
    }

    private NodeConfig read(String text) {
        try {
            Files.writeString(file, text);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        return NodeFile.read(file);
    }

    private void refused(String text, String message) {
        assertThatExceptionOfType(YamlException.class)
                .isThrownBy(() -> read(text))
                .satisfies(refused -> assertThat(refused.getMessage()).isEqualTo(file + ":" + message));
    }

    @Test
    void readsTheExampleWithEveryKey() {
        NodeConfig config = NodeFile.read(EXAMPLE);
        assertThat(config.hostname()).isEqualTo("fw-a");
        assertThat(config.release().name()).isEqualTo("reference-v6");
        assertThat(config.hostId()).isEqualTo(10);
        assertThat(config.rules()).hasToString("""
            pass quick inet6 proto ipv6-icmp all icmp6-type neighbrsol no state
            pass quick inet6 proto ipv6-icmp all icmp6-type neighbradv no state
            pass all flags S/SA
            """);
        assertThat(config.stateLimit()).isEqualTo(100_000);
        assertThat(config.forwarding()).isTrue();
        assertThat(config.seed()).isEqualTo(240);
        assertThat(config.interfaces())
                .containsExactly(
                        new Port(
                                "em0",
                                "eth1",
                                List.of(IpPrefix.parse("10.9.0.1/24")),
                                MacAddress.parse("02:70:66:00:00:01"),
                                1500,
                                Faults.NONE),
                        new Port(
                                "em1",
                                "eth2",
                                List.of(IpPrefix.parse("192.0.2.1/24"), IpPrefix.parse("2001:db8:1::1/64")),
                                null,
                                0,
                                Faults.NONE),
                        new Port(
                                "em2",
                                "eth3",
                                List.of(IpPrefix.parse("198.51.100.1/24"), IpPrefix.parse("2001:db8:2::1/64")),
                                null,
                                0,
                                new Faults(0.01, 0.01, 0.01, 0.01, 5_000_000, 2_000_000)));
        assertThat(config.routes())
                .isEqualTo(Map.of(IpPrefix.parse("203.0.113.0/24"), IpAddress.parse("198.51.100.254")));
        assertThat(config.pfsync())
                .isEqualTo(new PfsyncSetup("em0", Ipv4Address.parse("10.9.0.2"), 128, false, 1500, true));
        Path beside = EXAMPLE.getParent();
        assertThat(config.door())
                .isEqualTo(new Door(
                        "127.0.0.1",
                        2201,
                        beside.resolve("example.hostkey"),
                        beside.resolve("example.authorized_keys")));
    }

    @Test
    void hasADefaultForMostKeys() {
        NodeConfig config = read(SHORTEST);
        assertThat(config.hostname()).isEqualTo("firewall");
        assertThat(config.rules().size()).isZero();
        assertThat(config.stateLimit()).isEqualTo(config.release().defaults().stateLimit());
        assertThat(config.forwarding()).isTrue();
        assertThat(config.interfaces()).containsExactly(new Port("em0", "eth1", List.of(), null, 0, Faults.NONE));
        assertThat(config.routes()).isEmpty();
        assertThat(config.pfsync()).isNull();
        assertThat(config.door()).isNull();
        assertThat(config.seed()).isNull();
        assertThat(read(SHORTEST + "pfsync: {syncdev: em0}\n").pfsync())
                .isEqualTo(new PfsyncSetup("em0", 0, 128, false, 0, true));
        assertThat(read(SHORTEST + "console: {port: 0, host-key: k, authorized-keys: a}\n")
                        .door()
                        .address())
                .isEqualTo("127.0.0.1");
    }

    @ParameterizedTest
    @CsvSource({
        "seeds: 1,                            '5:8: unknown key ''seeds'', near: seed; possible: console, forwarding,"
                + " host-id, hostname, interfaces, pfsync, release, routes, rules, seed, state-limit'",
        "forwarding: maybe,                   '5:13: ''maybe'' is not possible here; possible: true, false'",
        "state-limit: 0,                      '5:14: ''0'' is not a number from 1 to 2147483647'",
        "'pfsync: {syncdev: em7}',            '5:19: no interface em7; there are em0'",
        "'pfsync: {syncpeer: here}',          '5:20: ''here'' is not an IPv4 address'",
        "'pfsync: {maxupd: 256}',             '5:18: ''256'' is not a number from 0 to 255'",
        "'pfsync: {fast: true}',              '5:16: unknown key ''fast''; possible: defer, maxupd, mtu, syncdev,"
                + " syncpeer, up'",
        "'console: {host-key: k}',            '5:10: the key ''port'' is missing'",
        "'console: {port: 99999}',            '5:17: ''99999'' is not a number from 0 to 65535'",
        "'routes: [{network: x, gateway: y}]', '5:20: ''x'' is not a network, such as 0.0.0.0/0'",
        "'routes: {}',                        '5:9: a list is needed here, each item beginning with ''- '''",
        "'  em1: {device: eth1}',             '5:17: eth1 is the device of another interface already'",
        "'  em1: {device: eth2, mac: here}',  '5:28: ''here'' is not the address of one station, such as"
                + " 02:00:5e:00:53:01'",
        "'  em1: {device: eth2, mac: ff:ff:ff:ff:ff:ff}', '5:28: ''ff:ff:ff:ff:ff:ff'' is not the address of one"
                + " station, such as 02:00:5e:00:53:01'",
        "'  em1: {device: eth2, mtu: 100}',   '5:28: ''100'' is not a number from 576 to 9216'",
        "'  em1: {device: eth2, addresses: 10.0.0.1}', '5:34: ''10.0.0.1'' is not an address with the length of its"
                + " network, such as 192.0.2.1/24'",
        "'  em1: {device: eth2, faults: {loss: 2}}', '5:38: ''2'' is not a number from 0.0 to 1.0'",
        "'  eth 1: {device: eth2}',           '5:10: ''eth 1'' is no name of an interface; it is letters and a number,"
                + " such as em0'",
        "host-id: 8,                          '5:1: the key ''host-id'' is there twice'",
    })
    void refusesMistakesWithTheirPlace(String line, String message) {
        refused(SHORTEST + line + "\n", message);
    }

    @Test
    void refusesAnAddressThatTwoInterfacesHave() {
        refused("""
            release: reference-v5
            host-id: 7
            interfaces:
              em0: {device: eth1, addresses: [10.0.0.1/24]}
              em1: {device: eth2, addresses: [10.0.0.1/24]}
            """, "5:34: 10.0.0.1 is an address of em0 already");
    }

    @Test
    void refusesAReleaseThatThereIsNot() {
        refused(
                SHORTEST.replace("reference-v5", "reference-v7"),
                "1:10: no such release: 'reference-v7'; near: reference-v5, reference-v6; possible: reference-v5,"
                        + " reference-v6, openbsd-4.5, openbsd-4.6, openbsd-7.6");
    }

    @Test
    void refusesAHostIdOfZeroAndAMissingOne() {
        refused(SHORTEST.replace("host-id: 7", "host-id: 0"), "2:10: '0' is not a number from 1 to 4294967295");
        refused(SHORTEST.replace("host-id: 7\n", ""), "1:1: the key 'host-id' is missing");
        assertThat(read(SHORTEST.replace("host-id: 7", "host-id: 0xffffffff")).hostId())
                .isEqualTo(-1);
    }

    @Test
    void saysWhatIsWrongWithTheRules() throws IOException {
        refused(SHORTEST + "rules: pf.conf\n", "5:8: there is no file " + folder.resolve("pf.conf"));
        Path rules = folder.resolve("pf.conf");
        Files.writeString(rules, "pass\npass fast\n");
        assertThatExceptionOfType(YamlException.class)
                .isThrownBy(() -> read(SHORTEST + "rules: pf.conf\n"))
                .satisfies(refused -> assertThat(refused.getMessage()).startsWith(rules + ":2:6: expected \"flags\""));
    }

    @Test
    void saysThatThereIsNoFile() {
        Path nowhere = folder.resolve("nowhere.yaml");
        assertThatExceptionOfType(YamlException.class)
                .isThrownBy(() -> NodeFile.read(nowhere))
                .withMessage("there is no file " + nowhere);
        refused("", "1:1: the file is empty");
        refused("- a\n", "1:1: a map is needed here, keys with values");
    }
}
