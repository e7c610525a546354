package net.pfsync.machine;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import net.pfsync.node.console.Answer;
import net.pfsync.node.console.Console;
import org.apache.sshd.server.command.AbstractCommandSupport;

/** {@code ssh host line}: one line on the console. */
final class LineCommand extends AbstractCommandSupport {

    private static final int LARGEST_INPUT = 1 << 20;
    private static final int LOST = 255;

    private final String line;
    private final SshDoor.Lines lines;

    LineCommand(String line, SshDoor.Lines lines) {
        super(line, null);
        this.line = line;
        this.lines = lines;
    }

    @Override
    public void run() {
        try {
            Answer answer = lines.run(line, Console.readsInput(line) ? read(getInputStream()) : "");
            getOutputStream().write(answer.out().getBytes(StandardCharsets.UTF_8));
            getErrorStream().write(answer.err().getBytes(StandardCharsets.UTF_8));
            getOutputStream().flush();
            getErrorStream().flush();
            onExit(answer.exit());
        } catch (IOException e) {
            onExit(LOST, e.getMessage());
        }
    }

    private static String read(InputStream input) throws IOException {
        return new String(input.readNBytes(LARGEST_INPUT), StandardCharsets.UTF_8);
    }
}
