package net.pfsync.suite.target.real;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import net.pfsync.suite.target.real.LabConfig.ConsoleAddress;
import net.pfsync.suite.verdict.CannotTell;
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

/** A console behind SSH: one connection, a key from a file, and no host but the known one. What the user's own SSH is told plays no part. */
public final class SshConsole implements Remote {

    /** Longer than any command of an adapter takes, also on a busy firewall. */
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private static final int MOST_OUTPUT = 64 << 20;

    private final ConsoleAddress address;
    private final SshClient client;
    private final ClientSession session;

    private SshConsole(ConsoleAddress address, SshClient client, ClientSession session) {
        this.address = address;
        this.client = client;
        this.session = session;
    }

    /**
     * Connects and logs in.
     *
     * @param address of the console
     * @return the console
     * @throws LabException if a file is missing, the host is not reached or not the known one, or it refuses the key
     */
    public static SshConsole connect(ConsoleAddress address) throws LabException {
        readable(address.knownHosts(), "known-hosts");
        KeyPair key = key(readable(address.key(), "key"));
        AtomicReference<String> refused = new AtomicReference<>();
        SshClient client = SshClient.setUpDefaultClient();
        KnownHostsServerKeyVerifier known = new KnownHostsServerKeyVerifier(
                (session, remote, hostKey) -> {
                    refused.set("its host key is not in " + address.knownHosts());
                    return false;
                },
                address.knownHosts());
        known.setModifiedServerKeyAcceptor((session, remote, entry, expected, actual) -> {
            refused.set("its host key is another one than in " + address.knownHosts());
            return false;
        });
        client.setServerKeyVerifier(known);
        client.setHostConfigEntryResolver(HostConfigEntryResolver.EMPTY);
        client.setKeyIdentityProvider(KeyIdentityProvider.EMPTY_KEYS_PROVIDER);
        CoreModuleProperties.TCP_NODELAY.set(client, true);
        client.start();
        boolean connected = false;
        try {
            ClientSession session = client.connect(address.user(), address.host(), address.port())
                    .verify(PATIENCE)
                    .getSession();
            session.addPublicKeyIdentity(key);
            session.auth().verify(PATIENCE);
            connected = true;
            return new SshConsole(address, client, session);
        } catch (IOException e) {
            String why = refused.get() == null ? oneLine(e) : refused.get();
            throw new LabException("the console " + address + " does not let us in: " + why, e);
        } finally {
            if (!connected) {
                client.stop();
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

    /**
     * A command whose input and output are streams, not yet started.
     *
     * @param command a line for the shell there
     * @return the channel
     * @throws IOException if the connection is lost
     */
    ChannelExec channel(String command) throws IOException {
        return session.createExecChannel(command);
    }

    @Override
    public Output run(String command, String input) {
        ByteArrayOutputStream out = new Limited();
        ByteArrayOutputStream err = new Limited();
        try (ChannelExec channel = session.createExecChannel(command)) {
            channel.setIn(new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)));
            channel.setOut(out);
            channel.setErr(err);
            channel.open().verify(PATIENCE);
            Set<ClientChannelEvent> seen = channel.waitFor(Set.of(ClientChannelEvent.CLOSED), PATIENCE);
            if (!seen.contains(ClientChannelEvent.CLOSED)) {
                throw new CannotTell("the console " + address + " did not answer '" + command + "' within "
                        + PATIENCE.toSeconds() + " s");
            }
            if (channel.getExitStatus() == null) {
                throw new CannotTell("the console " + address + " went away during '" + command + "'");
            }
            return new Output(
                    out.toString(StandardCharsets.UTF_8),
                    err.toString(StandardCharsets.UTF_8),
                    channel.getExitStatus());
        } catch (IOException e) {
            throw new CannotTell("the console " + address + " is lost: " + oneLine(e));
        }
    }

    @Override
    public Output read(String command, OutputReader reader) throws IOException {
        ByteArrayOutputStream err = new Limited();
        try (ChannelExec channel = session.createExecChannel(command)) {
            channel.setErr(err);
            channel.open().verify(PATIENCE);
            InputStream out = channel.getInvertedOut();
            if (out instanceof ChannelPipedInputStream piped) {
                piped.setTimeout(PATIENCE.toMillis());
            }
            reader.read(new InputStreamReader(out, StandardCharsets.UTF_8));
            Set<ClientChannelEvent> seen = channel.waitFor(Set.of(ClientChannelEvent.CLOSED), PATIENCE);
            if (!seen.contains(ClientChannelEvent.CLOSED) || channel.getExitStatus() == null) {
                throw new IOException("it went away during '" + command + "'");
            }
            return new Output("", err.toString(StandardCharsets.UTF_8), channel.getExitStatus());
        } catch (SocketTimeoutException e) {
            throw new IOException("nothing came of '" + command + "' for " + PATIENCE.toSeconds() + " s", e);
        } catch (IOException e) {
            throw new IOException(oneLine(e), e);
        }
    }

    /** Nobody's output fills the memory. */
    private static final class Limited extends ByteArrayOutputStream {
        @Override
        public synchronized void write(byte[] bytes, int offset, int length) {
            if (size() + length <= MOST_OUTPUT) {
                super.write(bytes, offset, length);
            }
        }
    }

    private static String oneLine(Throwable thrown) {
        return String.valueOf(thrown.getMessage()).strip().replaceAll("\\s*\\R\\s*", " ");
    }

    @Override
    public void close() {
        session.close(true);
        client.stop();
    }
}
