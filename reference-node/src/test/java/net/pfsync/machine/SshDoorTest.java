package net.pfsync.machine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.PublicKey;
import java.time.Duration;
import java.util.EnumSet;
import java.util.concurrent.CopyOnWriteArrayList;
import net.pfsync.machine.NodeConfig.Door;
import net.pfsync.node.console.Answer;
import org.apache.sshd.client.SshClient;
import org.apache.sshd.client.channel.ChannelExec;
import org.apache.sshd.client.channel.ChannelShell;
import org.apache.sshd.client.channel.ClientChannel;
import org.apache.sshd.client.channel.ClientChannelEvent;
import org.apache.sshd.client.session.ClientSession;
import org.apache.sshd.common.SshException;
import org.apache.sshd.common.config.keys.KeyUtils;
import org.apache.sshd.common.config.keys.PublicKeyEntry;
import org.apache.sshd.common.keyprovider.KeyPairProvider;
import org.apache.sshd.common.util.net.SshdSocketAddress;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The door to the console, from outside: who comes in, and what a line gives back. */
@Timeout(60)
class SshDoorTest {

    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final String EC = "ecdsa-sha2-nistp256";
    private static final String ED25519 = KeyPairProvider.SSH_ED25519;

    @TempDir
    private Path folder;

    private final CopyOnWriteArrayList<PublicKey> hostKeys = new CopyOnWriteArrayList<>();
    private final SshClient client = SshClient.setUpDefaultClient();
    private KeyPair known;
    private SshDoor door;

    @BeforeEach
    void open() throws IOException, GeneralSecurityException {
        known = KeyUtils.generateKeyPair(ED25519, 256);
        Files.writeString(keys(), PublicKeyEntry.toString(known.getPublic()) + " somebody\n");
        door = door();
        client.setServerKeyVerifier((session, address, key) -> hostKeys.add(key));
        client.start();
    }

    @AfterEach
    void close() {
        client.stop();
        door.close();
    }

    private Path keys() {
        return folder.resolve("authorized_keys");
    }

    private Path hostKey() {
        return folder.resolve("hostkey");
    }

    private SshDoor door() throws IOException {
        return new SshDoor(new Door("127.0.0.1", 0, hostKey(), keys()), "fw", SshDoorTest::answer);
    }

    /** A console that says what it was told. */
    private static Answer answer(String line, String input) throws IOException {
        if (line.equals("hang")) {
            throw new IOException("the firewall does not answer");
        }
        return new Answer("out " + line + "\n" + input, line.startsWith("bad") ? "err\n" : "", line.length());
    }

    private ClientSession session(KeyPair key) throws IOException {
        ClientSession session = client.connect("root", "127.0.0.1", door.port())
                .verify(PATIENCE)
                .getSession();
        session.addPublicKeyIdentity(key);
        session.auth().verify(PATIENCE);
        return session;
    }

    /** What came back. */
    private record Came(String out, String err, Integer exit) {}

    private Came line(String line, String input) throws IOException {
        try (ClientSession session = session(known);
                ChannelExec channel = session.createExecChannel(line)) {
            return run(channel, input);
        }
    }

