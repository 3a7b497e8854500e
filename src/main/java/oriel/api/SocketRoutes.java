package oriel.api;

import io.micronaut.http.HttpRequest;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.websocket.CloseReason;
import io.micronaut.websocket.WebSocketSession;
import io.micronaut.websocket.annotation.OnClose;
import io.micronaut.websocket.annotation.OnError;
import io.micronaut.websocket.annotation.OnMessage;
import io.micronaut.websocket.annotation.OnOpen;
import io.micronaut.websocket.annotation.ServerWebSocket;
import io.netty.handler.codec.TooLongFrameException;
import io.netty.handler.codec.http.websocketx.CorruptedWebSocketFrameException;
import jakarta.inject.Named;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import oriel.access.Right;
import oriel.access.TokenUse;

/** {@code /api/ws}: signalling by messages {@code {"type":…,"value":…}}, as go2rtc and Home Assistant speak them. */
@ServerWebSocket("/api/ws")
@Needs(value = Right.VIEW, stream = StreamIn.QUERY, token = TokenUse.SESSION_START)
final class SocketRoutes {
    private static final Logger LOG = LoggerFactory.getLogger("api");

    private static final Duration GOODBYE = Duration.ofSeconds(1);

    private final ApiServices services;
    private final ExecutorService threads;
    private final Map<String, Talk> talks = new ConcurrentHashMap<>();
    private volatile boolean stopping;

    private record Talk(WebSocketSession socket, SignalingSession session, CompletableFuture<Void> end) {}

    SocketRoutes(ApiServices services, @Named(TaskExecutors.BLOCKING) ExecutorService threads) {
        this.services = services;
        this.threads = threads;
    }

    @OnOpen
    void open(WebSocketSession socket, HttpRequest<?> request) {
        SignalingSession session = new SignalingSession(
                services,
                threads,
                request,
                new SocketWriter(socket, services.limits().http()));
        talks.put(socket.getId(), new Talk(socket, session, new CompletableFuture<>()));
        if (stopping) {
            socket.close(CloseReason.GOING_AWAY);
        }
    }

    @OnMessage(maxPayloadLength = SignalingSession.MAX_MESSAGE)
    void message(String text, WebSocketSession socket) {
        Talk talk = talks.get(socket.getId());
        if (talk != null) {
            talk.session().message(text);
        }
    }

    @OnClose
    void close(WebSocketSession socket) {
        Talk talk = talks.remove(socket.getId());
        if (talk != null) {
            talk.session().closed();
            talk.end().complete(null);
        }
    }

    @OnError
    void error(WebSocketSession socket, Throwable cause) {
        if (cause instanceof TooLongFrameException || cause instanceof CorruptedWebSocketFrameException) {
            services.limits().http().count("websocket-message-full");
        }
        LOG.debug("websocket: {}", cause.toString());
        close(socket);
    }

    /** Says goodbye on all sockets and waits a moment for it: a server that stops under an open one complains. */
    void closeAll() {
        stopping = true;
        List<CompletableFuture<Void>> ends = new ArrayList<>();
        talks.values().forEach(talk -> {
            ends.add(talk.end());
            talk.socket().close(CloseReason.GOING_AWAY);
        });
        CompletableFuture.allOf(ends.toArray(CompletableFuture[]::new))
                .completeOnTimeout(null, GOODBYE.toMillis(), TimeUnit.MILLISECONDS)
                .join();
    }
}
