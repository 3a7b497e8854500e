package oriel.api;

import io.micronaut.websocket.CloseReason;
import io.micronaut.websocket.WebSocketSession;
import io.micronaut.websocket.exceptions.WebSocketSessionException;
import java.util.concurrent.atomic.AtomicInteger;
import oriel.base.JsonObject;
import oriel.base.JsonString;
import oriel.base.JsonValue;
import oriel.metrics.Drops;

/** Writes messages to one socket; a reader that does not read is closed before much waits for it. Any thread. */
final class SocketWriter {
    static final int MAX_WAITING = 256;

    private final WebSocketSession socket;
    private final Drops drops;
    private final AtomicInteger waiting = new AtomicInteger();

    SocketWriter(WebSocketSession socket, Drops drops) {
        this.socket = socket;
        this.drops = drops;
    }

    void send(String type, String value) {
        send(type, new JsonString(value));
    }

    void send(String type, JsonValue value) {
        if (!socket.isOpen()) {
            return;
        }
        if (waiting.incrementAndGet() > MAX_WAITING) {
            drops.count("websocket-slow");
            socket.close(CloseReason.POLICY_VIOLATION);
            return;
        }
        String text = JsonObject.builder()
                .put("type", type)
                .put("value", value)
                .build()
                .toString();
        try {
            socket.sendAsync(text).whenComplete((sent, failure) -> waiting.decrementAndGet());
        } catch (WebSocketSessionException e) {
            waiting.decrementAndGet(); // The other end was quicker; whoever waits for its end is told by that.
        }
    }
}
