package oriel.api;

import io.micronaut.context.ApplicationContext;
import io.micronaut.web.router.Router;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import oriel.access.Door;
import oriel.config.Listen;
import oriel.metrics.Drops;

/** Runs the HTTP doors: the same {@link RouteTable} behind all, and a listener for each. */
public final class ApiServer implements AutoCloseable {
    static final int MAX_HEADER = 16 * 1024;
    static final long MAX_BODY = 256L * 1024;

    private final ApplicationContext context;
    private final ApiServices services;
    private final ConnectionLimit connections;
    private final List<HttpListener> listeners = new ArrayList<>(); // guarded by this

    private ApiServer(ApplicationContext context, ApiServices services) {
        this.context = context;
        this.services = services;
        Drops drops = services.limits().http();
        this.connections = ConnectionLimit.ofMachine(drops);
        services.limits().limits(() -> DoorLimits.of(connections, drops));
    }

    /**
     * Puts the routes before what answers, once they are there; no port is open yet.
     *
     * @param routes nobody else's from now on
     */
    public static ApiServer start(CompletableFuture<RouteTable> routes, ApiServices services) {
        PageDoor pages = new PageDoor(services); // Read while the routes are built.
        return new ApiServer(routes.join().before(services, pages), services);
    }

    /**
     * Opens a door at an address, at any time: when it is open, everything behind it can answer. Returns at once if the port
     * is taken, and goes on trying.
     *
     * @param door {@link Door#API} or {@link Door#INGRESS}
     */
    public synchronized HttpListener open(Door door, Listen listen) {
        HttpListener listener = new HttpListener(context, services, connections, door, listen);
        listeners.removeIf(HttpListener::isClosed);
        listeners.add(listener);
        listener.start();
        return listener;
    }

    /** Where routes are found. */
    Router router() {
        return context.getBean(Router.class);
    }

    @Override
    public synchronized void close() {
        listeners.forEach(HttpListener::stopTrying);
        if (listeners.stream().anyMatch(HttpListener::isOpen)) {
            context.getBean(SocketRoutes.class).closeAll();
            context.getBean(EventRoutes.class).closeAll();
        }
        listeners.forEach(HttpListener::close);
        context.close();
    }
}
