package oriel;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import oriel.config.ApiConfig;
import oriel.config.Listen;

/**
 * A file that says where {@code /livez} answers, for a container's health check: host and port in one line. It is there while
 * the API is open. {@code -Doriel.health=FILE} asks for it.
 */
record HealthFile(Path path) {
    private static final Logger LOG = LoggerFactory.getLogger("oriel");
    private static final String LOOPBACK = "127.0.0.1";

    /** The one that was asked for; what a killed process left there is taken away. */
    static Optional<HealthFile> named() {
        String name = System.getProperty("oriel.health", "");
        if (name.isEmpty()) {
            return Optional.empty();
        }
        HealthFile file = new HealthFile(Path.of(name));
        file.remove();
        return Optional.of(file);
    }

    /** Writes it as soon as the API is open, which may be now or never. */
    void follow(Server server, ApiConfig api) {
        String host = api.listen().map(Listen::host).orElse("");
        server.apiPort().ifPresent(port -> port.thenAccept(bound -> write(host, bound)));
    }

    /**
     * Writes it.
     *
     * @param host what the API listens on; empty is every address
     */
    void write(String host, int port) {
        try {
            Files.writeString(path, (isWildcard(host) ? LOOPBACK : host) + " " + port + "\n");
        } catch (IOException e) {
            LOG.warn("{} cannot be written, so a container's health check knows nothing: {}", path, e.toString());
        }
    }

    private void remove() {
        try {
            Files.deleteIfExists(path);
        } catch (IOException e) {
            LOG.warn("{} of an earlier run cannot be removed: {}", path, e.toString());
        }
    }

    private static boolean isWildcard(String host) {
        return host.isEmpty() || host.equals("0.0.0.0") || host.equals("::");
    }
}
