package net.pfsync.node.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.UnaryOperator;
import net.pfsync.net.Link;
import net.pfsync.net.MacAddress;
import net.pfsync.net.VirtualLan;
import net.pfsync.node.Firewall;
import net.pfsync.node.Settings;
import net.pfsync.pf.State;
import net.pfsync.pf.States;
import net.pfsync.release.Release;
import net.pfsync.time.VirtualTime;
import net.pfsync.wire.Dialect;
import net.pfsync.wire.FrameBuilder;
import net.pfsync.wire.Kind;
import net.pfsync.wire.StateMessage;

/** A firewall with the interfaces of those on which the outputs were recorded, alone on its LANs, and its console. */
final class Machine {

    static final int HOST_ID = 1;

    /** When the recorded ones were booted: 2026-11-22 07:43:09 UTC. */
    static final long BOOT = 1_795_333_389L;

    final VirtualTime time;
    final Firewall firewall;
    final Map<String, String> files = new HashMap<>();
    private final Console console;

    Machine(UnaryOperator<Settings> change) {
        this("openbsd-7.6", 0, change);
    }

    Machine(String release, long uptimeSeconds, UnaryOperator<Settings> change) {
        time = new VirtualTime(BOOT + uptimeSeconds);
        Settings settings = Settings.of(Release.of(release))
                .hostname("A")
                .hostId(HOST_ID)
                .uptimeSeconds(uptimeSeconds)
                .withInterface("vio0", mac(0), "10.0.0.1/24")
                .withInterface("vio1", mac(1), "fd00:1::1/64", "10.1.0.1/24")
                .withInterface("vio2", mac(2), "fd00:2::1/64", "10.2.0.1/24");
        firewall = new Firewall(Release.of(release), change.apply(settings), time);
        for (int i = 0; i < 3; i++) {
            Link link = new VirtualLan(time, Duration.ZERO).attach("A", mac(i));
            firewall.connect("vio" + i, link);
        }
        console = new Console(firewall, this::read);
    }

    private static MacAddress mac(int number) {
        return MacAddress.parse("52:54:00:01:00:0" + number);
    }

    private String read(String path) throws IOException {
        if (!files.containsKey(path)) {
            throw new IOException("No such file or directory", new NoSuchFileException(path));
        }
        return files.get(path);
    }

    Answer run(String line) {
        return console.run(line, "");
    }

    Answer run(String line, String input) {
        return console.run(line, input);
    }

    /** Runs a line that must work. */
    String out(String line) {
        Answer answer = run(line);
        assertThat(answer.exit()).as(line + ": " + answer.err()).isZero();
        return answer.out() + answer.err();
    }

    void seconds(long seconds) {
        time.advance(Duration.ofSeconds(seconds));
    }

    /** Puts a state into the table as a peer's INS does. */
    void take(byte[] raw) {
        Dialect dialect = firewall.release().dialect();
        StateMessage state = (StateMessage) dialect.layout(Kind.INS).message(raw, 0);
        byte[] packet = FrameBuilder.of(dialect)
                .source("10.0.0.2")
                .destination("224.0.0.240")
                .add(state)
                .build();
        firewall.pfsync().receive("vio0", packet);
    }

    /** What the recorded machine did: the same command gives the same text and exit code. */
    void says(int number) {
        RecordedOutput recorded = RecordedOutput.of(number);
        Answer answer = run(recorded.command());
        assertThat(answer.out() + answer.err())
                .as("%d, %s", number, recorded.command())
                .isEqualTo(recorded.output());
        assertThat(answer.exit()).as("%d, %s", number, recorded.command()).isEqualTo(recorded.exit());
    }

    /** A state that a user added. */
    State add(int number) {
        State state = States.tcp(number, HOST_ID);
        assertThat(firewall.addState(state)).isTrue();
        return state;
    }
}
