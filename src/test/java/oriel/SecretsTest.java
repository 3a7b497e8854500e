package oriel;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.OutputStreamAppender;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;
import oriel.base.Seams;
import oriel.config.ConfigLoader;
import oriel.config.ConfigPlaces;
import oriel.config.LoadedConfig;
import oriel.config.LogTime;
import oriel.testing.broker.EmbeddedBroker;
import oriel.testing.broker.RecordingClient;
import oriel.testing.broker.RecordingClient.Seen;

/**
 * Fifty secrets, put in by every way there is, searched for in every channel that comes out, as whatever they may have
 * become: plain, percent-encoded, escaped, in base64 at each of its three offsets, in hexadecimal. The cameras are nosy
 * ones, which say back whatever they were sent.
 */
@Timeout(120)
class SecretsTest {
    private static final List<String> MODULES = List.of(
            "access", "api", "config", "hass", "loop", "mqtt", "oriel", "rtsp", "state", "streams", "webrtc", "worker");

    /** Letters around each seed's core that encodings have something to do with. */
    private static final List<String> SHAPES =
            List.of("%s", "a%sb", "%s1", "Z%s", "p%%40%s", "%s%%2Fx", "x%%20%s", "%s!", "(%s)", "%s~");

    private final Map<String, String> seeds = new LinkedHashMap<>(); // core, as it was put in
    private final ByteArrayOutputStream log = new ByteArrayOutputStream();
    private final HttpClient http = HttpClient.newHttpClient();
    private final OutputStreamAppender<ILoggingEvent> appender = new OutputStreamAppender<>();

    @TempDir
    private Path folder = Path.of("");

    private NosyCamera camera;
    private Server server;
    private int port;
    private Optional<RecordingClient> broker = Optional.empty();

    private SecretsTest() throws IOException {
        camera = new NosyCamera();
    }

    /** Answers each request with all that was in it, as the reason why not. */
    private static final class NosyCamera implements AutoCloseable {
        private final ServerSocket socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());

        NosyCamera() throws IOException {
            Thread.ofVirtual().start(this::run);
        }

        String host() {
            return "127.0.0.1:" + socket.getLocalPort();
        }

        private void run() {
            try {
                while (true) {
                    Socket client = socket.accept();
                    Thread.ofVirtual().start(() -> answer(client));
                }
            } catch (IOException e) {
                // The test is over.
            }
        }

        private static void answer(Socket client) {
            try (client) {
                byte[] request = new byte[8192];
                int round = 0;
                for (int n = client.getInputStream().read(request);
                        n > 0;
                        n = client.getInputStream().read(request)) {
                    String text = new String(request, 0, n, UTF_8);
                    String cseq = text.replaceAll("(?is).*CSeq: *(\\d+).*", "$1");
                    String said = text.replaceAll("[\\r\\n]+", " ");
                    boolean challenge = round++ == 0 || !text.contains("Authorization");
                    String answer = challenge
                            ? "RTSP/1.0 401 " + said + "\r\nCSeq: " + cseq
                                    + "\r\nWWW-Authenticate: Basic realm=\"x\"\r\n\r\n"
                            : "RTSP/1.0 500 " + said + "\r\nCSeq: " + cseq + "\r\n\r\n";
                    client.getOutputStream().write(answer.getBytes(UTF_8));
                }
            } catch (IOException e) {
                // The other end has had enough.
            }
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }

    private String seed() {
        int n = seeds.size();
        String core = "kx%02dcanary%02dq".formatted(n, 97 - n);
        String secret = SHAPES.get(n % SHAPES.size()).formatted(core);
        seeds.put(core, secret);
        return secret;
    }

    private String source() {
        return switch (seeds.size() % 4) {
            case 0 -> "rtsp://admin:" + seed() + "@" + camera.host() + "/live";
            case 1 -> "rtsp://" + camera.host() + "/live?user=admin&password=" + seed() + "&channel=1";
            case 2 -> "ffmpeg:rtsp://admin:" + seed() + "@" + camera.host() + "/live#audio=opus";
            default -> "rtsp://us%20er:" + seed() + "@" + camera.host() + "/a?token=" + seed();
        };
    }

