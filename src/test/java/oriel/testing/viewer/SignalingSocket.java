package oriel.testing.viewer;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import oriel.base.Json;
import oriel.base.JsonObject;
import oriel.base.JsonString;
import oriel.base.JsonValue;
import oriel.base.MalformedException;

/** A player's end of {@code /api/ws}: sends messages, keeps those that come. Any thread. */
public final class SignalingSocket implements AutoCloseable {
    private static final long AWAIT_NANOS = TimeUnit.SECONDS.toNanos(20);

    private final HttpClient http = HttpClient.newHttpClient();
    private final List<JsonObject> messages = new ArrayList<>(); // guarded by this
    private final CompletableFuture<String> closed = new CompletableFuture<>();
    private final WebSocket socket;

    private SignalingSocket(URI uri, Map<String, String> headers) {
        WebSocket.Builder builder = http.newWebSocketBuilder();
        headers.forEach(builder::header);
        socket = builder.buildAsync(uri, new Listener()).join();
    }

    /** @param query as it goes over the wire, as in {@code src=door} */
    public static SignalingSocket open(String base, String query) {
        return open(base, query, Map.of());
    }

    /** The same with these headers in its request. */
    public static SignalingSocket open(String base, String query, Map<String, String> headers) {
        return new SignalingSocket(URI.create(base.replace("http://", "ws://") + "/api/ws?" + query), headers);
    }

    /** The line of a page, {@code /api/oriel/events}. */
    public static SignalingSocket events(String base) {
        return events(base, "", Map.of());
    }

    /** The same with this query, as in {@code token=…}, and these headers. */
    public static SignalingSocket events(String base, String query, Map<String, String> headers) {
        return new SignalingSocket(
                URI.create(base.replace("http://", "ws://") + "/api/oriel/events?" + query), headers);
    }

    /** Why the other end closed it, waited for at most 20 s. */
    public String awaitClosed() throws Exception {
        return closed.get(20, TimeUnit.SECONDS);
    }

    public void send(String type, JsonValue value) {
        text(JsonObject.builder().put("type", type).put("value", value).build().toString());
    }

    public void send(String type, String value) {
        send(type, new JsonString(value));
    }

    public void text(String message) {
        socket.sendText(message, true).join();
    }

    /** What came so far. */
    public synchronized List<JsonObject> messages() {
        return List.copyOf(messages);
    }

    /** The first message of this type, waited for at most 20 s. */
    public JsonObject await(String type) throws InterruptedException {
        return await(message -> message.string("type").orElse("").equals(type));
    }

    /** The value of the first message of this type, which is a text. */
    public String awaitText(String type) throws InterruptedException {
        return await(type).string("value").orElseThrow();
    }

    public synchronized JsonObject await(Predicate<JsonObject> wanted) throws InterruptedException {
        long end = System.nanoTime() + AWAIT_NANOS;
        while (messages.stream().noneMatch(wanted)) {
            if (System.nanoTime() - end > 0) {
                throw new AssertionError("in vain; there came " + messages);
            }
            wait(20);
        }
        return messages.stream().filter(wanted).findFirst().orElseThrow();
    }

    /** Says goodbye as Home Assistant does. */
    @Override
    public void close() {
        if (!socket.isOutputClosed()) {
            socket.sendClose(WebSocket.NORMAL_CLOSURE, "").join();
        }
        http.shutdownNow();
    }

    private final class Listener implements WebSocket.Listener {
        private final StringBuilder whole = new StringBuilder();

        @Override
        public CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
            whole.append(data);
            if (last) {
                add(whole.toString());
                whole.setLength(0);
            }
            from.request(1);
            return CompletableFuture.completedFuture(null);
        }

        @Override
        public CompletionStage<?> onClose(WebSocket from, int code, String reason) {
            closed.complete(code + " " + reason);
            return CompletableFuture.completedFuture(null);
        }

        private void add(String text) {
            synchronized (SignalingSocket.this) {
                try {
                    messages.add((JsonObject) Json.parse(text));
                } catch (MalformedException e) {
                    throw new AssertionError(text, e);
                }
                SignalingSocket.this.notifyAll();
            }
        }
    }
}
