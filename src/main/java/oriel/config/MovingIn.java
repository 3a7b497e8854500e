package oriel.config;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Optional;
import oriel.base.AtomicFile;

/**
 * Moving in from go2rtc: looks through a configuration of its, in Home Assistant's folder or given as text, and copies the
 * one of the folder to our own place when its owner says so. Never writes over anything, nor into that folder. Any thread.
 */
public final class MovingIn {
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
        ConfigReview review = review(home.get(), read(home.get().path()));
        return Optional.of(new Found(home.get(), review, obstacle(review).map(MovingException::sentence)));
    }

    private ConfigReview review(HomeFile home, byte[] content) {
        return review(home.path().toString(), new String(content, StandardCharsets.UTF_8));
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
        HomeFile home = reload.current()
                .home()
                .orElseThrow(() -> new MovingException(
                        MovingException.Reason.NOTHING_THERE, "There is no go2rtc.yaml in Home Assistant's folder."));
        byte[] content = read(home.path());
        Optional<MovingException> obstacle = obstacle(review(home, content));
        if (obstacle.isPresent()) {
            throw obstacle.get();
        }
        Path own = ownPlace().orElseThrow();
        copy(content, own);
        try {
            return reload.reload();
        } catch (ConfigException e) {
            throw new MovingException(
                    MovingException.Reason.MISTAKE,
                    own + " is written, but not used: "
                            + reload.redacted(e.lines().getFirst()));
        }
    }

    private Optional<MovingException> obstacle(ConfigReview review) {
        Optional<Path> own = ownPlace();
        if (own.isEmpty()) {
            return Optional.of(new MovingException(
                    MovingException.Reason.NO_PLACE, "Oriel was started without a place for a file of its own."));
        }
        if (Files.exists(own.get(), LinkOption.NOFOLLOW_LINKS)) {
            return Optional.of(taken(own.get()));
        }
        return review.usable()
                ? Optional.empty()
                : Optional.of(new MovingException(
                        MovingException.Reason.MISTAKE, "It has a mistake, which the table shows. Correct it first."));
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

    private static void copy(byte[] content, Path own) throws MovingException {
        Path whole = own.toAbsolutePath();
        try {
            new AtomicFile(whole.resolveSibling(""), String.valueOf(whole.getFileName())).create(content);
        } catch (FileAlreadyExistsException e) {
            throw taken(own);
        } catch (IOException e) {
            throw new MovingException(
                    MovingException.Reason.DISK,
                    own + " can't be written. Check that its folder is there, is ours to write to, and has room.");
        }
    }
}
