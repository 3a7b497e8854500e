package oriel.packaging;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import oriel.base.Json;
import oriel.base.JsonArray;
import oriel.base.JsonBool;
import oriel.base.JsonObject;
import oriel.base.JsonValue;
import oriel.config.ConfigLoader;
import oriel.config.LoadedConfig;
import oriel.config.OrielConfig;
import oriel.testing.Proves;

/**
 * {@code config.yaml} and what stands beside it against the rules of Home Assistant's Supervisor and of the linter that app
 * repositories use, and against what the program reads.
 */
@Proves("S-033")
class AppManifestTest {
    /** What the linter and the Supervisor take at a key's absence. A value that says the same is an error of the linter's. */
    private static final Map<String, Object> DEFAULTS = Map.ofEntries(
            Map.entry("advanced", false),
            Map.entry("apparmor", true),
            Map.entry("audio", false),
            Map.entry("auth_api", false),
            Map.entry("backup", "hot"),
            Map.entry("boot", "auto"),
            Map.entry("devicetree", false),
            Map.entry("docker_api", false),
            Map.entry("full_access", false),
            Map.entry("gpio", false),
            Map.entry("hassio_api", false),
            Map.entry("hassio_role", "default"),
            Map.entry("homeassistant_api", false),
            Map.entry("host_dbus", false),
            Map.entry("host_ipc", false),
            Map.entry("host_network", false),
            Map.entry("host_pid", false),
            Map.entry("host_uts", false),
            Map.entry("ingress", false),
            Map.entry("ingress_port", 8099),
            Map.entry("ingress_stream", false),
            Map.entry("init", true),
            Map.entry("journald", false),
            Map.entry("kernel_modules", false),
            Map.entry("legacy", false),
            Map.entry("options", Map.of()),
            Map.entry("panel_admin", true),
            Map.entry("panel_icon", "mdi:puzzle"),
            Map.entry("realtime", false),
            Map.entry("schema", Map.of()),
            Map.entry("stage", "stable"),
            Map.entry("startup", "application"),
            Map.entry("stdin", false),
            Map.entry("timeout", 10),
            Map.entry("tmpfs", false),
            Map.entry("uart", false),
            Map.entry("udev", false),
            Map.entry("ulimits", Map.of()),
            Map.entry("usb", false),
            Map.entry("video", false));

    /** Those that may stand there and have no default. */
    private static final Set<String> OTHERS = Set.of(
            "arch",
            "backup_exclude",
            "breaking_versions",
            "description",
            "devices",
            "discovery",
            "environment",
            "homeassistant",
            "image",
            "ingress_entry",
            "machine",
            "map",
            "name",
            "panel_title",
            "ports",
            "privileged",
            "services",
            "slug",
            "url",
            "version");

    private static final Pattern TYPE = Pattern.compile("(bool|email|url|port|device(\\(subsystem=[a-z]+\\))?"
            + "|str(\\(\\d*,\\d*\\))?|password(\\(\\d*,\\d*\\))?|int(\\(-?\\d*,-?\\d*\\))?|float(\\(.*,.*\\))?"
            + "|match\\(.*\\)|list\\(.+\\))\\??");

    /**
     * Ours alone to set in the app: the Supervisor says where data go and where its own door is. Users are rows with a name
     * there, because a form has no keys of the owner's own.
     */
    private static final Set<String> NOT_FOR_OWNERS =
            Set.of("data", "ingress", "ingress.listen", "ingress.peer", "access.users");

    private final Map<?, ?> app = Manifest.app();

    @TempDir
    private Path temp;

    @Test
    void keys_areKnown_andNoneSaysItsDefault() {
        app.forEach((key, value) -> {
            assertThat(DEFAULTS.containsKey(key) || OTHERS.contains(key))
                    .as("%s is known", key)
                    .isTrue();
            assertThat(value).as("%s is its default", key).isNotEqualTo(DEFAULTS.get(key));
        });
        assertThat(app.keySet().stream().map(String::valueOf))
                .contains("name", "version", "slug", "description", "arch");
        assertThat(app.keySet().stream().map(String::valueOf))
                .doesNotContain("watchdog", "webui", "codenotary", "auto_uart", "ports_description");
    }

    @Test
    void identity_isThatOfTheProgram() {
        String pom = Manifest.text(Path.of("pom.xml"));
        assertThat(pom).contains("<version>" + app.get("version") + "</version>\n  <name>Oriel</name>");
        assertThat(app.get("slug")).isEqualTo("oriel");
        assertThat(app.get("name")).isEqualTo("Oriel");
        assertThat(Manifest.text(Path.of("CHANGELOG.md"))).contains("## " + app.get("version"));
    }

