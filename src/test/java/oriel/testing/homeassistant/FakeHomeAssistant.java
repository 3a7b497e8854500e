package oriel.testing.homeassistant;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import oriel.base.Json;
import oriel.base.JsonArray;
import oriel.base.JsonNull;
import oriel.base.JsonObject;
import oriel.base.JsonString;
import oriel.base.JsonValue;
import oriel.base.MalformedException;

/**
 * Home Assistant's Supervisor, and its Core behind the Supervisor's proxy, on one port of the loopback. Has an owner, no
 * broker, and no go2rtc integration until a test says otherwise; each request and command can be answered otherwise
 * ({@link #answer}). Keeps what it was asked. Any thread.
 *
 * <pre>{@code
 * try (FakeHomeAssistant home = FakeHomeAssistant.start();
 *         TestOriel oriel = TestOriel.start(folder, home.environment(), "streams: {}")) {
 *     home.user(FakeUser.user("bob"));
 *     home.answer("/services/mqtt", new FakeAnswer.Endless());
 *     home.awaitAsked("GET /core/api/config");
 * }
 * }</pre>
 */
public final class FakeHomeAssistant implements AutoCloseable {
    /** What the app's token is; a secret to look for in logs. */
    public static final String TOKEN = "fake-supervisor-token-0123456789abcdef";

    private static final String ENTRY = "01GO2RTCENTRY";
    private static final long PATIENCE_NANOS = 20_000_000_000L;

    private final ServerSocket door;
    private final Set<Socket> connections = ConcurrentHashMap.newKeySet();
    private final Map<String, FakeAnswer> answers = new ConcurrentHashMap<>();
    private final List<String> asked = new ArrayList<>(); // guarded by this, as is all below
    private final List<FakeUser> users = new ArrayList<>(List.of(FakeUser.owner("anna")));
    private final Map<String, String> templates = new HashMap<>();
    private final List<String> cameras = new ArrayList<>();
    private final List<JsonValue> log = new ArrayList<>();
    private JsonObject self = JsonObject.builder()
            .put("name", "Oriel")
            .put("slug", "local_oriel")
            .put("hostname", "local-oriel")
            .put("version", "0.1.0")
            .put("version_latest", "0.2.0")
            .put("ingress_port", 0)
            .put("ip_address", "172.30.32.1")
            .build();
    private Optional<JsonObject> broker = Optional.empty();
    private Optional<String> integrationUrl = Optional.empty();
    private String entryState = "not_loaded";
    private boolean coreAway;

    private FakeHomeAssistant(ServerSocket door) {
        this.door = door;
    }

    /** One on a port of the system's choice. */
    public static FakeHomeAssistant start() throws IOException {
        return start(0);
    }

    /** One on this port, as after a restart. */
    public static FakeHomeAssistant start(int port) throws IOException {
        FakeHomeAssistant home = new FakeHomeAssistant(new ServerSocket(port, 50, InetAddress.getLoopbackAddress()));
        Thread.ofVirtual().name("fake-home").start(home::listen);
        return home;
    }

    public int port() {
        return door.getLocalPort();
    }

    /** What the Supervisor gives its apps: {@code SUPERVISOR_TOKEN}, and where it is. */
    public Map<String, String> environment() {
        return Map.of("SUPERVISOR_TOKEN", TOKEN, "SUPERVISOR_URL", "http://127.0.0.1:" + port());
    }

    /** A fact of {@code /addons/self/info}. */
    public synchronized void self(String name, JsonValue value) {
        JsonObject.Builder changed = JsonObject.builder();
        self.members().forEach(changed::put);
        self = changed.put(name, value).build();
    }

    /** There is a broker now. */
    public synchronized void mqtt(String host, int port, String username, String password) {
        broker = Optional.of(JsonObject.builder()
                .put("host", host)
                .put("port", port)
                .put("ssl", false)
                .put("username", username)
                .put("password", password)
                .put("protocol", "3.1.1")
                .put("addon", "core_mosquitto")
                .build());
    }

    /** There is no broker any more. */
    public synchronized void noMqtt() {
        broker = Optional.empty();
    }

    /** Adds a user, or puts this in place of the one with its id. */
    public synchronized void user(FakeUser user) {
        removeUser(user.id());
        users.add(user);
    }

    public synchronized void removeUser(String id) {
        users.removeIf(user -> user.id().equals(id));
    }

