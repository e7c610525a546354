package net.pfsync.suite.cli;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** A file of hexadecimal digits; white space means nothing, {@code #} begins a remark. */
final class HexFile {

    private static final int HEX = 16;

    private final Path file;
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private int line = 1;
    private int column;
    private int high = -1;
    private int highLine;
    private int highColumn;

    private HexFile(Path file) {
        this.file = file;
    }

    /** A file that does not hold bytes: one line with file, line and column. */
    static final class BadHex extends Exception {

        private static final long serialVersionUID = 1L;

        BadHex(String message) {
            super(message);
        }
    }

    /**
     * Reads a file.
     *
     * @param file the file
     * @return its bytes
     * @throws BadHex if it cannot be read, or is not pairs of hexadecimal digits
     */
    static byte[] read(Path file) throws BadHex {
        String text;
        try {
            text = Files.readString(file, StandardCharsets.ISO_8859_1);
        } catch (NoSuchFileException e) {
            throw new BadHex(file + ": there is no such file");
        } catch (IOException e) {
            throw new BadHex(file + ": cannot be read (" + e.getMessage() + ")");
        }
        return new HexFile(file).parse(text);
    }

    private byte[] parse(String text) throws BadHex {
        boolean remark = false;
        for (int i = 0; i < text.length(); i++) {
            char next = text.charAt(i);
            column++;
            if (next == '\n') {
                line++;
                column = 0;
                remark = false;
            } else if (next == '#') {
                remark = true;
            } else if (!remark && !Character.isWhitespace(next)) {
                digit(next);
            }
        }
        if (high >= 0) {
            throw new BadHex(file + ":" + highLine + ":" + highColumn
                    + ": the last digit has no partner; a byte is two hexadecimal digits");
        }
        if (bytes.size() == 0) {
            throw new BadHex(file + ":1:1: no byte in it; hexadecimal digits are expected");
        }
        return bytes.toByteArray();
    }

    private void digit(char next) throws BadHex {
        int digit = Character.digit(next, HEX);
        if (digit < 0 || next > '~') {
            String shown = next > ' ' && next <= '~' ? "'" + next + "'" : String.format("character 0x%02x", (int) next);
            throw new BadHex(file + ":" + line + ":" + column + ": " + shown
                    + " is no hexadecimal digit; possible: 0-9, a-f, A-F, white space, # and a remark");
        }
        if (high < 0) {
            high = digit;
            highLine = line;
            highColumn = column;
        } else {
            bytes.write(high * HEX + digit);
            high = -1;
        }
    }
}