    @Test
    @Proves("S-035")
    void architectures_areThoseThatHomeAssistantStillHas() {
        assertThat(Manifest.strings(app, "arch")).containsExactly("aarch64", "amd64");
    }

    @Test
    void doors_areIngressOnAPortOfTheSupervisors_andTheHostsNetwork() {
        assertThat(app.get("ingress")).isEqualTo(true);
        assertThat(app.get("host_network")).isEqualTo(true);
        assertThat(app.get("ingress_port")).isEqualTo(0); // only sensible on the host's network, says the linter
        assertThat(app.get("panel_admin")).isEqualTo(false);
        assertThat(app.get("startup")).isEqualTo("services");
        assertThat(Manifest.strings(app, "services")).containsExactly("mqtt:want");
        assertThat(app.get("homeassistant_api")).isEqualTo(true);
    }

    @Test
    void rights_areNoMoreThanItNeeds() {
        assertThat(app.containsKey("privileged")).isFalse();
        assertThat(app.containsKey("hassio_api")).isFalse();
        assertThat(app.containsKey("docker_api")).isFalse();
        assertThat(app.containsKey("full_access")).isFalse();
        assertThat(app.containsKey("devices")).isFalse();
    }

    @Test
    void folders_homeAssistantsIsReadOnly_ownOnesAreWritable() {
        Map<String, Boolean> readOnly = new HashMap<>();
        for (Object entry :
                (List<?>) Optional.<Object>ofNullable(app.get("map")).orElseThrow()) {
            Map<?, ?> folder = Manifest.map(entry);
            readOnly.put(String.valueOf(folder.get("type")), !Boolean.FALSE.equals(folder.get("read_only")));
            assertThat(folder.get("read_only")).as("says its default").isNotEqualTo(true);
        }
        assertThat(readOnly)
                .isEqualTo(Map.of("homeassistant_config", true, "addon_config", false, "media", false, "ssl", true));
    }

    @Test
    void ports_areThoseThatListenByDefault() throws Exception {
        LoadedConfig loaded = new ConfigLoader(temp, Map.of()).load(List.of());
        int api = loaded.config().api().listen().orElseThrow().port();
        int webrtc = loaded.config().webrtc().listen().orElseThrow().port();
        assertThat(Manifest.map(app, "ports"))
                .isEqualTo(Map.of(api + "/tcp", api, webrtc + "/tcp", webrtc, webrtc + "/udp", webrtc));
    }

    @Test
    void schema_hasTypesThatTheSupervisorKnows() {
        assertTypes(Manifest.map(app, "schema"));
    }

    private static void assertTypes(Map<?, ?> level) {
        level.forEach((key, type) -> {
            Object element = type instanceof List<?> rows ? rows.getFirst() : type;
            if (element instanceof Map<?, ?> below) {
                assertTypes(below);
            } else {
                assertThat(String.valueOf(element)).as("%s", key).matches(TYPE);
            }
        });
    }

    // The Supervisor refuses to start an app whose options lack one that is not optional; forms never are.
    @Test
    void options_holdWhatIsNotOptional_andNothingThatWouldOverrideTheFile() {
        Map<?, ?> options = Manifest.map(app, "options");
        Manifest.map(app, "schema").forEach((key, type) -> {
            Object element = type instanceof List<?> rows ? rows.getFirst() : type;
            if (element instanceof Map<?, ?>) {
                assertThat(options.get(key)).as("%s", key).isIn(Map.of(), List.of());
            } else {
                assertThat(String.valueOf(element)).as("%s", key).endsWith("?");
                assertThat(options.containsKey(key)).as("%s", key).isFalse();
            }
        });
    }

    @Test
    void options_areTheKeysThatTheProgramReads() {
        TreeSet<String> read = new TreeSet<>();
        collect("", OrielConfig.class, read);
        read.removeAll(NOT_FOR_OWNERS);
        TreeSet<String> schema = Manifest.options();
        assertThat(schema).containsAll(read).contains("users.name", "users.role", "users.streams", "users.password");
    }

    private static void collect(String prefix, Class<?> section, Set<String> keys) {
        for (RecordComponent component : section.getRecordComponents()) {
            String path = prefix + key(component);
            keys.add(path);
            if (component.getType().isRecord()
                    && component.getType().getSimpleName().endsWith("Config")) {
                collect(path + ".", component.getType(), keys);
            }
        }
    }

