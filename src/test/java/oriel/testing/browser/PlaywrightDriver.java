package oriel.testing.browser;

import java.io.IOException;
import java.io.InputStream;
import java.net.JarURLConnection;
import java.net.URL;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Collections;
import java.util.Optional;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;

/**
 * The folder that Playwright for Java wants: {@code node}, a link to this machine's, and {@code package/}, which its
 * driver jar brings. (The 201 MB of its driver bundle are only a Node.js for each platform.) Unpacked once into {@code
 * target/playwright}; the system property {@code oriel.playwright} or the variable {@code ORIEL_PLAYWRIGHT} names a folder
 * that was prepared in another way.
 */
final class PlaywrightDriver {
    private static final String DEFAULT = "target/playwright";
    private static final String INSIDE = "driver/";
    private static final String ENTRY = "driver/package/cli.js";
    private static final String DONE = "complete";

    private PlaywrightDriver() {}

    /** The folder, made now if need be; empty if this machine has no Node.js. */
    static Optional<Path> folder() throws IOException {
        String named = System.getProperty("oriel.playwright", System.getenv().getOrDefault("ORIEL_PLAYWRIGHT", ""));
        if (!named.isEmpty()) {
            return Optional.of(Path.of(named).toAbsolutePath());
        }
        Optional<Path> node = Programs.find("node");
        if (node.isEmpty()) {
            return Optional.empty();
        }
        Path folder = Path.of(DEFAULT).toAbsolutePath();
        Files.createDirectories(folder);
        // Two test processes may come here at once.
        try (FileChannel channel =
                        FileChannel.open(folder.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                FileLock lock = channel.lock()) {
            if (lock.isValid() && !Files.exists(folder.resolve(DONE))) {
                unpack(folder);
                Files.deleteIfExists(folder.resolve("node"));
                Files.createSymbolicLink(folder.resolve("node"), node.get());
                Files.createFile(folder.resolve(DONE));
            }
        }
        return Optional.of(folder);
    }

    private static void unpack(Path folder) throws IOException {
        URL entry = PlaywrightDriver.class.getClassLoader().getResource(ENTRY);
        if (entry == null || !(entry.openConnection() instanceof JarURLConnection connection)) {
            throw new IOException("Playwright's driver jar is not on the class path");
        }
        JarFile jar = connection.getJarFile();
        for (JarEntry file : Collections.list(jar.entries())) {
            if (file.isDirectory() || !file.getName().startsWith(INSIDE)) {
                continue;
            }
            Path target = folder.resolve(file.getName().substring(INSIDE.length()));
            Files.createDirectories(target.getParent());
            try (InputStream bytes = jar.getInputStream(file)) {
                Files.copy(bytes, target, StandardCopyOption.REPLACE_EXISTING);
            }
        }
    }
}
