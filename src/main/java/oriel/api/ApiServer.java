package oriel.api;

import io.micronaut.context.ApplicationContext;
import io.micronaut.web.router.Router;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import oriel.access.Door;
import oriel.config.Listen;
import oriel.metrics.Drops;

/**
 * Runs the HTTP doors: one Micronaut context for all routes, and a listener for each door. Building it looks at all routes,
 * and fails if one does not declare what it asks for.
 */
public final class ApiServer implements AutoCloseable {
    // Origins are our guard's to judge: it knows those that the owner named.
    private static final Map<String, Object> PROPERTIES = Map.of(
            "micronaut.application.name",
            "oriel",
            "micronaut.netty.event-loops.default.num-threads",
            2,
            "micronaut.server.cors.localhost-pass-through",
            true);

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

    /** Builds the routes; no port is open yet. */
    public static ApiServer start(ApiServices services) {
        ApplicationContext context = ApplicationContext.builder()
                .deduceEnvironment(false)
                .deduceCloudEnvironment(false)
                .bootstrapEnvironment(false)
                .banner(false)
                .properties(PROPERTIES)
                .singletons(services)
                .start();
        return new ApiServer(context, services);
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

    ApiServices services() {
        return services;
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
