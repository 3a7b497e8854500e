package oriel.config;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * What {@code ${VAR}} can name: the section {@code env}, then a file in systemd's credentials folder, then the
 * environment of the process. For one thread.
 */
final class Variables {
    private static final String CREDENTIALS = "CREDENTIALS_DIRECTORY";
    private static final int MAX_CREDENTIAL_BYTES = 64 * 1024;

    private final Map<String, String> environment;
    private final Consumer<Path> reads;
    private final Map<String, String> section = new HashMap<>();

    /** @param reads is told each file that is looked for */
    Variables(Map<String, String> environment, Consumer<Path> reads) {
        this.environment = Map.copyOf(environment);
        this.reads = reads;
    }

    /** Adds a variable of the section {@code env}; it hides one of the same name from elsewhere. */
    void define(String name, String value) {
        section.put(name, value);
    }

    Optional<String> value(String name) {
        return Optional.ofNullable(section.get(name))
                .or(() -> credential(name))
                .or(() -> Optional.ofNullable(environment.get(name)));
    }

    private Optional<String> credential(String name) {
        String folder = environment.get(CREDENTIALS);
        if (folder == null) {
            return Optional.empty();
        }
        Path file = Path.of(folder).resolve(name);
        reads.accept(file);
        if (!Files.isRegularFile(file)) {
            return Optional.empty();
        }
        try (InputStream in = Files.newInputStream(file)) {
            return Optional.of(new String(in.readNBytes(MAX_CREDENTIAL_BYTES), StandardCharsets.UTF_8).strip());
        } catch (IOException e) {
            return Optional.empty(); // unreadable is as good as absent: the next place is asked, or the owner told
        }
    }
}
