package net.pfsync.suite.target.real;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import net.pfsync.suite.target.real.LabConfig.ConsoleAddress;
import net.pfsync.suite.target.real.LabConfig.FirewallEntry;
import net.pfsync.suite.target.real.LabConfig.Platform;
import net.pfsync.suite.target.real.Remote.Output;
import net.pfsync.suite.target.real.SshConsole.Patience;
import net.pfsync.suite.verdict.CannotTell;
import org.apache.sshd.common.config.keys.KeyUtils;
import org.apache.sshd.common.config.keys.PublicKeyEntry;
import org.apache.sshd.common.config.keys.writer.openssh.OpenSSHKeyPairResourceWriter;
import org.apache.sshd.common.keyprovider.KeyPairProvider;
import org.apache.sshd.server.Environment;
import org.apache.sshd.server.SshServer;
import org.apache.sshd.server.channel.ChannelSession;
import org.apache.sshd.server.command.AbstractCommandSupport;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A console on its bad days: a real SSH server that refuses, hangs, talks nonsense and goes away. */
@Timeout(60)
class SshConsoleTest {

    private static final Patience SHORT = new Patience(
            Duration.ofSeconds(5), Duration.ofMillis(700), Duration.ofMillis(1500), Duration.ofMillis(1500));
    private static final String ED25519 = KeyPairProvider.SSH_ED25519;

    @TempDir
    private Path folder;

    private final KeyPair hostKey = pair();
    private final KeyPair userKey = pair();
    private final List<String> commands = new CopyOnWriteArrayList<>();
    private volatile String answer = "fine\n";
    private SshServer server;
    private int port;

