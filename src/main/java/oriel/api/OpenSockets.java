package oriel.api;

import io.micronaut.websocket.CloseReason;
import io.micronaut.websocket.WebSocketSession;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/** WebSockets that are open, so that all can be ended in good order: a server that stops under one complains. Any thread. */
final class OpenSockets {
    private static final Duration GOODBYE = Duration.ofSeconds(1);

    private final Map<String, Line> lines = new ConcurrentHashMap<>();
    private volatile boolean stopping;

    private record Line(WebSocketSession socket, CompletableFuture<Void> end) {}

    void opened(WebSocketSession socket) {
        lines.put(socket.getId(), new Line(socket, new CompletableFuture<>()));
        if (stopping) {
            socket.close(CloseReason.GOING_AWAY);
        }
    }

    void closed(WebSocketSession socket) {
        Line line = lines.remove(socket.getId());
        if (line != null) {
            line.end().complete(null);
        }
    }

    /** Says goodbye on all and waits a moment for the answers. */
    void closeAll() {
        stopping = true;
        List<CompletableFuture<Void>> ends = new ArrayList<>();
        lines.values().forEach(line -> {
            ends.add(line.end());
            line.socket().close(CloseReason.GOING_AWAY);
        });
        CompletableFuture.allOf(ends.toArray(CompletableFuture[]::new))
                .completeOnTimeout(null, GOODBYE.toMillis(), TimeUnit.MILLISECONDS)
                .join();
    }
}
