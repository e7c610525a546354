package net.pfsync.machine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.util.List;
import net.pfsync.machine.NodeConfig.Door;
import net.pfsync.node.console.Answer;
import org.apache.sshd.common.keyprovider.FileKeyPairProvider;
import org.apache.sshd.common.keyprovider.KeyPairProvider;
import org.apache.sshd.core.CoreModuleProperties;
import org.apache.sshd.server.SshServer;
import org.apache.sshd.server.auth.pubkey.UserAuthPublicKeyFactory;
import org.apache.sshd.server.config.keys.AuthorizedKeysAuthenticator;
import org.apache.sshd.server.keyprovider.SimpleGeneratorHostKeyProvider;

/** The way to the console from elsewhere: an SSH server with public keys only, without forwarding and subsystems. Users' names do not matter. */
final class SshDoor implements AutoCloseable {

    private final SshServer server = SshServer.setUpDefaultServer();

    /** Runs a line on the console. */
    @FunctionalInterface
    interface Lines {
        /**
         * Runs it.
         *
         * @param line the line
         * @param input its standard input
         * @return its answer
         * @throws IOException if there is none
         */
        Answer run(String line, String input) throws IOException;
    }

    /**
     * Opens the door.
     *
     * @param door where, and with which keys
     * @param hostname for the prompt
     * @param lines who runs the lines
     * @throws IOException if a key cannot be read or the port is taken; the message is one line
     */
    SshDoor(Door door, String hostname, Lines lines) throws IOException {
        if (!Files.isReadable(door.authorizedKeys())) {
            throw new IOException("the keys of the administrators cannot be read: " + door.authorizedKeys());
        }
        server.setHost(door.address());
        server.setPort(door.port());
        server.setKeyPairProvider(hostKey(door.hostKey()));
        server.setUserAuthFactories(List.of(UserAuthPublicKeyFactory.INSTANCE));
        server.setPublickeyAuthenticator(new AuthorizedKeysAuthenticator(door.authorizedKeys()));
        server.setCommandFactory((channel, line) -> new LineCommand(line, lines));
        server.setShellFactory(channel -> new Shell(hostname, lines));
        server.setSubsystemFactories(List.of());
        CoreModuleProperties.TCP_NODELAY.set(server, true);
        try {
            server.start();
        } catch (IOException e) {
            throw new IOException(
                    "the console cannot listen on " + door.address() + " port " + door.port() + ": " + e.getMessage(),
                    e);
        }
    }

    /** One that is not there is made; one that is broken is not replaced. */
    private static KeyPairProvider hostKey(Path file) throws IOException {
        try {
            if (!Files.exists(file)) {
                Files.createDirectories(file.toAbsolutePath().getParent());
                new SimpleGeneratorHostKeyProvider(file).loadKeys(null);
                Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
            }
            KeyPairProvider provider = new FileKeyPairProvider(file);
            if (!provider.loadKeys(null).iterator().hasNext()) {
                throw new IOException("there is no key in it");
            }
            return provider;
        } catch (IOException | GeneralSecurityException | RuntimeException e) {
            throw new IOException("the host key " + file + " cannot be read or made: " + e.getMessage(), e);
        }
    }

    /** The port that it listens on. */
    int port() {
        return server.getPort();
    }

    @Override
    public void close() {
        try {
            server.stop(true);
        } catch (IOException e) {
            // What is left of it ends with the program.
        }
    }
}
