package net.pfsync.machine;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import net.pfsync.node.console.Answer;
import org.apache.sshd.server.Environment;
import org.apache.sshd.server.command.AbstractCommandSupport;

/**
 * {@code ssh host}: line after line on the console until {@code exit}. On a terminal it echoes and knows backspace, Ctrl-C and Ctrl-D; without one it
 * reads lines, so that a script can be fed to it.
 */
final class Shell extends AbstractCommandSupport {

    private static final int LONGEST_LINE = 4096;
    private static final int CTRL_C = 3;
    private static final int CTRL_D = 4;
    private static final int BACKSPACE = 8;
    private static final int ESCAPE = 27;
    private static final int DELETE = 127;
    private static final int LOST = 255;

    private final String prompt;
    private final SshDoor.Lines lines;
    private final StringBuilder line = new StringBuilder();
    private boolean terminal;
    private int last;

    Shell(String hostname, SshDoor.Lines lines) {
        super("shell", null);
        this.prompt = hostname + "# ";
        this.lines = lines;
    }

    @Override
    public void run() {
        try {
            terminal = getEnvironment().getEnv().containsKey(Environment.ENV_TERM);
            onExit(serve(getInputStream()));
        } catch (IOException e) {
            onExit(LOST, e.getMessage());
        }
    }

    private int serve(InputStream input) throws IOException {
        prompt();
        for (int c = input.read(); c >= 0; c = input.read()) {
            if (c == CTRL_D && line.isEmpty()) {
                return last;
            }
            if (c == '\n' || c == '\r') {
                echo("\r\n");
                String typed = line.toString().strip();
                line.setLength(0);
                if (typed.equals("exit") || typed.equals("logout")) {
                    return last;
                }
                execute(typed);
                prompt();
            } else {
                edit(c, input);
            }
        }
        if (!line.isEmpty()) {
            execute(line.toString());
        }
        return last;
    }

    private void edit(int c, InputStream input) throws IOException {
        if (c == BACKSPACE || c == DELETE) {
            if (!line.isEmpty()) {
                line.setLength(line.length() - 1);
                echo("\b \b");
            }
        } else if (c == CTRL_C) {
            line.setLength(0);
            echo("^C\r\n");
            prompt();
        } else if (c == ESCAPE) {
            skipKey(input);
        } else if (c >= ' ' && c < DELETE && line.length() < LONGEST_LINE) {
            line.append((char) c);
            echo(String.valueOf((char) c));
        }
    }

    /** Keys such as arrows come as an escape, a bracket, and parameters up to a letter. */
    private static void skipKey(InputStream input) throws IOException {
        int c = input.read();
        while (c == '[' || c == 'O' || c == ';' || Character.isDigit(c)) {
            c = input.read();
        }
    }

    private void execute(String typed) throws IOException {
        Answer answer = lines.run(typed, "");
        write(getOutputStream(), answer.out());
        write(terminal ? getOutputStream() : getErrorStream(), answer.err());
        last = answer.exit();
    }

    private void prompt() throws IOException {
        if (terminal) {
            write(getOutputStream(), prompt);
        }
    }

    private void echo(String text) throws IOException {
        if (terminal) {
            getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
            getOutputStream().flush();
        }
    }

    private void write(OutputStream to, String text) throws IOException {
        to.write((terminal ? text.replace("\n", "\r\n") : text).getBytes(StandardCharsets.UTF_8));
        to.flush();
    }
}
