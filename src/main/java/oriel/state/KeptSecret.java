package oriel.state;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import oriel.base.AtomicFile;
import oriel.base.Secret;

/**
 * A secret word in a file of its own in the data folder, which only its owner may read. Made once and kept: a file that is
 * there is never written.
 *
 * @param word what the file says, or what was made because there was none
 * @param file where it lies
 * @param fresh whether it was made just now
 */
public record KeptSecret(Secret word, Path file, boolean fresh) {
    private static final int MAX_BYTES = 1024;
    private static final Logger LOG = LoggerFactory.getLogger("state");

    /**
     * The word in {@code folder}/{@code name}, its first line without blanks around it; if there is none, {@code made},
     * which is written there. Where that cannot be, it holds until Oriel ends, and the log says so. Blocks.
     */
    public static KeptSecret open(Path folder, String name, Supplier<String> made) {
        AtomicFile file = new AtomicFile(folder.toAbsolutePath().normalize(), name);
        try (InputStream in = Files.newInputStream(file.path())) {
            String text = new String(in.readNBytes(MAX_BYTES), StandardCharsets.UTF_8);
            String word = text.lines().findFirst().orElse("").strip();
            if (!word.isEmpty()) {
                return new KeptSecret(Secret.of(word), file.path(), false);
            }
            LOG.warn("{} is empty, so it is written anew", file.path());
        } catch (NoSuchFileException e) {
            // The first start.
        } catch (IOException e) {
            LOG.warn("{} can't be read ({}): another word holds until Oriel ends", file.path(), e.toString());
            return new KeptSecret(Secret.of(made.get()), file.path(), true);
        }
        String word = made.get();
        try {
            file.write((word + "\n").getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            LOG.warn("{} can't be written ({}): its word holds until Oriel ends", file.path(), e.toString());
        }
        return new KeptSecret(Secret.of(word), file.path(), true);
    }
}