    private static Came run(ClientChannel channel, String input) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        channel.setIn(new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)));
        channel.setOut(out);
        channel.setErr(err);
        channel.open().verify(PATIENCE);
        assertThat(channel.waitFor(EnumSet.of(ClientChannelEvent.CLOSED), PATIENCE))
                .contains(ClientChannelEvent.CLOSED);
        return new Came(
                out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8), channel.getExitStatus());
    }

    @Test
    void givesBackOutputErrorsAndTheExitCode() throws IOException {
        assertThat(line("bad line", "")).isEqualTo(new Came("out bad line\n", "err\n", 8));
    }

    @Test
    void readsStandardInputOnlyForALineThatDoes() throws IOException {
        assertThat(line("pfctl -f -", "pass\n").out()).isEqualTo("out pfctl -f -\npass\n");
        assertThat(line("pfctl -sr", "pass\n").out()).isEqualTo("out pfctl -sr\n");
    }

    @Test
    void saysWithAnExitCodeOfItsOwnThatNobodyAnswers() throws IOException {
        assertThat(line("hang", "").exit()).isEqualTo(255);
    }

    // ---- the shell ----

    private Came shell(boolean terminal, String typed) throws IOException {
        try (ClientSession session = session(known);
                ChannelShell channel = session.createShellChannel()) {
            channel.setUsePty(terminal);
            channel.setPtyType(terminal ? "xterm" : null);
            return run(channel, typed);
        }
    }

    @Test
    void runsLineAfterLineOfAScript() throws IOException {
        assertThat(shell(false, "one\nbad\nthree")).isEqualTo(new Came("out one\nout bad\nout three\n", "err\n", 5));
    }

    @Test
    void echoesAndEditsOnATerminal() throws IOException {
        Came came = shell(true, "onn\u007fe\rwrong\u0003\u001b[A\u001b[1;5Cup\r\u0004");
        assertThat(came.out()).isEqualTo("fw# onn\b \be\r\nout one\r\nfw# wrong^C\r\nfw# up\r\nout up\r\nfw# ");
        assertThat(came.exit()).isEqualTo(2);
    }

    @Test
    void leavesTheShellOnRequest() throws IOException {
        assertThat(shell(true, "exit\rnever\r").out()).isEqualTo("fw# exit\r\n");
        assertThat(shell(false, "one\nlogout\nnever\n").out()).isEqualTo("out one\n");
    }

    // ---- who comes in ----

    @Test
    void letsNobodyInWhoseKeyItDoesNotKnow() throws GeneralSecurityException {
        KeyPair stranger = KeyUtils.generateKeyPair(EC, 256);
        assertThatExceptionOfType(SshException.class)
                .isThrownBy(() -> session(stranger))
                .withMessageContaining("No more authentication methods");
    }

    @Test
    void takesNoPasswords() throws IOException {
        try (ClientSession session = client.connect("root", "127.0.0.1", door.port())
                .verify(PATIENCE)
                .getSession()) {
            session.addPasswordIdentity("root");
            assertThatExceptionOfType(SshException.class)
                    .isThrownBy(() -> session.auth().verify(PATIENCE))
                    .withMessageContaining("No more authentication methods");
        }
    }

    @Test
    void forwardsNoPorts() throws IOException {
        try (ClientSession session = session(known)) {
            assertThatExceptionOfType(SshException.class)
                    .isThrownBy(() -> session.startRemotePortForwarding(
                            new SshdSocketAddress("127.0.0.1", 0), new SshdSocketAddress("127.0.0.1", 9)));
        }
    }

    // ---- keys ----

    @Test
    void keepsItsHostKeyAndKeepsItToItself() throws IOException {
        line("a", "");
        door.close();
        door = door();
        line("b", "");
        assertThat(hostKeys).hasSize(2);
        assertThat(hostKeys.get(0)).isEqualTo(hostKeys.get(1));
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(hostKey())))
                .isEqualTo("rw-------");
    }

    @Test
    void doesNotReplaceABrokenHostKey() throws IOException {
        Files.writeString(hostKey(), "no key\n");
        assertThatExceptionOfType(IOException.class)
                .isThrownBy(this::door)
                .withMessageStartingWith("the host key " + hostKey() + " cannot be read or made: ");
        assertThat(hostKey()).hasContent("no key");
    }

    @Test
    void wantsTheKeysOfAdministrators() throws IOException {
        Files.delete(keys());
        assertThatExceptionOfType(IOException.class)
                .isThrownBy(this::door)
                .withMessage("the keys of the administrators cannot be read: " + keys());
    }

    @Test
    void saysThatThePortIsTaken() {
        Door taken = new Door("127.0.0.1", door.port(), hostKey(), keys());
        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> new SshDoor(taken, "fw", SshDoorTest::answer))
                .withMessageStartingWith("the console cannot listen on 127.0.0.1 port " + door.port() + ": ");
    }
}
