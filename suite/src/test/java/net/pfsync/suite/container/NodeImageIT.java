package net.pfsync.suite.container;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.dockerjava.api.model.Network.Ipam;
import com.github.dockerjava.api.model.Network.Ipam.Config;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import net.pfsync.labs.Programs;
import net.pfsync.labs.Programs.Ran;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.Network;
import org.testcontainers.containers.startupcheck.OneShotStartupCheckStrategy;
import org.testcontainers.containers.wait.strategy.Wait;
import org.testcontainers.utility.DockerImageName;
import org.testcontainers.utility.MountableFile;

/** The image of {@code fixtures/container}: firewalls in containers that speak pfsync through a network of Docker's. */
@NeedsDocker
@Timeout(300)
class NodeImageIT {

    private static final String LAN = "169.254.244.";
    private static final String CONFIGURATION = "/etc/pfsync/node.yaml";
    private static final int SSH = 22;

    private static String image;

    @TempDir
    private Path folder;

    @BeforeAll
    static void build() throws Exception {
        Ran ran = Programs.run(Map.of("PFSYNC_PROGRAM", "/bin/true"), "ci/container-image");
        assertThat(ran.exit()).as(ran.output()).isZero();
        image = ran.output().lines().reduce((before, last) -> last).orElseThrow();
    }

    @BeforeEach
    void keys() throws Exception {
        Ran ran = Programs.run(Map.of(), "ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", key().toString());
        assertThat(ran.exit()).as(ran.output()).isZero();
    }

    private Path key() {
        return folder.resolve("id");
    }

    /** A firewall whose first interface is the one that has an address on the LAN. */
    private GenericContainer<?> firewall(int number, Network lan) throws Exception {
        Path configuration = folder.resolve(number + ".yaml");
        Files.writeString(configuration, """
            hostname: fw-%1$d
            release: reference-v6
            host-id: %1$d
            interfaces:
              em0: {device: %2$s1%1$d, addresses: [10.9.0.%1$d/24]}
            pfsync: {syncdev: em0}
            console: {address: 0.0.0.0, port: 22, host-key: hostkey, authorized-keys: id.pub}
            """.formatted(number, LAN));
        return container(configuration)
                .withCopyFileToContainer(MountableFile.forHostPath(folder.resolve("id.pub")), "/etc/pfsync/id.pub")
                .withNetwork(lan)
                .withCreateContainerCmdModifier(command -> command.withIpv4Address(LAN + "1" + number))
                .withExposedPorts(SSH)
                .waitingFor(Wait.forLogMessage(".* runs.*\\n", 1).withStartupTimeout(Duration.ofMinutes(2)));
    }

    private static GenericContainer<?> container(Path configuration) {
        return new GenericContainer<>(DockerImageName.parse(image))
                .withImagePullPolicy(name -> false)
                .withCopyFileToContainer(MountableFile.forHostPath(configuration), CONFIGURATION);
    }

    private String console(GenericContainer<?> firewall, String line) throws Exception {
        Ran ran = Programs.run(
                Map.of(),
                "ssh",
                "-F",
                "none",
                "-o",
                "BatchMode=yes",
                "-o",
                "StrictHostKeyChecking=accept-new",
                "-o",
                "LogLevel=ERROR",
                "-o",
                "UserKnownHostsFile=" + folder.resolve("known"),
                "-i",
                key().toString(),
                "-p",
                "" + firewall.getMappedPort(SSH),
                "root@" + firewall.getHost(),
                line);
        assertThat(ran.exit()).as(ran.output()).isZero();
        return ran.output();
    }

    @Test
    void twoFirewallsGiveEachOtherTheirStates() throws Exception {
        Ipam addresses = new Ipam().withConfig(new Config().withSubnet(LAN + "0/24"));
        try (Network lan = Network.builder()
                        .createNetworkCmdModifier(command -> command.withIpam(addresses))
                        .build();
                GenericContainer<?> one = firewall(1, lan);
                GenericContainer<?> other = firewall(2, lan)) {
            one.start();
            other.start();
            assertThat(console(other, "ifconfig pfsync0")).contains("pfsync: syncdev: em0");
            String counters = console(one, "netstat -s -p pfsync");
            // The second one asked for all states when it came up.
            while (counters.contains("\n\t0 packets received (IPv4)")
                    || counters.contains("pfsync:\n\t0 packets received")) {
                counters = console(one, "netstat -s -p pfsync");
            }
            String messages = console(other, "dmesg");
            while (!messages.contains("bulk update complete")) {
                messages = console(other, "dmesg");
            }
            assertThat(counters).contains("0 packets discarded for bad version");
        }
    }

    @Test
    void aMistakeInTheConfigurationIsOneLine() throws Exception {
        Path configuration = folder.resolve("wrong.yaml");
        Files.writeString(configuration, """
            release: reference-v6
            host-id: 1
            interfaces:
              em0: {device: 192.0.2.99}
            """);
        try (GenericContainer<?> wrong = container(configuration)
                .withStartupCheckStrategy(new OneShotStartupCheckStrategy() {
                    @Override
                    public StartupStatus checkStartupState(
                            com.github.dockerjava.api.DockerClient client, String container) {
                        StartupStatus status = super.checkStartupState(client, container);
                        return status == StartupStatus.FAILED ? StartupStatus.SUCCESSFUL : status;
                    }
                })) {
            wrong.start();
            assertThat(wrong.getLogs().strip()).isEqualTo("no interface has the address 192.0.2.99");
            assertThat(wrong.getCurrentContainerInfo().getState().getExitCodeLong())
                    .isEqualTo(3);
        }
    }
}
