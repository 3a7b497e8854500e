package oriel.config;

import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.io.TempDir;

/** A working directory and an environment of a test's own. */
abstract class ConfigFixture {
    static final GatewayConfig DEFAULTS = new GatewayConfig(
            new ApiConfig(Optional.of(new Listen("", 1984, Transport.TCP)), "", "", List.of(), Optional.empty()),
            new WebrtcConfig(
                    Optional.of(new Listen("", 8555, Transport.BOTH)), List.of(), List.of(), WebrtcFilters.NONE),
            LogConfig.defaults(),
            Map.of(),
            Map.of(),
            Map.of(),
            HassConfig.DEFAULT,
            new OrielConfig(
                    true,
                    "",
                    List.of(),
                    AccessConfig.STANDARD,
                    IngressConfig.STANDARD,
                    MqttConfig.STANDARD,
                    ProbeConfig.STANDARD));

    @TempDir
    protected Path folder = Path.of("");

    final Map<String, String> environment = new HashMap<>();

    LoadedConfig load(String... arguments) throws ConfigException {
        return new ConfigLoader(folder, environment).load(List.of(arguments));
    }

    GatewayConfig yaml(String text) throws Exception {
        return loadYaml(text).config();
    }

    LoadedConfig loadYaml(String text) throws Exception {
        Files.writeString(folder.resolve("go2rtc.yaml"), text);
        return load();
    }

    List<String> problems(String text) throws IOException {
        Files.writeString(folder.resolve("go2rtc.yaml"), text);
        return failure().lines();
    }

    ConfigException failure(String... arguments) {
        return catchThrowableOfType(ConfigException.class, () -> load(arguments));
    }

    static List<String> notes(LoadedConfig config) {
        return config.notes().stream()
                .map(n -> (n.warning() ? "WRN " : "INF ") + n.text())
                .toList();
    }

    /** The sources of a stream that must be there. */
    static List<String> sources(Map<String, StreamConfig> streams, String name) {
        return Objects.requireNonNull(streams.get(name), name).sources();
    }
}