    @BeforeEach
    void start() throws Exception {
        List<String> yaml = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            yaml.add("file" + i + ": \"" + source() + "\"");
        }
        yaml.add("env: \"rtsp://u:${WORD}@" + camera.host() + "/\"");
        yaml.add("slash: \"rtsp://admin:a/b:" + seed() + "@" + camera.host() + "/\"");
        Map<String, String> environment = Map.of("WORD", seed());
        String text = "{streams: {" + String.join(", ", yaml) + "}, log: {level: trace},"
                + " api: {listen: \"127.0.0.1:0\", username: admin, password: \"" + seed() + "\"},"
                + " rtsp: {password: \"" + seed() + "\"},"
                + " webrtc: {listen: \"127.0.0.1:0\", ice_servers: [{urls: \"turn:127.0.0.1:9\", username: u, credential: \""
                + seed() + "\"}]},"
                + " oriel: {mqtt: {host: 127.0.0.1, port: "
                + EmbeddedBroker.shared().port()
                + ", base: secrets, discovery_prefix: secrets-ha, username: u, password: \"" + seed()
                + "\"}, demo: off, access: {users: {vera: {role: viewer, password: \"" + seed()
                + "\"}, oskar: {role: operator, password: \"" + seed() + "\"}}}}}";
        ConfigPlaces places = new ConfigPlaces(new ConfigLoader(folder, environment), List.of(text));
        LoadedConfig loaded = places.load();
        listen(loaded);
        broker = Optional.of(
                RecordingClient.on(EmbeddedBroker.shared().port(), new String[] {"secrets/#", "secrets-ha/#"}));
        server = Server.start(BuildInfo.load(), places, loaded, Seams.system());
        port = server.apiPort().orElseThrow().orTimeout(20, TimeUnit.SECONDS).join();
    }

    @AfterEach
    void stop() throws Exception {
        server.close();
        broker.ifPresent(RecordingClient::close);
        http.close();
        camera.close();
        MODULES.forEach(module -> {
            logger(module).detachAppender(appender);
            logger(module).setLevel(null);
        });
        appender.stop();
    }

    private static Logger logger(String module) {
        return ((LoggerContext) LoggerFactory.getILoggerFactory()).getLogger(module);
    }

    private void listen(LoadedConfig loaded) {
        LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
        LogLineEncoder encoder =
                new LogLineEncoder(LogLineEncoder.Form.TEXT, LogTime.Unix.MILLIS, loaded.redactions(), ZoneOffset.UTC);
        encoder.setContext(context);
        encoder.start();
        appender.setContext(context);
        appender.setEncoder(encoder);
        appender.setOutputStream(log);
        appender.start();
        MODULES.forEach(module -> {
            logger(module).setLevel(Level.TRACE);
            logger(module).addAppender(appender);
        });
    }

    private HttpResponse<String> ask(String user, String method, String path, String type, String body)
            throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .timeout(Duration.ofSeconds(30))
                .method(method, BodyPublishers.ofString(body));
        if (!type.isEmpty()) {
            request.header("Content-Type", type);
        }
        if (!user.isEmpty()) {
            // As a proxy that nobody named, so that being on this machine gives no rights.
            String word = user.equals("wrong") ? seed() : password(user);
            request.header("X-Forwarded-For", "192.0.2.1")
                    .header(
                            "Authorization",
                            "Basic " + Base64.getEncoder().encodeToString((user + ":" + word).getBytes(UTF_8)));
        }
        return http.send(request.build(), BodyHandlers.ofString());
    }

    private String password(String user) {
        List<String> words = List.copyOf(seeds.values());
        // The last two that the configuration was given.
        return words.get(user.equals("vera") ? configured - 2 : configured - 1);
    }

    private int configured;

    private static String query(String text) {
        return URLEncoder.encode(text, UTF_8);
    }

    /** By every way in which a source may come over the API, from this machine, which may. */
    private void addOverTheApi() throws Exception {
        for (int i = 0; i < 4; i++) {
            put("PUT", "/api/streams?name=put" + i + "&src=" + query(source()), "", "");
            put("PATCH", "/api/streams?name=patch" + i + "&src=" + query(source()), "", "");
            put(
                    "POST",
                    "/api/streams",
                    "application/json",
                    "{\"name\":\"post" + i + "\",\"src\":[\"" + source() + "\",\"" + source() + "\"]}");
            put(
                    "POST",
                    "/stream/web" + i + "/add",
                    "application/json",
                    "{\"name\":\"x\",\"channels\":{\"0\":{\"name\":\"ch\",\"url\":\"" + source() + "\"}}}");
        }
        put("PUT", "/api/streams?src=" + query(source()), "", "");
    }

    private void put(String method, String path, String type, String body) throws Exception {
        assertThat(ask("", method, path, type, body).statusCode())
                .as(method + " " + path)
                .isEqualTo(200);
    }

    @Test
    void fiftySecrets_leaveByNoChannel() throws Exception {
        configured = seeds.size();
        addOverTheApi();
        for (int i = 0; seeds.size() < 50; i++) {
            put("PUT", "/api/streams?name=more" + i + "&src=" + query(source()), "", "");
        }
        List<String> names =
                server.gateway().streams().all().stream().map(s -> s.name()).toList();
        for (String name : names) {
            put("PUT", "/api/preload?src=" + query(name), "", "");
        }
        // Each camera is dialled, and says back what it heard.
        Awaitility.await()
                .atMost(Duration.ofSeconds(60))
                .until(() -> ask("", "GET", "/api/streams", "", "").body().split("\"failure\"", -1).length > 20);
        assertThat(seeds).hasSizeGreaterThanOrEqualTo(50);

        Map<String, String> channels = new LinkedHashMap<>();
        for (String user : List.of("vera", "oskar")) {
            collect(user, names, channels);
        }
        channels.put("counters", ask("", "GET", "/api/oriel/limits", "", "").body());
        channels.put("about", ask("", "GET", "/api", "", "").body());
        channels.put("preloads", ask("", "GET", "/api/preload", "", "").body());
        channels.put(
                "MQTT", broker.orElseThrow().seen().stream().map(Seen::text).collect(Collectors.joining("\n")));
        channels.put("log", log.toString(UTF_8));

        // What shows nothing cannot be trusted to hide something.
        assertThat(channels.get("log")).contains("put0").contains("access").contains("***");
        assertThat(channels.get("MQTT")).contains("file0", "\"reason\":\"", "\"last_error\":\"");
        assertThat(channels.get("vera /api/streams")).contains("put0", "***", "reason");
        assertThat(ask("", "GET", "/api/streams", "", "").body())
                .contains(List.copyOf(seeds.keySet()).getFirst());
        List<String> hits = new ArrayList<>();
        seeds.forEach((core, secret) -> forms(core, secret)
                .forEach((form, word) -> channels.forEach((channel, text) -> {
                    if (text.toLowerCase(Locale.ROOT).contains(word.toLowerCase(Locale.ROOT))) {
                        hits.add(channel + " holds " + secret + " " + form + ": ..." + around(text, word));
                    }
                })));
        assertThat(hits).isEmpty();
    }

    private static String around(String text, String word) {
        int at = text.toLowerCase(Locale.ROOT).indexOf(word.toLowerCase(Locale.ROOT));
        return text.substring(Math.max(0, at - 120), Math.min(text.length(), at + 60));
    }

    private void collect(String user, List<String> names, Map<String, String> channels) throws Exception {
        for (String path : List.of("/api/streams", "/streams", "/api/preload", "/api", "/api/schemes", "/")) {
            channels.put(user + " " + path, ask(user, "GET", path, "", "").body());
        }
        StringBuilder each = new StringBuilder();
        for (String name : names) {
            each.append(
                    ask(user, "GET", "/api/streams?src=" + query(name), "", "").body());
            each.append(ask(user, "GET", "/api/oriel/explain?src=" + query(name), "", "")
                    .body());
            each.append(ask(user, "GET", "/stream/" + query(name).replace("+", "%20") + "/info", "", "")
                    .body());
        }
        channels.put(user + " each", each.toString());
        channels.put(user + " errors", errors(user));
    }

    /** Answers to requests that bring secrets in and are refused or make no sense. */
    private String errors(String user) throws Exception {
        StringBuilder said = new StringBuilder();
        for (String secret : List.copyOf(seeds.values()).subList(0, 12)) {
            String url = "rtsp://admin:" + secret + "@127.0.0.1:1/x";
            said.append(ask(user, "PUT", "/api/streams?name=n&src=" + query("exec:" + url), "", "")
                    .body());
            said.append(ask(user, "POST", "/api/webrtc?src=" + query(url), "application/sdp", "v=0 " + secret)
                    .body());
            said.append(ask(user, "POST", "/api/webrtc?src=file0", "application/json", "{\"" + secret)
                    .body());
            said.append(ask(user, "POST", "/api/streams", "application/json", "{\"src\":\"" + url)
                    .body());
            said.append(ask(user, "POST", "/stream", "application/x-www-form-urlencoded", "url=" + query(url))
                    .body());
            said.append(ask(user, "POST", "/stream/a/add", "application/json", "[\"" + url + "\"]")
                    .body());
            said.append(ask(user, "DELETE", "/api/streams?src=" + query(url), "", "")
                    .body());
            said.append(ask(user, "GET", "/api/frame.jpeg?src=" + query(url), "", "")
                    .body());
            said.append(ask(user, "POST", "/api/links", "application/json", "{\"stream\":\"" + secret + "\"}")
                    .body());
        }
        return said.toString();
    }

    /** What a secret may have become. */
    private static Map<String, String> forms(String core, String secret) {
        Map<String, String> forms = new LinkedHashMap<>();
        // The core is the same in plain text, percent-encoding, JSON and HTML.
        forms.put("plain", core);
        forms.put("hexadecimal", HexFormat.of().formatHex(core.getBytes(UTF_8)));
        StringBuilder percent = new StringBuilder();
        for (byte b : core.getBytes(UTF_8)) {
            percent.append('%').append(HexFormat.of().toHexDigits(b));
        }
        forms.put("percent", percent.toString());
        forms.put("backwards", new StringBuilder(core).reverse().toString());
        for (int offset = 0; offset < 3; offset++) {
            byte[] shifted = (" ".repeat(offset) + core).getBytes(UTF_8);
            String base64 = Base64.getEncoder().encodeToString(shifted);
            // Without the characters that depend on the neighbours.
            forms.put("base64 at " + offset, base64.substring(offset == 0 ? 0 : offset + 1, base64.length() - 4));
        }
        assertThat(secret).contains(core);
        return forms;
    }
}
