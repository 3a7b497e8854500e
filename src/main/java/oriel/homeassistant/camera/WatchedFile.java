package oriel.homeassistant.camera;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import oriel.config.FileStamp;

/**
 * A file that another program writes. Whoever looks often enough gets each of its contents once; a file that is away for a
 * while, or a folder that is not there yet, is no news. For one thread.
 *
 * <p>It is told by size, time and number of the file, not by the system's notices: those do not come through from every
 * kind of mounted folder, end when a folder is replaced, and need it to be there at the start. Two such looks a second
 * cost nothing.
 */
final class WatchedFile {
    /** Looks at a content that was refused, before only another one is news again: it may still have been on its way. */
    static final int LOOKS_AFTER_REFUSAL = 5;

    private final Path path;
    private final int maxBytes;
    private Optional<FileStamp> last = Optional.empty();
    private boolean refused;
    private int refusals;

    /** @param maxBytes a larger file cannot be read */
    WatchedFile(Path path, int maxBytes) {
        this.path = path;
        this.maxBytes = maxBytes;
    }

    Path path() {
        return path;
    }

    /**
     * The content, if it is another one than at the last call, or was refused a moment ago.
     *
     * @throws IOException if it is there and cannot be read, at each call
     */
    Optional<byte[]> news() throws IOException {
        FileStamp look;
        try {
            look = FileStamp.read(path);
        } catch (NoSuchFileException e) {
            return Optional.empty(); // not there yet, or between two names
        }
        boolean same = last.filter(look::equals).isPresent();
        if ((same && !(refused && refusals <= LOOKS_AFTER_REFUSAL)) || !Files.isRegularFile(path)) {
            return Optional.empty();
        }
        if (look.size() > maxBytes) {
            throw new IOException("it has " + look.size() + " bytes, at most " + maxBytes + " are read");
        }
        try (InputStream in = Files.newInputStream(path)) {
            byte[] content = in.readNBytes(maxBytes + 1);
            last = Optional.of(look);
            refusals = same ? refusals : 0;
            refused = false;
            return Optional.of(content);
        }
    }

    /** What the last {@link #news} gave made no sense: it is given again for some calls, should it not change. */
    void refuse() {
        refused = true;
        refusals++;
    }
}
