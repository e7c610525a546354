package net.pfsync.suite.target.real;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import net.pfsync.suite.target.real.LabConfig.ConsoleAddress;
import net.pfsync.suite.verdict.CannotTell;
import org.apache.sshd.agent.SshAgent;
import org.apache.sshd.client.SshClient;
import org.apache.sshd.client.channel.ChannelExec;
import org.apache.sshd.client.channel.ClientChannelEvent;
import org.apache.sshd.client.config.hosts.HostConfigEntryResolver;
import org.apache.sshd.client.keyverifier.KnownHostsServerKeyVerifier;
import org.apache.sshd.client.session.ClientSession;
import org.apache.sshd.common.channel.ChannelPipedInputStream;
import org.apache.sshd.common.keyprovider.FileKeyPairProvider;
import org.apache.sshd.common.keyprovider.KeyIdentityProvider;
import org.apache.sshd.core.CoreModuleProperties;

/**
 * A console behind SSH: one connection, a key from a file or from the user's agent, and no host but the known one. What the user's own SSH is told plays
 * no part.
 *
 * <p>A connection that is gone, because the firewall was booted for example, is made again for the next command. When that fails, or a command hangs, the
 * console is lost: whatever is asked is refused at once until it is time to try again, so that nobody waits for it command by command.
 */
public final class SshConsole implements Remote {

    private static final int MOST_OUTPUT = 64 << 20;
    private static final String SIGNALLED = "it ended without an exit code";

    private final ConsoleAddress address;
    private final Patience patience;
    private final KeyPair key;
    private final SshClient client;
    private final AtomicBoolean mayTry = new AtomicBoolean(true);
    private volatile String refusedHost;
    private ClientSession session;
    private String lost;

    /**
     * How long is waited.
     *
     * @param login for a connection and a login
     * @param command for a command's end; longer than any of an adapter takes, also on a busy firewall
     * @param again until the next connection is tried after one that was refused at once, as while a firewall boots
     * @param pause the same after any other failure, which took its time
     */
    record Patience(Duration login, Duration command, Duration again, Duration pause) {

        /** What real firewalls are given. */
        static final Patience USUAL = new Patience(
                Duration.ofSeconds(10), Duration.ofSeconds(20), Duration.ofSeconds(1), Duration.ofSeconds(30));
    }

    private SshConsole(ConsoleAddress address, Patience patience, String agent) throws LabException {
        this.address = address;
        this.patience = patience;
        readable(address.knownHosts(), "known-hosts");
        this.key = address.key() == null ? null : key(readable(address.key(), "key"));
        this.client = SshClient.setUpDefaultClient();
        KnownHostsServerKeyVerifier known = new KnownHostsServerKeyVerifier(
                (session, remote, hostKey) -> refuse("its host key is not in " + address.knownHosts()),
                address.knownHosts());
        known.setModifiedServerKeyAcceptor((session, remote, entry, expected, actual) ->
                refuse("its host key is another one than in " + address.knownHosts()));
        client.setServerKeyVerifier(known);
        client.setHostConfigEntryResolver(HostConfigEntryResolver.EMPTY);
        client.setKeyIdentityProvider(KeyIdentityProvider.EMPTY_KEYS_PROVIDER);
        if (key == null) {
            client.setAgentFactory(SshAgentSocket.at(socket(agent)));
        }
        CoreModuleProperties.TCP_NODELAY.set(client, true);
        client.start();
    }

    /**
     * Connects and logs in.
     *
     * @param address of the console
     * @return the console
     * @throws LabException if a file is missing, the host is not reached or not the known one, or it refuses the key
     */
    public static SshConsole connect(ConsoleAddress address) throws LabException {
        return connect(address, Patience.USUAL, System.getenv(SshAgent.SSH_AUTHSOCKET_ENV_NAME));
    }

    /** The same with another patience, and another agent. */
    static SshConsole connect(ConsoleAddress address, Patience patience, String agent) throws LabException {
        SshConsole console = new SshConsole(address, patience, agent);
        boolean connected = false;
        try {
            console.login();
            connected = true;
            return console;
        } catch (IOException e) {
            throw new LabException("the console " + address + " does not let us in: " + console.why(e), e);
        } finally {
            if (!connected) {
                console.client.stop();
            }
        }
    }

    private boolean refuse(String why) {
        refusedHost = why;
        return false;
    }

    private String why(IOException thrown) {
        return refusedHost == null ? oneLine(thrown) : refusedHost;
    }

    private void login() throws IOException {
        refusedHost = null;
        ClientSession next = client.connect(address.user(), address.host(), address.port())
                .verify(patience.login())
                .getSession();
        boolean in = false;
        try {
            if (key != null) {
                next.addPublicKeyIdentity(key);
            }
            next.auth().verify(patience.login());
            session = next;
            in = true;
        } finally {
            if (!in) {
                next.close(true);
            }
        }
    }

    private static Path readable(Path file, String what) throws LabException {
        if (!Files.isReadable(file)) {
            throw new LabException("the " + what + " file " + file + " cannot be read; is the lab up?");
        }
        return file;
    }

