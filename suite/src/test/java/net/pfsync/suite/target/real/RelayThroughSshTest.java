package net.pfsync.suite.target.real;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import net.pfsync.labs.NeedsLab;
import net.pfsync.labs.OwnNetwork;
import net.pfsync.net.Ethernet;
import net.pfsync.net.MacAddress;
import net.pfsync.pcap.PcapLink;
import net.pfsync.suite.cli.Main;
import net.pfsync.suite.target.real.LabConfig.ConsoleAddress;
import net.pfsync.suite.target.real.LabConfig.FirewallEntry;
import net.pfsync.suite.target.real.LabConfig.Mode;
import net.pfsync.suite.target.real.LabConfig.NoDoor;
import net.pfsync.suite.target.real.LabConfig.Patience;
import net.pfsync.suite.target.real.LabConfig.Platform;
import net.pfsync.suite.target.real.LabConfig.RelayPlace;
import net.pfsync.time.RealTime;
import net.pfsync.time.Timer;
import org.apache.sshd.common.config.keys.PublicKeyEntry;
import org.apache.sshd.common.config.keys.writer.openssh.OpenSSHKeyPairResourceWriter;
import org.apache.sshd.common.keyprovider.KeyPairProvider;
import org.apache.sshd.server.SshServer;
import org.apache.sshd.server.shell.ProcessShellCommandFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** An interface behind an SSH server, whose shell starts the program. */
@NeedsLab
@Timeout(120)
class RelayThroughSshTest {

    private static final Duration PATIENCE = Duration.ofSeconds(5);

    @TempDir
    private Path folder;

    private SshServer server() throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(256);
        KeyPair host = generator.generateKeyPair();
        KeyPair user = generator.generateKeyPair();
        try (var out = Files.newOutputStream(folder.resolve("key"))) {
            OpenSSHKeyPairResourceWriter.INSTANCE.writePrivateKey(user, "test", null, out);
        }
        SshServer server = SshServer.setUpDefaultServer();
        server.setHost("127.0.0.1");
        server.setPort(0);
        server.setKeyPairProvider(KeyPairProvider.wrap(host));
        server.setPublickeyAuthenticator((name, key, session) -> key.equals(user.getPublic()));
        server.setCommandFactory(ProcessShellCommandFactory.INSTANCE);
        server.start();
        Files.writeString(
                folder.resolve("known"),
                "[127.0.0.1]:" + server.getPort() + " " + PublicKeyEntry.toString(host.getPublic()) + "\n");
        return server;
    }

    private LabConfig lab(SshServer server, String device) throws IOException {
        Path program = folder.resolve("pfsync");
        Files.writeString(
                program,
                "#!/bin/sh\nexec " + Path.of(System.getProperty("java.home"), "bin", "java")
                        + " -XX:+UseSerialGC --enable-native-access=ALL-UNNAMED -cp '"
                        + System.getProperty("java.class.path") + "' " + Main.class.getName() + " \"$@\"\n",
                StandardCharsets.UTF_8);
        Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
        ConsoleAddress address = new ConsoleAddress(
                "root", "127.0.0.1", server.getPort(), folder.resolve("key"), folder.resolve("known"), "");
        return new LabConfig(
                "behind a relay",
                "auto",
                Mode.SAFE,
                device,
                "10.9.0.9",
                new RelayPlace(address, program.toString()),
                null,
                null,
                Patience.USUAL,
                List.of(new FirewallEntry("a", new NoDoor(), Platform.OPENBSD, "10.9.0.1", "")));
    }

    @Test
    void bringsWhatIsOnTheLanThere() throws Exception {
        OwnNetwork.call(() -> {
            OwnNetwork.wire("there", "wire");
            try (SshServer server = server();
                    RealTime loop = new RealTime("station", thrown -> {})) {
                LabConfig lab = lab(server, "there");
                assertThat(SyncListener.look(lab)).isEqualTo(new SyncListener.Ear("", true, 1500));
                PcapLink station = PcapLink.open("wire", null, loop);
                byte[] frame = Ethernet.frame(MacAddress.BROADCAST, station.address(), new byte[100]);
                loop.execute(() -> again(loop, station, frame));
                List<byte[]> heard = new ArrayList<>();
                SyncListener.listen(lab, Duration.ofSeconds(2), one -> heard.add(one.bytes()));
                assertThat(heard).isNotEmpty().allSatisfy(one -> assertThat(one).isEqualTo(frame));
                Object closed = loop.call(
                        () -> {
                            station.close();
                            return station;
                        },
                        PATIENCE);
                assertThat(closed).isNotNull();
            }
            return null;
        });
    }

    private static Timer again(RealTime loop, PcapLink station, byte[] frame) {
        station.send(frame);
        return loop.schedule(20_000_000L, () -> again(loop, station, frame));
    }

    @Test
    void saysWhatIsWrongThere() throws Exception {
        OwnNetwork.call(() -> {
            try (SshServer server = server()) {
                LabConfig lab = lab(server, "eth9");
                assertThat(SyncListener.look(lab).missing())
                        .startsWith("ssh://root@127.0.0.1:" + server.getPort()
                                + ": the relay does not work: no interface eth9; there are lo");
                Files.delete(folder.resolve("pfsync"));
                assertThat(SyncListener.look(lab).missing())
                        .contains("the relay does not work: it ended without a word")
                        .contains("not found");
            }
            return null;
        });
    }
}