    private static KeyPair pair() {
        try {
            return KeyUtils.generateKeyPair(ED25519, 256);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    @BeforeEach
    void open() throws IOException, GeneralSecurityException {
        server = serve();
        Files.writeString(knownHosts(), known(hostKey));
        try (var out = Files.newOutputStream(key())) {
            OpenSSHKeyPairResourceWriter.INSTANCE.writePrivateKey(userKey, "test", null, out);
        }
    }

    @AfterEach
    void close() throws IOException {
        server.stop(true);
    }

    private SshServer serve() throws IOException {
        SshServer next = SshServer.setUpDefaultServer();
        next.setHost("127.0.0.1");
        next.setPort(port);
        next.setKeyPairProvider(KeyPairProvider.wrap(hostKey));
        next.setPublickeyAuthenticator((user, key, session) -> KeyUtils.compareKeys(key, userKey.getPublic()));
        next.setCommandFactory((channel, line) -> new Line(line));
        next.start();
        port = next.getPort();
        return next;
    }

    /** What the console does with a line. */
    private final class Line extends AbstractCommandSupport {
        Line(String line) {
            super(line, null);
        }

        @Override
        public void start(ChannelSession channel, Environment environment) throws IOException {
            commands.add(getCommand());
            if (getCommand().equals("vanish")) {
                channel.getSession().close(true);
            } else if (getCommand().equals("break off")) {
                channel.close(false);
            } else if (!getCommand().equals("hang")) {
                super.start(channel, environment);
            }
        }

        @Override
        public void run() {
            try {
                getOutputStream().write(answer.getBytes(StandardCharsets.UTF_8));
                getOutputStream().flush();
                getErrorStream().write("warned\n".getBytes(StandardCharsets.UTF_8));
                getErrorStream().flush();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            onExit(3);
        }
    }

    private Path key() {
        return folder.resolve("id");
    }

    private Path knownHosts() {
        return folder.resolve("known_hosts");
    }

    private String known(KeyPair key) {
        return "[127.0.0.1]:" + port + " " + PublicKeyEntry.toString(key.getPublic()) + "\n";
    }

    private ConsoleAddress address(Path key, String become) {
        return new ConsoleAddress("root", "127.0.0.1", port, key, knownHosts(), become);
    }

    private String name() {
        return "the console ssh://root@127.0.0.1:" + port;
    }

    private SshConsole console() throws LabException {
        return SshConsole.connect(address(key(), ""), SHORT, null);
    }

    private void refused(String message) {
        assertThatExceptionOfType(LabException.class)
                .isThrownBy(this::console)
                .withMessage(name() + " does not let us in: " + message);
    }

    private static void cannotTell(SshConsole console, String command, String message) {
        assertThatExceptionOfType(CannotTell.class)
                .isThrownBy(() -> console.run(command, ""))
                .withMessage(message);
    }

    @Test
    void runsACommandAndTellsWhatItPrintsAndItsExitCode() throws LabException {
        try (SshConsole console = console()) {
            assertThat(console.run("uptime", "")).isEqualTo(new Output("fine\n", "warned\n", 3));
        }
    }

    @Test
    void becomesRootAsTold() throws LabException {
        try (SshConsole console = SshConsole.connect(address(key(), "doas -n"), SHORT, null)) {
            assertThat(console.run("pfctl -s info", "").exit()).isEqualTo(3);
            assertThat(commands).containsExactly("doas -n pfctl -s info");
        }
    }

    @Test
    void refusesAHostThatIsNotKnown() throws IOException {
        Files.writeString(knownHosts(), "");
        refused("its host key is not in " + knownHosts());
    }

    @Test
    void refusesAHostWithAnotherKey() throws IOException {
        Files.writeString(knownHosts(), known(pair()));
        refused("its host key is another one than in " + knownHosts());
    }

    @Test
    void saysThatTheKeyIsRefused() {
        server.setPublickeyAuthenticator((user, key, session) -> false);
        refused("No more authentication methods available");
    }

    @Test
    void saysThatNobodyListens() throws IOException {
        server.stop(true);
        assertThatExceptionOfType(LabException.class)
                .isThrownBy(this::console)
                .withMessage(name() + " does not let us in: Connection refused");
    }

    @Test
    void saysWhichFileIsMissing() {
        assertThatExceptionOfType(LabException.class)
                .isThrownBy(() -> SshConsole.connect(address(folder.resolve("none"), ""), SHORT, null))
                .withMessage("the key file " + folder.resolve("none") + " cannot be read; is the lab up?");
    }

    @Test
    void doesNotWaitForAConsoleThatHangsCommandByCommand() throws LabException {
        try (SshConsole console = console()) {
            String hangs = name() + " did not answer 'hang' within 0 s";
            cannotTell(console, "hang", hangs);
            int asked = commands.size();

            cannotTell(console, "uptime", hangs);

            assertThat(commands).hasSize(asked);
            Awaitility.await()
                    .ignoreException(CannotTell.class)
                    .until(() -> console.run("uptime", "").exit() == 3);
        }
    }

    @Test
    void connectsAgainAfterTheConnectionIsLost() throws LabException {
        try (SshConsole console = console()) {
            cannotTell(console, "vanish", name() + " went away during 'vanish'");
            assertThat(console.run("uptime", "").exit()).isEqualTo(3);
        }
    }

    @Test
    void saysThatACommandEndedWithoutAnExitCode() throws LabException {
        try (SshConsole console = console()) {
            cannotTell(console, "break off", name() + " broke 'break off' off: it ended without an exit code");
            assertThat(console.run("uptime", "").exit()).isEqualTo(3);
        }
    }

    @Test
    void triesOnceAgainAndThenNotBeforeThePauseIsOver() throws Exception {
        try (SshConsole console = console()) {
            server.stop(true);
            Awaitility.await().until(() -> fails(console).contains("is lost: "));
            String lost = fails(console);
            assertThat(lost).isEqualTo(name() + " is lost: Connection refused");

            server = serve();

            assertThat(fails(console)).isEqualTo(lost);
            Awaitility.await()
                    .ignoreException(CannotTell.class)
                    .until(() -> console.run("uptime", "").exit() == 3);
        }
    }

    private static String fails(SshConsole console) {
        try {
            console.run("uptime", "");
            return "";
        } catch (CannotTell cannot) {
            return cannot.getMessage();
        }
    }

    @Test
    void doesNotTakeAnotherHostForTheKnownOneWhenItConnectsAgain() throws Exception {
        try (SshConsole console = console()) {
            server.getActiveSessions().forEach(session -> session.close(true));
            server.setKeyPairProvider(KeyPairProvider.wrap(pair()));
            Awaitility.await().until(() -> fails(console).contains("is lost: its host key is another one"));
        }
    }

    @Test
    void anAdapterSaysInOneLineThatAConsolePrintsNonsense() throws LabException {
        answer = "\u0000\u001b[2J%&/ garbage\nmore\n";
        try (SshConsole console = console()) {
            FirewallEntry entry = new FirewallEntry("a", address(key(), ""), Platform.OPENBSD, "10.9.0.1", "em0");
            assertThatExceptionOfType(CannotTell.class)
                    .isThrownBy(() -> new OpenBsdAdapter(entry, console))
                    .withMessage("firewall a refuses 'sysctl -n kern.boottime': warned");
        }
    }

    @Test
    void logsInWithAKeyOfTheUsersAgent() throws Exception {
        Path socket = folder.resolve("agent");
        Process agent = new ProcessBuilder("ssh-agent", "-D", "-a", socket.toString())
                .redirectErrorStream(true)
                .start();
        try {
            Awaitility.await().until(() -> Files.exists(socket));
            Files.setPosixFilePermissions(key(), java.nio.file.attribute.PosixFilePermissions.fromString("rw-------"));
            ProcessBuilder add = new ProcessBuilder("ssh-add", "-q", key().toString());
            add.environment().put("SSH_AUTH_SOCK", socket.toString());
            assertThat(add.inheritIO().start().waitFor()).isZero();

            try (SshConsole console = SshConsole.connect(address(null, ""), SHORT, socket.toString())) {
                assertThat(console.run("uptime", "").exit()).isEqualTo(3);
            }
        } finally {
            agent.destroy();
        }
    }

    @Test
    void saysThatThereIsNeitherAKeyNorAnAgent() {
        assertThatExceptionOfType(LabException.class)
                .isThrownBy(() -> SshConsole.connect(address(null, ""), SHORT, ""))
                .withMessage("the lab file names no key, and there is no SSH agent (SSH_AUTH_SOCK is not set)");
    }
}
