package oriel.api;

import io.micronaut.http.HttpRequest;
import io.micronaut.websocket.CloseReason;
import io.micronaut.websocket.WebSocketSession;
import io.micronaut.websocket.annotation.OnClose;
import io.micronaut.websocket.annotation.OnError;
import io.micronaut.websocket.annotation.OnMessage;
import io.micronaut.websocket.annotation.OnOpen;
import io.micronaut.websocket.annotation.ServerWebSocket;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import oriel.access.Principal;
import oriel.access.Right;

/**
 * {@code /api/oriel/events}: one line from the gateway to a page, {@code {"type":…,"value":…}}: {@code snapshot} with all
 * streams as {@code /api/streams} shows them, without counters; then {@code changes}, a stream that is gone being null;
 * {@code ping} each 25 s. What comes from the page is not read.
 */
@ServerWebSocket("/api/oriel/events")
@Needs(value = Right.VIEW, stream = StreamIn.ROUTE)
final class EventRoutes {
    private static final Logger LOG = LoggerFactory.getLogger("api");

    private final OpenSockets sockets;
    private final EventFeed feed;
    private final ApiServices services;

    EventRoutes(ApiServices services) {
        this.services = services;
        this.sockets = new OpenSockets(services.sessions());
        this.feed = new EventFeed(() -> StreamJson.masked(services).all(), services.clock());
    }

    @OnOpen
    void open(WebSocketSession socket, HttpRequest<?> request) {
        SocketWriter writer = new SocketWriter(socket, services.limits().http());
        Principal who = Requests.principal(request);
        sockets.opened(
                socket,
                who,
                now -> now.role().may(Right.VIEW) && now.streams().equals(who.streams()),
                sentence -> writer.send("error", sentence));
        if (!feed.open(socket.getId(), who.streams(), writer::send)) {
            services.limits().http().count("events-full");
            socket.close(CloseReason.TRY_AGAIN_LATER);
        }
    }

    @OnMessage(maxPayloadLength = 1024)
    void message(String text, WebSocketSession socket) {
        // Nothing is asked for over this line.
    }

    @OnClose
    void close(WebSocketSession socket) {
        feed.close(socket.getId());
        sockets.closed(socket);
    }

    @OnError
    void error(WebSocketSession socket, Throwable cause) {
        LOG.debug("websocket: {}", cause.toString());
        close(socket);
    }

    /** Ends all of them. */
    void closeAll() {
        sockets.closeAll();
    }
}
