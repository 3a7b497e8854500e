package oriel;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Locale;
import java.util.Properties;

/**
 * What was built.
 *
 * @param version such as {@code 0.1.0}
 * @param revision the commit, abbreviated; {@code unknown} if it was not built from a checkout
 */
public record BuildInfo(String version, String revision) {
    private static final String RESOURCE = "build.properties";

    /** As the build wrote it beside this class. */
    public static BuildInfo load() {
        Properties properties = new Properties();
        try (InputStream in = BuildInfo.class.getResourceAsStream(RESOURCE)) {
            if (in != null) {
                properties.load(in);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("the jar is broken: " + RESOURCE, e);
        }
        return of(properties);
    }

    static BuildInfo of(Properties properties) {
        return new BuildInfo(value(properties, "version"), value(properties, "revision"));
    }

    private static String value(Properties properties, String key) {
        String value = properties.getProperty(key, "").strip();
        return value.isEmpty() || value.contains("${") ? "unknown" : value;
    }

    /** System and processor in go2rtc's words: {@code linux/amd64}. */
    static String platform(String osName, String osArch) {
        String os = osName.toLowerCase(Locale.ROOT);
        String system = os.startsWith("mac") ? "darwin" : os.startsWith("windows") ? "windows" : os.replace(' ', '_');
        String processor = switch (osArch) {
            case "x86_64" -> "amd64";
            case "aarch64" -> "arm64";
            default -> osArch;
        };
        return system + "/" + processor;
    }

    /** {@link #platform(String, String)} of this machine. */
    static String platform() {
        return platform(System.getProperty("os.name", "unknown"), System.getProperty("os.arch", "unknown"));
    }

    /** {@code oriel version 0.1.0 (34d8705) linux/amd64}. */
    String line(String platform) {
        return "oriel version " + version + " (" + revision + ") " + platform;
    }
}
