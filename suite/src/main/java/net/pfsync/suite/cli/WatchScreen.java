package net.pfsync.suite.cli;

import java.io.Closeable;
import java.io.IOException;
import java.util.List;
import net.pfsync.suite.watch.WatchPage.Line;
import org.jline.terminal.Attributes;
import org.jline.terminal.Size;
import org.jline.terminal.Terminal;
import org.jline.utils.AttributedString;
import org.jline.utils.AttributedStyle;
import org.jline.utils.Display;
import org.jline.utils.InfoCmp.Capability;

/** The whole of a terminal, which is given back as it was. Only what changed is written, so that slow lines keep up. */
final class WatchScreen implements Closeable {

    private static final int USUAL_WIDTH = 80;
    private static final int USUAL_HEIGHT = 24;

    private final Terminal terminal;
    private final Attributes before;
    private final Display display;
    private Size size = new Size(0, 0);

    /**
     * Takes the terminal.
     *
     * @param terminal that can address its lines
     * @param interrupt run at Ctrl-C, on another thread
     */
    WatchScreen(Terminal terminal, Runnable interrupt) {
        this.terminal = terminal;
        before = terminal.enterRawMode();
        terminal.handle(Terminal.Signal.INT, signal -> interrupt.run());
        terminal.puts(Capability.enter_ca_mode);
        terminal.puts(Capability.cursor_invisible);
        terminal.flush();
        display = new Display(terminal, true);
    }

    /** Whether a terminal can be drawn on. */
    static boolean possible(Terminal terminal) {
        return !terminal.getType().startsWith(Terminal.TYPE_DUMB)
                && terminal.getStringCapability(Capability.cursor_address) != null;
    }

    int width() {
        return size().getColumns();
    }

    int height() {
        return size().getRows();
    }

    /** Some consoles do not know their size. */
    private Size size() {
        Size told = terminal.getSize();
        return new Size(
                told.getColumns() > 0 ? told.getColumns() : USUAL_WIDTH,
                told.getRows() > 0 ? told.getRows() : USUAL_HEIGHT);
    }

    /** Draws lines that fit. */
    void draw(List<Line> lines) {
        Size now = size();
        if (!now.equals(size)) {
            size = now;
            display.resize(now.getRows(), now.getColumns());
            display.clear();
        }
        display.update(lines.stream().map(WatchScreen::styled).toList(), 0);
        terminal.flush();
    }

    private static AttributedString styled(Line line) {
        AttributedStyle style = AttributedStyle.DEFAULT;
        style = switch (line.look()) {
            case TITLE -> style.bold().inverse();
            case ERROR -> style.foreground(AttributedStyle.RED).bold();
            case WARNING -> style.foreground(AttributedStyle.YELLOW);
            case GOOD -> style.foreground(AttributedStyle.GREEN);
            case PLAIN -> style;
        };
        return new AttributedString(line.text(), style);
    }

    /**
     * Waits for a key.
     *
     * @param millis at most
     * @return false if the user wants to end
     */
    boolean goesOn(long millis) throws IOException {
        int key = terminal.reader().read(millis);
        return key != 'q' && key != 'Q' && key != '\u0003' && key != -1;
    }

    @Override
    public void close() throws IOException {
        terminal.puts(Capability.cursor_normal);
        terminal.puts(Capability.exit_ca_mode);
        terminal.flush();
        terminal.setAttributes(before);
        terminal.close();
    }
}
