package oriel.api;

import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@code api.static_dir}: an owner's own files instead of our page, {@code index.html} for a folder. A link that leads out
 * of the folder leads nowhere.
 */
final class OwnerPages implements Pages {
    /** Most bytes of a file: it is held in memory while it is sent. */
    static final long MAX_BYTES = 16L * 1024 * 1024;

    private static final Logger LOG = LoggerFactory.getLogger("api");

    private final Path root;
    private final String policy;

    /**
     * @param root the folder with all links followed
     * @param framers who may frame these pages, as a policy says it; what they load is their owner's business
     */
    OwnerPages(Path root, String framers) {
        this.root = root;
        this.policy = "frame-ancestors " + framers;
    }

    @Override
    public Optional<PageFile> find(String path) {
        return locate(path.isEmpty() || path.endsWith("/") ? path + "index.html" : path)
                .flatMap(this::read);
    }

    @Override
    public boolean lacksSlash(String path) {
        return !path.isEmpty()
                && !path.endsWith("/")
                && locate(path).filter(Files::isDirectory).isPresent();
    }

    // Decoded once, segment by segment: what a slash divides, a decoded slash cannot join.
    private Optional<Path> locate(String path) {
        Path place = root;
        try {
            for (String raw : List.of(path.split("/", -1))) {
                String name = URLDecoder.decode(raw.replace("+", "%2B"), StandardCharsets.UTF_8);
                if (!isPlainName(name)) {
                    return Optional.empty();
                }
                place = place.resolve(name);
            }
            Path real = place.toRealPath();
            return real.startsWith(root) ? Optional.of(real) : Optional.empty();
        } catch (IllegalArgumentException | IOException e) {
            return Optional.empty(); // Not encoded, not possible on this system, or not there.
        }
    }

    // What begins with a dot is an editor's or a version control's.
    private static boolean isPlainName(String name) {
        return !name.isEmpty()
                && name.charAt(0) != '.'
                && name.chars().noneMatch(c -> c < ' ' || c == '/' || c == '\\' || c == ':');
    }

    private Optional<PageFile> read(Path file) {
        try {
            if (!Files.isRegularFile(file)) {
                return Optional.empty();
            }
            if (Files.size(file) > MAX_BYTES) {
                LOG.warn("{} is larger than 16 MiB, more than api.static_dir serves", file);
                return Optional.empty();
            }
            return Optional.of(PageFile.changing(file.getFileName().toString(), Files.readAllBytes(file))
                    .with("Content-Security-Policy", policy));
        } catch (IOException e) {
            LOG.warn("{} cannot be read: {}", file, e.toString());
            return Optional.empty();
        }
    }
}
