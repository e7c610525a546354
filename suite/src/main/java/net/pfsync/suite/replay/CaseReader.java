package net.pfsync.suite.replay;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.io.JsonEOFException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads a file of recorded cases, one JSON object per line.
 *
 * <p>It is total: any file gives either its cases or one line that says what is wrong and where. Fields that are not
 * known are passed over.
 */
final class CaseReader {

    /** The longest recorded line has 0.1 MB. */
    private static final int LONGEST_LINE = 16 << 20;

    private final JsonMapper json = JsonMapper.builder()
            .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();
    private final Path file;
    private final List<RecordedCase> cases = new ArrayList<>();
    private final Map<String, Integer> lines = new HashMap<>();

    private CaseReader(Path file) {
        this.file = file;
    }

    /**
     * Reads all cases of a file.
     *
     * @param file where they are
     * @return at least one, in the order of the file
     * @throws BadCaseFileException if it cannot be read, or one of its lines is no case
     */
    static List<RecordedCase> read(Path file) throws BadCaseFileException {
        CaseReader reader = new CaseReader(file);
        try (InputStream in = new BufferedInputStream(Files.newInputStream(file))) {
            reader.readAll(in);
        } catch (NoSuchFileException e) {
            throw new BadCaseFileException(file, "no such file");
        } catch (IOException e) {
            throw new BadCaseFileException(file, "cannot be read: " + e.getMessage());
        }
        if (reader.cases.isEmpty()) {
            throw new BadCaseFileException(file, "holds no case");
        }
        return reader.cases;
    }

    private void readAll(InputStream in) throws IOException, BadCaseFileException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        int line = 1;
        int next;
        do {
            next = in.read();
            if (next == '\n' || next < 0) {
                readLine(line++, bytes.toByteArray());
                bytes.reset();
            } else if (bytes.size() == LONGEST_LINE) {
                throw new BadCaseFileException(file, line, "is longer than " + LONGEST_LINE + " bytes");
            } else {
                bytes.write(next);
            }
        } while (next >= 0);
    }

    private void readLine(int line, byte[] bytes) throws BadCaseFileException {
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
            if (!text.isBlank()) {
                add(RecordedCase.read(new Fields(json.readTree(text), ""), line));
            }
        } catch (CharacterCodingException e) {
            throw new BadCaseFileException(file, line, "is not UTF-8");
        } catch (JsonProcessingException e) {
            throw new BadCaseFileException(file, line, "is not JSON: " + reason(e, bytes.length));
        } catch (MalformedCaseException e) {
            throw new BadCaseFileException(file, line, e.getMessage());
        }
    }

    private void add(RecordedCase recorded) throws BadCaseFileException {
        Integer before = lines.putIfAbsent(recorded.id(), recorded.line());
        if (before != null) {
            throw new BadCaseFileException(
                    file, recorded.line(), "id: " + recorded.id() + " is already the case of line " + before);
        }
        cases.add(recorded);
    }

    private static String reason(JsonProcessingException e, int length) {
        if (e instanceof JsonEOFException) {
            return "ends after " + length + " bytes in the middle of the object";
        }
        String message = e.getOriginalMessage().lines().findFirst().orElse("unreadable");
        return e.getLocation() == null ? message : "column " + e.getLocation().getColumnNr() + ": " + message;
    }
}
