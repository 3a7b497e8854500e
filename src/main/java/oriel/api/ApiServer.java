package oriel.api;

import io.micronaut.context.ApplicationContext;
import io.micronaut.http.server.exceptions.ServerStartupException;
import io.micronaut.http.server.netty.NettyEmbeddedServer;
import io.micronaut.http.server.netty.NettyEmbeddedServerFactory;
import io.micronaut.http.server.netty.configuration.NettyHttpServerConfiguration;
import io.micronaut.http.server.netty.configuration.NettyHttpServerConfiguration.NettyListenerConfiguration;
import io.micronaut.runtime.ApplicationConfiguration;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import oriel.base.Clock;
import oriel.config.Listen;
import oriel.metrics.Drops;

/**
 * Runs the HTTP doors: one Micronaut context for all routes, and a server of its own for each listener. A port that is
 * taken is tried again; all else goes on meanwhile.
 */
public final class ApiServer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger("api");

    // Origins are our guard's to judge: it knows those that the owner named.
    private static final Map<String, Object> PROPERTIES = Map.of(
            "micronaut.application.name",
            "oriel",
            "micronaut.netty.event-loops.default.num-threads",
            2,
            "micronaut.server.cors.localhost-pass-through",
            true);

    private static final Duration BETWEEN_TRIES = Duration.ofSeconds(5);
    private static final Duration IDLE = Duration.ofSeconds(60);
    /** Java's sockets take this for IPv4 and IPv6 alike. */
    private static final String EVERY_ADDRESS = "0.0.0.0";

    /** What Micronaut takes for any free port. */
    private static final int ANY_PORT = -1;

    static final int MAX_HEADER = 16 * 1024;
    static final long MAX_BODY = 256L * 1024;

    private final ApplicationContext context;
    private final Listen listen;
    private final BasePath basePath;
    private final Clock clock;
    private final ConnectionLimit connections;
    private final Drops drops;
    private final CompletableFuture<Integer> port = new CompletableFuture<>();
    private volatile boolean closed;
    private volatile @Nullable Thread opening;
    private volatile @Nullable NettyEmbeddedServer server;

    private ApiServer(ApplicationContext context, Listen listen, ApiServices services) {
        this.context = context;
        this.listen = listen;
        this.basePath = new BasePath(services.config().basePath());
        this.clock = services.clock();
        this.drops = services.limits().http();
        this.connections = ConnectionLimit.ofMachine(drops);
        services.limits().limits(() -> DoorLimits.of(connections, drops));
    }

    /**
     * Builds the routes, then opens the port: when it is open, everything behind it can answer. Returns at once if the port
     * is taken, and goes on trying.
     */
    public static ApiServer start(ApiServices services, Listen listen) {
        ApplicationContext context = ApplicationContext.builder()
                .deduceEnvironment(false)
                .deduceCloudEnvironment(false)
                .bootstrapEnvironment(false)
                .banner(false)
                .properties(PROPERTIES)
                .singletons(services)
                .start();
        ApiServer api = new ApiServer(context, listen, services);
        if (!api.open(true)) {
            api.opening = Thread.ofVirtual().name("api-open").start(api::keepTrying);
        }
        return api;
    }

    /** The port that was opened; waits for it. */
    public CompletableFuture<Integer> port() {
        return port.copy();
    }

    @Override
    public void close() {
        closed = true;
        Optional.ofNullable(opening).ifPresent(Thread::interrupt);
        if (server != null) {
            context.getBean(SocketRoutes.class).closeAll();
            context.getBean(EventRoutes.class).closeAll();
        }
        Optional.ofNullable(server).ifPresent(NettyEmbeddedServer::stop);
        context.close();
    }

    private boolean open(boolean first) {
        NettyEmbeddedServer candidate =
                context.getBean(NettyEmbeddedServerFactory.class).build(configuration());
        candidate.register(new PipelineCustomizer(basePath, connections, drops));
        try {
            candidate.start();
        } catch (ServerStartupException e) {
            if (first) {
                LOG.warn(
                        "{} is taken by another program, or not ours to have: end that program, or set api.listen to"
                                + " another port. Oriel tries again every 5 s.",
                        listen);
            }
            return false;
        }
        server = candidate;
        LOG.info("listen addr={}", listen.boundTo(candidate.getPort()));
        port.complete(candidate.getPort());
        return true;
    }

    private void keepTrying() {
        try {
            do {
                clock.sleep(BETWEEN_TRIES);
            } while (!closed && !open(false));
        } catch (InterruptedException e) {
            // Closing.
        }
    }

    private NettyHttpServerConfiguration configuration() {
        NettyHttpServerConfiguration configuration =
                new NettyHttpServerConfiguration(context.getBean(ApplicationConfiguration.class));
        NettyListenerConfiguration tcp = NettyListenerConfiguration.createTcp(
                listen.host().isEmpty() ? EVERY_ADDRESS : listen.host(),
                listen.port() == 0 ? ANY_PORT : listen.port(),
                false,
                null,
                null);
        configuration.setListeners(List.of(tcp));
        configuration.setMaxHeaderSize(MAX_HEADER);
        configuration.setMaxRequestSize(MAX_BODY);
        configuration.setIdleTimeout(IDLE);
        return configuration;
    }
}
