package oriel.api;

import io.micronaut.http.HttpRequest;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.websocket.WebSocketSession;
import io.micronaut.websocket.annotation.OnClose;
import io.micronaut.websocket.annotation.OnError;
import io.micronaut.websocket.annotation.OnMessage;
import io.micronaut.websocket.annotation.OnOpen;
import io.micronaut.websocket.annotation.ServerWebSocket;
import io.netty.handler.codec.TooLongFrameException;
import io.netty.handler.codec.http.websocketx.CorruptedWebSocketFrameException;
import jakarta.inject.Named;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import oriel.access.Right;
import oriel.access.TokenUse;

/** {@code /api/ws}: signalling by messages {@code {"type":…,"value":…}}, as go2rtc and Home Assistant speak them. */
@ServerWebSocket("/api/ws")
@Needs(value = Right.VIEW, stream = StreamIn.QUERY, token = TokenUse.SESSION_START)
final class SocketRoutes {
    private static final Logger LOG = LoggerFactory.getLogger("api");

    private final ApiServices services;
    private final ExecutorService threads;
    private final Map<String, SignalingSession> sessions = new ConcurrentHashMap<>();
    private final OpenSockets sockets;

    SocketRoutes(ApiServices services, @Named(TaskExecutors.BLOCKING) ExecutorService threads) {
        this.services = services;
        this.threads = threads;
        this.sockets = new OpenSockets(services.sessions());
    }

    @OnOpen
    void open(WebSocketSession socket, HttpRequest<?> request) {
        SocketWriter writer = new SocketWriter(socket, services.limits().http());
        sessions.put(socket.getId(), new SignalingSession(services, threads, request, writer));
        Optional<String> src = Requests.query(request, "src");
        sockets.opened(
                socket,
                Requests.principal(request),
                now -> now.mayView(src.orElse(""))
                        || (src.isEmpty() && now.role().may(Right.VIEW)),
                sentence -> writer.send("error", "webrtc: " + sentence));
    }

    @OnMessage(maxPayloadLength = SignalingSession.MAX_MESSAGE)
    void message(String text, WebSocketSession socket) {
        SignalingSession session = sessions.get(socket.getId());
        if (session != null) {
            session.message(text);
        }
    }

    @OnClose
    void close(WebSocketSession socket) {
        SignalingSession session = sessions.remove(socket.getId());
        if (session != null) {
            session.closed();
        }
        sockets.closed(socket);
    }

    @OnError
    void error(WebSocketSession socket, Throwable cause) {
        if (cause instanceof TooLongFrameException || cause instanceof CorruptedWebSocketFrameException) {
            services.limits().http().count("websocket-message-full");
        }
        LOG.debug("websocket: {}", cause.toString());
        close(socket);
    }

    /** Ends all of them. */
    void closeAll() {
        sockets.closeAll();
    }
}