    /** {@code POST /api/template} with this text gives that one; templates that nobody named are an error. */
    public synchronized void template(String template, String rendered) {
        templates.put(template, rendered);
    }

    /** Answers each request for this path (without its query), or each command of this type, in this way from now on. */
    public void answer(String pathOrCommand, FakeAnswer answer) {
        answers.put(pathOrCommand, answer);
    }

    /** Tells the truth again. */
    public void answerAgain(String pathOrCommand) {
        answers.remove(pathOrCommand);
    }

    /** Core is stopped: the Supervisor says 502 in its place. */
    public synchronized void stopCore() {
        coreAway = true;
    }

    /** Core starts, and sets its go2rtc integration up if there is one; gives the state that has then. */
    public String startCore() {
        synchronized (this) {
            coreAway = false;
            log.clear();
        }
        return setUpIntegration();
    }

    /** {@code go2rtc: url:} stands in the YAML file; Core's next start or reload acts on it. */
    public synchronized void go2rtc(String url, String... withCameras) {
        integrationUrl = Optional.of(url);
        cameras.clear();
        cameras.addAll(List.of(withCameras));
    }

    /** {@code loaded}, {@code setup_error} and so on. */
    public synchronized String entryState() {
        return entryState;
    }

    /** What was asked, in its order, as in {@code GET /services/mqtt} or {@code config/auth/list}. */
    public synchronized List<String> asked() {
        return List.copyOf(asked);
    }

    /** How often this was asked. */
    public synchronized int count(String question) {
        return Math.toIntExact(asked.stream().filter(question::equals).count());
    }

    /** Waits until this was asked at least once. */
    public void awaitAsked(String question) throws InterruptedException {
        awaitAsked(question, 1);
    }

    /** Waits until this was asked so often, at most 20 s. */
    public void awaitAsked(String question, int times) throws InterruptedException {
        await(home -> home.count(question) >= times, question + " " + times + " times");
    }

    /** Waits until Core's integration is in this state. */
    public void awaitEntry(String state) throws InterruptedException {
        await(home -> home.entryState().equals(state), "entry " + state);
    }

    private synchronized void await(Predicate<FakeHomeAssistant> wanted, String what) throws InterruptedException {
        long end = System.nanoTime() + PATIENCE_NANOS;
        while (!wanted.test(this)) {
            long left = (end - System.nanoTime()) / 1_000_000;
            if (left <= 0) {
                throw new AssertionError("in vain: " + what + "; it was asked " + asked);
            }
            wait(left);
        }
    }

    @Override
    public void close() throws IOException {
        door.close();
        for (Socket connection : connections) {
            connection.close();
        }
    }

    private void listen() {
        try {
            while (true) {
                Socket socket = door.accept();
                connections.add(socket);
                Thread.ofVirtual().name("fake-home-connection").start(() -> serve(socket));
            }
        } catch (IOException e) {
            // Closed.
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            FakeWire wire = new FakeWire(socket);
            boolean open = true;
            while (open) {
                Optional<FakeWire.Request> request = wire.request();
                open = request.isPresent() && handle(wire, request.get());
            }
        } catch (IOException e) {
            // The other end is gone, or has had enough.
        } finally {
            connections.remove(socket);
        }
    }

    private boolean handle(FakeWire wire, FakeWire.Request request) throws IOException {
        String path = request.path().replaceFirst("\\?.*", "");
        note(request.method() + " " + path);
        FakeAnswer scripted = answers.get(path);
        if (scripted != null) {
            return wire.answer(scripted);
        }
        if (isAway(path)) {
            return wire.answer(FakeAnswer.status(502));
        }
        if (path.equals("/core/websocket")) {
            wire.upgrade(request);
            converse(wire);
            return false;
        }
        return wire.answer(
                request.header("authorization").equals("Bearer " + TOKEN)
                        ? truth(path, request.body())
                        : FakeAnswer.status(401));
    }

    private synchronized boolean isAway(String path) {
        return coreAway && path.startsWith("/core/");
    }

    private FakeAnswer truth(String path, String body) {
        return switch (path) {
            case "/addons/self/info" -> ok(selfInfo());
            case "/services/mqtt" -> mqttService();
            case "/core/api/config" ->
                FakeAnswer.json("{\"version\":\"2026.11.0\",\"state\":\"RUNNING\","
                        + "\"internal_url\":\"http://homeassistant.local:8123\",\"external_url\":null}");
            case "/core/api/config/config_entries/entry" -> FakeAnswer.json(entries());
            case "/core/api/config/config_entries/entry/" + ENTRY + "/reload" -> {
                setUpIntegration();
                yield FakeAnswer.json("{\"require_restart\":false}");
            }
            case "/core/api/template" -> rendered(body);
            default -> FakeAnswer.status(404);
        };
    }

