package net.pfsync.suite.compare;

import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.function.Consumer;
import net.pfsync.suite.state.StateView;
import net.pfsync.suite.target.real.StateListing;
import net.pfsync.suite.verdict.CannotTell;

/** A saved {@code pfctl -s states -vv}. */
public record FileParty(Path file) implements Party {

    @Override
    public String name() {
        return file.toString();
    }

    @Override
    public void states(Consumer<StateView> taker) throws IOException {
        if (Files.isDirectory(file)) {
            throw new IOException("is a folder; a saved 'pfctl -s states -vv' is expected");
        }
        try (Reader reader = Files.newBufferedReader(file, StandardCharsets.ISO_8859_1)) {
            StateListing.read(reader, taker);
        } catch (NoSuchFileException e) {
            throw new IOException("there is no such file", e);
        } catch (AccessDeniedException e) {
            throw new IOException("may not be read", e);
        } catch (CannotTell e) {
            throw new IOException(e.getMessage() + "; a saved 'pfctl -s states -vv' is expected", e);
        }
    }
}