    private static String key(RecordComponent component) {
        return component.getName().replaceAll("([A-Z])", "_$1").toLowerCase(Locale.ROOT);
    }

    @Test
    void options_allSet_areAllUnderstood() throws Exception {
        Files.writeString(
                temp.resolve("options.json"),
                filled(Manifest.map(app, "schema")).toJson());
        LoadedConfig loaded = new ConfigLoader(temp, Map.of("ORIEL_OPTIONS", "options.json")).load(List.of());

        assertThat(loaded.notes()).noneMatch(note -> note.text().contains("is unknown"));
        assertThat(loaded.config().oriel().access().users()).containsOnlyKeys("anna");
        assertThat(loaded.config().oriel().demo()).isTrue();
    }

    private static JsonObject filled(Map<?, ?> level) {
        JsonObject.Builder object = JsonObject.builder();
        level.forEach((key, type) -> {
            String name = String.valueOf(key);
            object.put(
                    name,
                    type instanceof List<?> rows ? JsonArray.of(value(name, rows.getFirst())) : value(name, type));
        });
        return object.build();
    }

    private static JsonValue value(String name, Object type) {
        if (type instanceof Map<?, ?> below) {
            return filled(below);
        }
        String text = String.valueOf(type);
        try {
            return switch (text.replaceAll("[(?].*", "")) {
                case "bool" -> new JsonBool(true);
                case "port" -> Json.parse("1883");
                case "list" -> Json.parse("\"" + text.replaceAll("list\\(([^|]+)\\|.*", "$1") + "\"");
                default -> Json.parse("\"" + example(name) + "\"");
            };
        } catch (oriel.base.MalformedException e) {
            throw new AssertionError(e);
        }
    }

    private static String example(String name) {
        return switch (name) {
            case "hosts" -> "cams.example.org";
            case "trusted_proxies" -> "10.0.0.0/8";
            case "name" -> "anna";
            case "interval" -> "60s";
            case "ca" -> "/ssl/ca.crt";
            case "discovery_prefix" -> "homeassistant";
            default -> "front";
        };
    }

    // Each one anywhere in the repository would be an app of its own to the Supervisor.
    @Test
    void manifest_isTheOnlyOne_andNoBuildFileStandsBesideIt() throws Exception {
        List<Path> found = new ArrayList<>();
        Files.walkFileTree(Path.of("."), new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
                String name = String.valueOf(folder.getFileName());
                return name.equals("target") || (name.startsWith(".") && name.length() > 1)
                        ? FileVisitResult.SKIP_SUBTREE
                        : FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                if (String.valueOf(file.getFileName()).matches("(config|build)\\.(yaml|yml|json)")) {
                    found.add(file.normalize());
                }
                return FileVisitResult.CONTINUE;
            }
        });
        assertThat(found).containsExactly(Path.of("config.yaml"));
    }

    @Test
    void manifest_isNoConfigurationOfOurOwn() throws Exception {
        Files.copy(Path.of("config.yaml"), temp.resolve("config.yaml"));
        LoadedConfig loaded = new ConfigLoader(temp, Map.of()).load(List.of());
        assertThat(loaded.notes()).noneMatch(note -> note.text().contains("config.yaml"));
        assertThat(loaded.filesThere()).isEmpty();
    }

    @Test
    void repository_hasWhatTheStoreAsksFor() {
        Map<?, ?> repository = Manifest.yaml(Path.of("repository.yaml"));
        assertThat(repository.get("name")).isEqualTo("Oriel");
        assertThat(repository.keySet().stream().map(String::valueOf)).isSubsetOf("name", "url", "maintainer");
        for (String file : List.of("README.md", "DOCS.md", "CHANGELOG.md", "apparmor.txt", "Dockerfile")) {
            assertThat(Path.of(file)).isRegularFile();
        }
    }

    @Test
    void pictures_haveTheSizesOfTheStore() throws IOException {
        assertThat(size("icon.png")).isEqualTo("128x128");
        assertThat(size("logo.png")).isEqualTo("250x100");
    }

    private static String size(String file) throws IOException {
        BufferedImage image =
                Optional.ofNullable(ImageIO.read(Path.of(file).toFile())).orElseThrow();
        assertThat(image.getColorModel().hasAlpha())
                .as("stands on light and dark")
                .isTrue();
        return image.getWidth() + "x" + image.getHeight();
    }
}