    private static FakeAnswer ok(JsonObject data) {
        return FakeAnswer.json(JsonObject.builder()
                .put("result", "ok")
                .put("data", data)
                .build()
                .toJson());
    }

    private synchronized JsonObject selfInfo() {
        return self;
    }

    private synchronized FakeAnswer mqttService() {
        return broker.map(FakeHomeAssistant::ok)
                .orElse(new FakeAnswer.Reply(
                        400, "application/json", "{\"result\":\"error\",\"message\":\"Service not enabled\"}"));
    }

    private synchronized String entries() {
        if (integrationUrl.isEmpty()) {
            return "[]";
        }
        JsonObject entry = JsonObject.builder()
                .put("entry_id", ENTRY)
                .put("domain", "go2rtc")
                .put("title", "go2rtc")
                .put("source", "system")
                .put("state", entryState)
                .put("disabled_by", new JsonNull())
                .put("reason", new JsonNull())
                .build();
        return JsonArray.of(entry).toJson();
    }

    private String setUpIntegration() {
        String url;
        List<String> with;
        synchronized (this) {
            if (integrationUrl.isEmpty()) {
                return entryState;
            }
            url = integrationUrl.get();
            with = List.copyOf(cameras);
        }
        String state;
        try (FakeIntegration integration = new FakeIntegration(url)) {
            state = integration.setUp(with);
        }
        synchronized (this) {
            entryState = state;
            if (state.equals("setup_error")) {
                String line = "Could not connect to go2rtc instance on " + url + " (Cannot connect to host)";
                log.addFirst(JsonObject.builder()
                        .put("name", "homeassistant.components.go2rtc")
                        .put("level", "WARNING")
                        .put("message", JsonArray.of(new JsonString(line)))
                        .build());
            }
            notifyAll();
        }
        return state;
    }

    private synchronized FakeAnswer rendered(String body) {
        try {
            String template = ((JsonObject) Json.parse(body)).string("template").orElse("");
            String text = templates.get(template);
            return text == null
                    ? new FakeAnswer.Reply(400, "application/json", "{\"message\":\"Error rendering template\"}")
                    : new FakeAnswer.Reply(200, "text/plain", text);
        } catch (MalformedException e) {
            return FakeAnswer.status(400);
        }
    }

    private void converse(FakeWire wire) throws IOException {
        boolean open = wire.say(FakeAnswer.json("{\"type\":\"auth_required\",\"ha_version\":\"2026.11.0\"}"));
        boolean in = false;
        while (open) {
            Optional<String> message = wire.hear();
            if (message.isEmpty()) {
                return;
            }
            JsonObject command = parsed(message.get());
            String type = command.string("type").orElse("");
            note(type);
            FakeAnswer scripted = answers.get(type);
            if (scripted != null) {
                open = wire.say(scripted);
            } else if (!in) {
                in = type.equals("auth")
                        && command.string("access_token").orElse("").equals(TOKEN);
                open = wire.say(FakeAnswer.json(in ? "{\"type\":\"auth_ok\"}" : "{\"type\":\"auth_invalid\"}")) && in;
            } else {
                open = wire.say(FakeAnswer.json(result(command.integer("id").orElse(0), type)));
            }
        }
    }

    private synchronized String result(long id, String type) {
        Optional<JsonArray> result = switch (type) {
            case "config/auth/list" ->
                Optional.of(new JsonArray(
                        users.stream().map(user -> (JsonValue) user.json()).toList()));
            case "system_log/list" -> Optional.of(new JsonArray(log));
            default -> Optional.empty();
        };
        JsonObject.Builder message =
                JsonObject.builder().put("id", id).put("type", "result").put("success", result.isPresent());
        result.ifPresentOrElse(
                list -> message.put("result", list),
                () -> message.put(
                        "error",
                        JsonObject.builder().put("code", "unknown_command").build()));
        return message.build().toJson();
    }

    private static JsonObject parsed(String text) {
        try {
            return (JsonObject) Json.parse(text);
        } catch (MalformedException e) {
            throw new AssertionError(text, e);
        }
    }

    private synchronized void note(String question) {
        asked.add(question);
        notifyAll();
    }
}
