package oriel.config;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import oriel.base.Secret;

/** Gives the tree its meaning, section by section. For one configuration and one thread. */
final class GatewayBinder {
    private static final Pattern BASE_PATH = Pattern.compile("(/[A-Za-z0-9_~-][A-Za-z0-9._~-]*)+");
    private static final Pattern ORIGIN = Pattern.compile(
            "[a-z][a-z0-9+.-]*://[A-Za-z0-9._-]+(:\\d{1,5})?|[a-z][a-z0-9+.-]*://\\[[0-9A-Fa-f:.]+](:\\d{1,5})?");

    private final Section root;

    GatewayBinder(ConfigNode.Mapping tree, Problems problems) {
        this.root = new Section("", tree, problems);
    }

    /** The configuration; worth something only if no problem was told. Tells of keys without effect. */
    GatewayConfig bind() {
        Section api = root.section("api");
        boolean localAuth = api.value("local_auth", false, AccessBinder::yes);
        GatewayConfig config = new GatewayConfig(
                api(api),
                new WebrtcBinder(root.section("webrtc")).bind(),
                log(root.section("log")),
                env(root.section("env")),
                new StreamsBinder(root.section("streams")).bind(),
                preload(root.section("preload")),
                hass(root.section("hass")),
                oriel(root.section("oriel"), localAuth));
        root.finish();
        return config;
    }

    private static ApiConfig api(Section api) {
        Listen standard = new Listen("", 1984, Transport.TCP);
        ApiConfig config = new ApiConfig(
                api.value("listen", Optional.of(standard), Listen::parseTcp),
                api.value("base_path", "", GatewayBinder::basePath),
                api.value("static_dir", "", GatewayBinder::path),
                api.values("origin", GatewayBinder::origin).stream()
                        .filter(o -> !o.isEmpty())
                        .toList(),
                AccessBinder.login(api));
        api.finish();
        return config;
    }

    private static String basePath(String text) throws RuleException {
        String path = text.startsWith("/") || text.isEmpty() ? text : "/" + text;
        path = path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
        if (!path.isEmpty() && !BASE_PATH.matcher(path).matches()) {
            throw new RuleException("is no path: letters, digits and ._~- between slashes", "Write \"/go2rtc\"");
        }
        return path;
    }

    private static String path(String text) throws RuleException {
        if (text.indexOf('\0') >= 0) {
            throw new RuleException("is no path of a folder", "");
        }
        return text;
    }

    private static String origin(String text) throws RuleException {
        if (!text.isEmpty() && !text.equals("*") && !ORIGIN.matcher(text).matches()) {
            throw new RuleException(
                    "is no origin: scheme, host and port without a path, or *", "Write \"http://nvr.lan:8012\"");
        }
        return text.toLowerCase(Locale.ROOT);
    }

    private static LogConfig log(Section log) {
        LogLevel level = log.value("level", LogLevel.INFO, GatewayBinder::level);
        LogFormat format = log.value("format", LogFormat.AUTO, GatewayBinder::format);
        LogOutput alias = log.value("out", new LogOutput.Stdout(), LogOutput::parse);
        LogOutput output = log.value("output", alias, LogOutput::parse);
        LogTime time = log.value("time", LogTime.Unix.MILLIS, LogTime::parse);
        Map<String, LogLevel> modules = new LinkedHashMap<>();
        log.rest().forEach((module, entry) -> {
            Optional<LogLevel> own = entry.value() instanceof ConfigNode.Scalar scalar
                    ? LogLevel.named(scalar.text())
                    : Optional.empty();
            own.ifPresentOrElse(l -> modules.put(module, l), () -> log.tellUnknown(module, entry));
        });
        return new LogConfig(level, modules, format, output, time);
    }

    private static LogLevel level(String text) throws RuleException {
        return LogLevel.named(text)
                .orElseThrow(
                        () -> new RuleException("is no level: trace, debug, info, warn, error, fatal or disabled", ""));
    }

    private static LogFormat format(String text) throws RuleException {
        return switch (text) {
            case "" -> LogFormat.AUTO;
            case "text" -> LogFormat.TEXT;
            case "color" -> LogFormat.COLOR;
            case "json" -> LogFormat.JSON;
            default -> throw new RuleException("is none of text, color, json and \"\"", "");
        };
    }

    private static Map<String, Secret> env(Section env) {
        Map<String, Secret> variables = new LinkedHashMap<>();
        env.rest()
                .forEach((name, entry) -> env.read(env.path(name), entry.value(), Secret::of)
                        .ifPresent(value -> variables.put(name, value)));
        return variables;
    }

    private static Map<String, String> preload(Section preload) {
        Map<String, String> queries = new LinkedHashMap<>();
        preload.rest()
                .forEach((name, entry) -> preload.read(preload.path(name), entry.value(), text -> text)
                        .ifPresent(text -> queries.put(name, text.isEmpty() ? GatewayConfig.DEFAULT_PRELOAD : text)));
        return queries;
    }

    private static HassConfig hass(Section hass) {
        HassConfig config = hass.value("config", HassConfig.DEFAULT, text -> switch (text.toLowerCase(Locale.ROOT)) {
            case "off", "false", "no" -> new HassConfig(false, "");
            default -> new HassConfig(true, path(text));
        });
        hass.finish();
        return config;
    }

    private static OrielConfig oriel(Section oriel, boolean localAuth) {
        boolean demo = oriel.value("demo", true, GatewayBinder::demo);
        String data = oriel.value("data", "", GatewayBinder::path);
        List<String> hosts = oriel.values("hosts", GatewayBinder::hostName);
        AccessConfig access = AccessBinder.access(oriel.section("access"), localAuth);
        IngressConfig ingress = AccessBinder.ingress(oriel.section("ingress"));
        MqttConfig mqtt = MqttBinder.mqtt(oriel.section("mqtt"));
        ProbeConfig probe = MqttBinder.probe(oriel.section("probe"));
        oriel.finish();
        return new OrielConfig(demo, data, hosts, access, ingress, mqtt, probe);
    }

    private static boolean demo(String text) throws RuleException {
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "auto", "on", "true", "yes" -> true;
            case "off", "false", "no" -> false;
            default -> throw new RuleException("is neither auto nor off", "");
        };
    }

    private static String hostName(String text) throws RuleException {
        String name = text.startsWith("*.") ? text.substring(2) : text;
        if (!HostPort.isName(name)) {
            throw new RuleException("is no host name, or *. and a name, without a port", "Write \"cams.example.org\"");
        }
        return text.toLowerCase(Locale.ROOT);
    }
}
