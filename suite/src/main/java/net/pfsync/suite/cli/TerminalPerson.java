package net.pfsync.suite.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import net.pfsync.suite.target.real.Person;

/** Who sits at this terminal, or the script whose output is read here. */
final class TerminalPerson implements Person {

    private final PrintWriter out;
    private BufferedReader in;

    TerminalPerson(PrintWriter out) {
        this.out = out;
    }

    @Override
    public void tell(String line) {
        out.println(line);
        out.flush();
    }

    @Override
    public String answer() {
        if (in == null) {
            in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        }
        try {
            return in.readLine();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
