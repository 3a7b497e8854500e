package oriel.config;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.Set;

/**
 * Moving in from go2rtc: looks through a configuration of its, in Home Assistant's folder or given as text, and copies the
 * one of the folder to our own place when its owner says so. Never writes over anything, nor into that folder. Any thread.
 */
public final class MovingIn {
    private static final Set<StandardOpenOption> NEW = Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);

    private final ConfigReload reload;
    private final ConfigReviewer reviewer;

    public MovingIn(ConfigReload reload, ConfigReviewer reviewer) {
        this.reload = reload;
        this.reviewer = reviewer;
    }

    /**
     * What lies in Home Assistant's folder.
     *
     * @param home the file
     * @param review what works of it
     * @param obstacle why it cannot be copied to our own place; empty if it can
     */
    public record Found(HomeFile home, ConfigReview review, Optional<String> obstacle) {}

    /**
     * Looks at what lies in Home Assistant's folder now.
     *
     * @return empty if there is nothing
     * @throws MovingException if it cannot be read
     */
    public Optional<Found> look() throws MovingException {
        Optional<HomeFile> home = reload.current().home();
        if (home.isEmpty()) {
            return Optional.empty();
        }
        Path path = home.get().path();
        ConfigReview review = review(path.toString(), new String(read(path), StandardCharsets.UTF_8));
        return Optional.of(new Found(home.get(), review, obstacle(review)));
    }

    /** What works of a text, which is not kept. */
    public ConfigReview review(String label, String text) {
        return reviewer.review(label, text);
    }

    /** Where our own configuration is, or would be. */
    public Optional<Path> ownPlace() {
        return reload.current().file();
    }

    /**
     * Copies what lies in Home Assistant's folder to our own place, as it is, and lets that take effect.
     *
     * @return what changed by it
     * @throws MovingException why not; then nothing was written
     */
    public synchronized ReloadReport adopt() throws MovingException {
        Found found = look().orElseThrow(() -> new MovingException(
                MovingException.Reason.NOTHING_THERE, "There is no go2rtc.yaml in Home Assistant's folder."));
        Path own = ownPlace()
                .orElseThrow(() -> new MovingException(
                        MovingException.Reason.NO_PLACE, "Oriel was started without a place for a file of its own."));
        if (Files.exists(own, LinkOption.NOFOLLOW_LINKS)) {
            throw taken(own);
        }
        if (found.obstacle().isPresent()) {
            throw new MovingException(
                    MovingException.Reason.MISTAKE, found.obstacle().get());
        }
        copy(read(found.home().path()), own);
        try {
            return reload.reload();
        } catch (ConfigException e) {
            throw new MovingException(
                    MovingException.Reason.MISTAKE,
                    own + " is written, but not used: "
                            + reload.redacted(e.lines().getFirst()));
        }
    }

    private Optional<String> obstacle(ConfigReview review) {
        Optional<Path> own = ownPlace();
        if (own.isEmpty()) {
            return Optional.of("Oriel was started without a place for a file of its own.");
        }
        if (Files.exists(own.get(), LinkOption.NOFOLLOW_LINKS)) {
            return Optional.of(taken(own.get()).sentence());
        }
        return review.usable()
                ? Optional.empty()
                : Optional.of("It has a mistake, which the table shows. Correct it first.");
    }

    private static MovingException taken(Path own) {
        return new MovingException(
                MovingException.Reason.TAKEN, "There is a configuration of your own already, " + own + ": it stays.");
    }

    private static byte[] read(Path path) throws MovingException {
        try (InputStream in = Files.newInputStream(path)) {
            byte[] bytes = in.readNBytes(YamlReader.MAX_CHARS + 1);
            if (bytes.length > YamlReader.MAX_CHARS) {
                throw new MovingException(
                        MovingException.Reason.NOTHING_THERE,
                        path + " has more than " + YamlReader.MAX_CHARS + " bytes.");
            }
            return bytes;
        } catch (IOException e) {
            throw new MovingException(
                    MovingException.Reason.NOTHING_THERE, path + " can't be read. Check who may read it.");
        }
    }

    // Whole or not at all, and never over another file, also one that came a moment ago: a link is made only where no
    // name
    // is.
    private static void copy(byte[] content, Path own) throws MovingException {
        Path fresh = own.resolveSibling("." + own.getFileName() + ".moving");
        try {
            Files.deleteIfExists(fresh); // left by somebody who was killed
            write(content, fresh);
            try {
                name(fresh, own);
            } finally {
                Files.deleteIfExists(fresh);
            }
            forceFolder(own);
        } catch (FileAlreadyExistsException e) {
            throw taken(own);
        } catch (IOException e) {
            throw new MovingException(
                    MovingException.Reason.DISK,
                    own + " can't be written. Check that its folder is there, is ours to write to, and has room.");
        }
    }

    private static void write(byte[] content, Path fresh) throws IOException {
        try (SeekableByteChannel channel = Files.newByteChannel(fresh, NEW, forOwner(fresh))) {
            ByteBuffer bytes = ByteBuffer.wrap(content);
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            ((FileChannel) channel).force(true);
        }
    }

    private static void name(Path fresh, Path own) throws IOException {
        try {
            Files.createLink(own, fresh);
        } catch (FileAlreadyExistsException e) {
            throw e;
        } catch (UnsupportedOperationException | FileSystemException e) {
            Files.move(fresh, own); // No links on this disk: this too refuses a name that is taken.
        }
    }

    private static void forceFolder(Path own) throws IOException {
        Path folder = own.toAbsolutePath().getParent();
        if (folder != null && isPosix(own)) {
            try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
                channel.force(true);
            }
        }
    }

    // There are passwords in it.
    private static FileAttribute<?>[] forOwner(Path path) {
        return isPosix(path)
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
                }
                : new FileAttribute<?>[0];
    }

    private static boolean isPosix(Path path) {
        return path.getFileSystem().supportedFileAttributeViews().contains("posix");
    }
}
