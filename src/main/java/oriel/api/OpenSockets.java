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
import java.util.function.Consumer;
import java.util.function.Predicate;
import oriel.access.Principal;
import oriel.access.SessionLedger;

/**
 * WebSockets that are open, so that all can be ended in good order: a server that stops under one complains. Each ends with
 * the right that it runs on. Any thread.
 */
final class OpenSockets {
    private static final Duration GOODBYE = Duration.ofSeconds(1);

    private final SessionLedger sessions;
    private final Map<String, Line> lines = new ConcurrentHashMap<>();
    private volatile boolean stopping;

    private record Line(WebSocketSession socket, SessionLedger.Session right, CompletableFuture<Void> end) {}

    OpenSockets(SessionLedger sessions) {
        this.sessions = sessions;
    }

    /**
     * A socket opened.
     *
     * @param still whether it may go on with what its owner is now
     * @param last hears why it may not, before it is closed
     */
    void opened(WebSocketSession socket, Principal who, Predicate<Principal> still, Consumer<String> last) {
        SessionLedger.Session right = sessions.open(who.grounds(), still, sentence -> {
            last.accept(sentence);
            socket.close(new CloseReason(CloseReason.POLICY_VIOLATION.getCode(), sentence));
        });
        lines.put(socket.getId(), new Line(socket, right, new CompletableFuture<>()));
        if (stopping) {
            socket.close(CloseReason.GOING_AWAY);
        }
    }

    void closed(WebSocketSession socket) {
        Line line = lines.remove(socket.getId());
        if (line != null) {
            line.right().close();
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