    private static KeyPair key(Path file) throws LabException {
        try {
            for (KeyPair pair : new FileKeyPairProvider(file).loadKeys(null)) {
                return pair;
            }
        } catch (RuntimeException e) {
            throw new LabException("the key " + file + " cannot be read: " + oneLine(e), e);
        }
        throw new LabException("there is no key in " + file);
    }

    private static Path socket(String socket) throws LabException {
        if (socket == null || socket.isEmpty()) {
            throw new LabException("the lab file names no key, and there is no SSH agent (SSH_AUTH_SOCK is not set)");
        }
        return Path.of(socket);
    }

    // ---- commands ----

    /**
     * A command whose input and output are streams, not yet started.
     *
     * @param command a line for the shell there
     * @return the channel
     * @throws IOException if the connection is lost
     */
    ChannelExec channel(String command) throws IOException {
        return session.createExecChannel(address.become().isEmpty() ? command : address.become() + " " + command);
    }

    @Override
    public Output run(String command, String input) {
        if (lost != null && !mayTry.get()) {
            throw new CannotTell(lost);
        }
        if (lost != null || !session.isOpen()) {
            connectAgain();
        }
        Limited out = new Limited();
        Limited err = new Limited();
        try (ChannelExec channel = channel(command)) {
            channel.setIn(new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)));
            channel.setOut(out);
            channel.setErr(err);
            channel.open().verify(patience.command());
            Set<ClientChannelEvent> seen = channel.waitFor(Set.of(ClientChannelEvent.CLOSED), patience.command());
            if (!seen.contains(ClientChannelEvent.CLOSED)) {
                throw giveUp(
                        "did not answer '" + command + "' within "
                                + patience.command().toSeconds() + " s",
                        patience.pause());
            }
            if (channel.getExitStatus() == null) {
                throw new CannotTell(
                        session.isOpen()
                                ? "the console " + address + " broke '" + command + "' off: " + SIGNALLED
                                : "the console " + address + " went away during '" + command + "'");
            }
            return new Output(out.text(command), err.text(command), channel.getExitStatus());
        } catch (IOException e) {
            session.close(true);
            throw new CannotTell("the console " + address + " is lost: " + oneLine(e));
        }
    }

    @Override
    public Output read(String command, OutputReader reader) throws IOException {
        Limited err = new Limited();
        try (ChannelExec channel = channel(command)) {
            channel.setErr(err);
            channel.open().verify(patience.command());
            InputStream out = channel.getInvertedOut();
            if (out instanceof ChannelPipedInputStream piped) {
                piped.setTimeout(patience.command().toMillis());
            }
            reader.read(new InputStreamReader(out, StandardCharsets.UTF_8));
            Set<ClientChannelEvent> seen = channel.waitFor(Set.of(ClientChannelEvent.CLOSED), patience.command());
            if (!seen.contains(ClientChannelEvent.CLOSED) || channel.getExitStatus() == null) {
                throw new IOException("it went away during '" + command + "'");
            }
            return new Output("", err.text(command), channel.getExitStatus());
        } catch (SocketTimeoutException e) {
            throw new IOException(
                    "nothing came of '" + command + "' for "
                            + patience.command().toSeconds() + " s",
                    e);
        } catch (IOException e) {
            throw new IOException(oneLine(e), e);
        }
    }

    private void connectAgain() {
        try {
            login();
            lost = null;
        } catch (IOException e) {
            throw giveUp(
                    "is lost: " + why(e), root(e) instanceof ConnectException ? patience.again() : patience.pause());
        }
    }

    /** Nobody tries again before the pause is over. */
    private CannotTell giveUp(String why, Duration pause) {
        session.close(true);
        lost = "the console " + address + " " + why;
        mayTry.set(false);
        Executor later = CompletableFuture.delayedExecutor(pause.toMillis(), TimeUnit.MILLISECONDS, Runnable::run);
        later.execute(() -> mayTry.set(true));
        return new CannotTell(lost);
    }

    /** Nobody's output fills the memory. */
    private final class Limited extends ByteArrayOutputStream {
        private boolean cut;

        @Override
        public synchronized void write(byte[] bytes, int offset, int length) {
            cut |= size() + length > MOST_OUTPUT;
            if (!cut) {
                super.write(bytes, offset, length);
            }
        }

        synchronized String text(String command) {
            if (cut) {
                throw new CannotTell("the console " + address + " prints more than " + (MOST_OUTPUT >> 20)
                        + " MiB for '" + command + "'");
            }
            return toString(StandardCharsets.UTF_8);
        }
    }

    private static Throwable root(Throwable thrown) {
        Throwable root = thrown;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return root;
    }

    private static String oneLine(Throwable thrown) {
        return String.valueOf(root(thrown).getMessage()).strip().replaceAll("\\s*\\R\\s*", " ");
    }

    @Override
    public void close() {
        session.close(true);
        client.stop();
    }
}
