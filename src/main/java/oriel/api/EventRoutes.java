package oriel.api;

import io.micronaut.http.HttpRequest;
import io.micronaut.websocket.CloseReason;
import io.micronaut.websocket.WebSocketSession;
import io.micronaut.websocket.annotation.OnClose;
import io.micronaut.websocket.annotation.OnError;
import io.micronaut.websocket.annotation.OnMessage;
import io.micronaut.websocket.annotation.OnOpen;
import io.micronaut.websocket.annotation.ServerWebSocket;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import oriel.access.Principal;
import oriel.access.Right;
import oriel.access.TokenUse;
import oriel.base.AddressText;

/**
 * {@code /api/oriel/events}: one line from the gateway to a page, {@code {"type":…,"value":…}}: {@code snapshot} with all
 * streams as {@code /api/streams} shows them, without counters; then {@code changes}, a stream that is gone being null;
 * {@code ping} each 25 s; {@code error}, a sentence, before it is ended. What comes from the page is not read. A page whose
 * login cannot go with a WebSocket comes with a token from {@code POST /api/links {"once":true}}.
 */
@ServerWebSocket("/api/oriel/events")
@Needs(value = Right.VIEW, stream = StreamIn.ROUTE, token = TokenUse.EVENTS)
final class EventRoutes {
    private static final Logger LOG = LoggerFactory.getLogger("api");

    private final OpenSockets sockets;
    private final EventFeed feed;
    private final Shares each = new Shares(EventFeed.MAX_EACH);
    private final Map<String, String> holders = new ConcurrentHashMap<>();
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
        String holder = who.key().orElseGet(() -> AddressText.visitor(DoorGuard.peer(request)));
        boolean room = each.tryTake(holder);
        if (room) {
            holders.put(socket.getId(), holder);
        }
        if (!room || !feed.open(socket.getId(), who.streams(), writer::send)) {
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
        Optional.ofNullable(holders.remove(socket.getId())).ifPresent(each::give);
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
