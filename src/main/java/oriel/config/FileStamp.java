package oriel.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.Optional;

/**
 * What tells one content of a file from the next without reading it.
 *
 * @param size in bytes; -1 if there is no such file, or it cannot be looked at
 * @param modified when it was last written
 * @param key names the file below its name, where the system has such a thing: another one after a rename over it
 */
public record FileStamp(long size, FileTime modified, Optional<Object> key) {
    private static final FileStamp NONE = new FileStamp(-1, FileTime.fromMillis(0), Optional.empty());

    /** How the file is now. */
    public static FileStamp of(Path file) {
        try {
            return read(file);
        } catch (IOException e) {
            return NONE; // What cannot be looked at is as good as absent; whoever loads it says why.
        }
    }

    /**
     * How the file is now.
     *
     * @throws IOException if there is none, or it cannot be looked at
     */
    public static FileStamp read(Path file) throws IOException {
        BasicFileAttributes facts = Files.readAttributes(file, BasicFileAttributes.class);
        return new FileStamp(facts.size(), facts.lastModifiedTime(), Optional.ofNullable(facts.fileKey()));
    }

    /** Whether there is a file. */
    public boolean there() {
        return size >= 0;
    }
}
