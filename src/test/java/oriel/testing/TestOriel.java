package oriel.testing;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.awaitility.Awaitility;
import oriel.BuildInfo;
import oriel.Gateway;
import oriel.Server;
import oriel.access.UserDirectory;
import oriel.base.Json;
import oriel.base.JsonObject;
import oriel.base.MalformedException;
import oriel.base.Seams;
import oriel.config.ConfigException;
import oriel.config.ConfigLoader;
import oriel.config.ConfigPlaces;
import oriel.config.LoadedConfig;
import oriel.metrics.Drops;

/**
 * A whole Oriel in the process of the test, with real sockets on ports of the system's choice. No demo camera unless the
 * configuration asks for it.
 *
 * <pre>{@code
 * try (TestOriel oriel = TestOriel.start(folder, "streams: {door: \"" + camera.url() + "\"}")) {
 *     oriel.get("/api/streams");
 * }
 * }</pre>
 */
public final class TestOriel implements AutoCloseable {
    /** Lets this machine in as Home Assistant's front end, by {@link #ingressPort}. */
    public static final String INGRESS = "{oriel: {ingress: {listen: \"127.0.0.1:0\", peer: 127.0.0.1}}}";

    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(20);
    private static final String PORTS =
            "{api: {listen: \"127.0.0.1:0\"}, webrtc: {listen: \"127.0.0.1:0\"}, oriel: {demo: off}}";

    private final Server server;
    private final int port;
    private final HttpClient http = HttpClient.newHttpClient();

    private TestOriel(Server server, int port) {
        this.server = server;
        this.port = port;
    }

    /**
     * Starts it; returns when it can be asked.
     *
     * @param folder where it keeps what it remembers
     * @param yaml configurations, of which later ones win
     */
    public static TestOriel start(Path folder, String... yaml) throws ConfigException {
        return start(folder, Optional.empty(), Map.of(), yaml);
    }

    /** The same with users of Home Assistant, who come by {@link #INGRESS}. */
    public static TestOriel start(Path folder, UserDirectory users, String... yaml) throws ConfigException {
        return start(folder, Optional.of(users), Map.of(), yaml);
    }

    /**
     * The same in an environment, such as {@code FakeHomeAssistant.environment()}. What is remembered stays in the folder,
     * in an app as well.
     */
    public static TestOriel start(Path folder, Map<String, String> environment, String... yaml) throws ConfigException {
        return start(folder, Optional.empty(), environment, yaml);
    }

    private static TestOriel start(
            Path folder, Optional<UserDirectory> users, Map<String, String> environment, String... yaml)
            throws ConfigException {
        Map<String, String> whole = new HashMap<>(environment);
        whole.putIfAbsent("ORIEL_DATA", folder.toString());
        List<String> configs = new ArrayList<>(List.of(PORTS));
        for (String text : yaml) {
            configs.add(text.startsWith("{") ? text : "{" + text + "}");
        }
        return startWith(folder, users, whole, configs, Seams.system());
    }

    /**
     * Starts it with a file, which may be changed while it runs.
     *
     * @param folder where the file is, and where it keeps what it remembers
     * @param file its name in the folder; it need not exist
     * @param more what stands behind further {@code -c}
     */
    public static TestOriel startWithFile(Path folder, String file, String... more) throws ConfigException {
        return startWithFile(folder, Seams.system(), file, more);
    }

    /** The same with other seams. */
    public static TestOriel startWithFile(Path folder, Seams seams, String file, String... more)
            throws ConfigException {
        List<String> configs = new ArrayList<>(List.of(PORTS, file));
        configs.addAll(List.of(more));
        return startWith(folder, Optional.empty(), Map.of(), configs, seams);
    }

    private static TestOriel startWith(
            Path folder,
            Optional<UserDirectory> users,
            Map<String, String> environment,
            List<String> configs,
            Seams seams)
            throws ConfigException {
        ConfigPlaces places = new ConfigPlaces(new ConfigLoader(folder, environment), configs);
        LoadedConfig loaded = places.load();
        Server server = users.isPresent()
                ? Server.start(BuildInfo.load(), places, loaded, seams, users.get(), new Drops())
                : Server.start(BuildInfo.load(), places, loaded, seams);
        int port = server.apiPort()
                .map(opened ->
                        opened.orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS).join())
                .orElse(0);
        return new TestOriel(server, port);
    }

    /** As in {@code http://127.0.0.1:1984}, no slash behind it. */
    public String base() {
        return "http://127.0.0.1:" + port;
    }

    /** Of page and API; 0 if {@code api.listen} asks for none. */
    public int port() {
        return port;
    }

    /** The port for Home Assistant's front end. */
    public int ingressPort() {
        return server.ingressPort()
                .orElseThrow()
                .orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS)
                .join();
    }

    /** What the address holds, as it is. */
    public HttpResponse<byte[]> download(String path) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(base() + path))
                .timeout(PATIENCE)
                .build();
        return http.send(request, BodyHandlers.ofByteArray());
    }

    public Server server() {
        return server;
    }

    public Gateway gateway() {
        return server.gateway();
    }

    public HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return send(HttpRequest.newBuilder().GET(), path);
    }

    /** A request without body. */
    public HttpResponse<String> call(String method, String path) throws IOException, InterruptedException {
        return send(HttpRequest.newBuilder().method(method, HttpRequest.BodyPublishers.noBody()), path);
    }

    public HttpResponse<String> post(String path, String type, String body) throws IOException, InterruptedException {
        return send(
                HttpRequest.newBuilder()
                        .POST(HttpRequest.BodyPublishers.ofString(body))
                        .header("Content-Type", type),
                path);
    }

    /** {@code GET /api/streams} of one stream. */
    public JsonObject stream(String name) throws IOException, InterruptedException, MalformedException {
        String query = URLEncoder.encode(name, StandardCharsets.UTF_8);
        return (JsonObject) Json.parse(get("/api/streams?src=" + query).body());
    }

    /** Asks for a stream again and again until it is as wanted, and gives it. */
    public JsonObject awaitStream(String name, Predicate<JsonObject> wanted) {
        return Awaitility.await("stream " + name)
                .atMost(PATIENCE)
                .pollInterval(BETWEEN_LOOKS)
                .until(() -> stream(name), wanted);
    }

    /** Asks for the list of streams again and again until it is as wanted, and gives it. */
    public JsonObject awaitStreams(Predicate<JsonObject> wanted) {
        return Awaitility.await("streams")
                .atMost(PATIENCE)
                .pollInterval(BETWEEN_LOOKS)
                .until(() -> (JsonObject) Json.parse(get("/api/streams").body()), wanted);
    }

    @Override
    public void close() {
        http.close();
        server.close();
    }

    private HttpResponse<String> send(HttpRequest.Builder request, String path)
            throws IOException, InterruptedException {
        return http.send(
                request.uri(URI.create(base() + path)).timeout(PATIENCE).build(), BodyHandlers.ofString());
    }
}
