package oriel.base;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/**
 * A file that is always whole: written beside its place, forced to the disk, then renamed, so that whoever reads it, even
 * after a power cut, finds the old content or the new. Only its owner may read it. One writer at a time.
 */
public final class AtomicFile {
    private static final Set<StandardOpenOption> NEW = Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);

    private final Path file;
    private final Path folder;
    private final boolean posix;

    /** @param folder absolute */
    public AtomicFile(Path folder, String name) {
        this.folder = folder;
        this.file = folder.resolve(name);
        this.posix = folder.getFileSystem().supportedFileAttributeViews().contains("posix");
    }

    public Path path() {
        return file;
    }

    /**
     * Replaces the content; makes the folder first, for its owner alone, if there is none. After an exception the old
     * content stands.
     */
    public void write(byte[] content) throws IOException {
        Files.createDirectories(folder, attributes("rwx------"));
        Path fresh = fresh(content);
        Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        forceFolder();
    }

    /**
     * Makes the file with its first content, in a folder that is there.
     *
     * @throws FileAlreadyExistsException if there is anything of this name, also something that came a moment ago: it stays
     */
    public void create(byte[] content) throws IOException {
        Path fresh = fresh(content);
        try {
            name(fresh);
        } finally {
            Files.deleteIfExists(fresh);
        }
        forceFolder();
    }

    private Path fresh(byte[] content) throws IOException {
        Path fresh = folder.resolve(file.getFileName() + ".tmp");
        Files.deleteIfExists(fresh); // left by somebody who was killed; opened anew, so that no link is followed
        try (SeekableByteChannel channel = Files.newByteChannel(fresh, NEW, attributes("rw-------"))) {
            ByteBuffer bytes = ByteBuffer.wrap(content);
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            ((FileChannel) channel).force(true);
        }
        return fresh;
    }

    // A link is made only where no name is.
    private void name(Path fresh) throws IOException {
        try {
            Files.createLink(file, fresh);
        } catch (FileAlreadyExistsException e) {
            throw e;
        } catch (UnsupportedOperationException | FileSystemException e) {
            Files.move(fresh, file); // No links on this disk: this too refuses a name that is taken.
        }
    }

    private void forceFolder() throws IOException {
        if (posix) { // elsewhere a folder can't be opened, and the system does this by itself
            try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
                channel.force(true);
            }
        }
    }

    private FileAttribute<?>[] attributes(String permissions) {
        return posix
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
                }
                : new FileAttribute<?>[0];
    }
}
