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
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import oriel.access.Door;
import oriel.config.Listen;
import oriel.metrics.Drops;

/**
 * One door's port. One that is taken is tried again every 5 s until it is ours or the listener is closed; all else goes on
 * meanwhile. Safe on any thread.
 */
public final class HttpListener implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger("api");
    private static final Duration BETWEEN_TRIES = Duration.ofSeconds(5);
    private static final Duration IDLE = Duration.ofSeconds(60);

    /** Java's sockets take this for IPv4 and IPv6 alike. */
    private static final String EVERY_ADDRESS = "0.0.0.0";

    /** What Micronaut takes for any free port. */
    private static final int ANY_PORT = -1;

    private final ApplicationContext context;
    private final ApiServices services;
    private final ConnectionLimit connections;
    private final Door door;
    private final Listen listen;
    private final CompletableFuture<Integer> port = new CompletableFuture<>();
    private volatile boolean closed;
    private volatile boolean taken;
    private volatile @Nullable Thread opening;
    private volatile @Nullable NettyEmbeddedServer server;

    HttpListener(
            ApplicationContext context, ApiServices services, ConnectionLimit connections, Door door, Listen listen) {
        this.context = context;
        this.services = services;
        this.connections = connections;
        this.door = door;
        this.listen = listen;
    }

    /** The port that was opened; waits for it. */
    public CompletableFuture<Integer> port() {
        return port.copy();
    }

    /** Where it is to listen, while another program does; empty as soon as the port is ours. */
    public Optional<Listen> taken() {
        return taken && !closed ? Optional.of(listen) : Optional.empty();
    }

    /** Closes the port, and the connections that came by it. */
    @Override
    public void close() {
        stopTrying();
        takeOut().ifPresent(NettyEmbeddedServer::stop);
    }

    private synchronized Optional<NettyEmbeddedServer> takeOut() {
        Optional<NettyEmbeddedServer> open = Optional.ofNullable(server);
        server = null;
        return open;
    }

    // False if this was closed while the port was opened.
    private synchronized boolean keep(NettyEmbeddedServer opened) {
        if (!closed) {
            server = opened;
        }
        return !closed;
    }

    void start() {
        if (!open(true)) {
            opening = Thread.ofVirtual().name("api-open").start(this::keepTrying);
        }
    }

    synchronized void stopTrying() {
        closed = true;
        Optional.ofNullable(opening).ifPresent(Thread::interrupt);
    }

    boolean isClosed() {
        return closed;
    }

    boolean isOpen() {
        return server != null;
    }

    private boolean open(boolean first) {
        NettyEmbeddedServer candidate =
                context.getBean(NettyEmbeddedServerFactory.class).build(configuration());
        Drops drops = services.limits().http();
        // Home Assistant takes its own prefix off before it asks.
        BasePath prefix =
                new BasePath(door == Door.INGRESS ? "" : services.config().basePath());
        candidate.register(new PipelineCustomizer(new DoorFacts(door, services.guard(), prefix, connections, drops)));
        try {
            candidate.start();
            taken = false;
        } catch (ServerStartupException e) {
            taken = true;
            if (first) {
                LOG.warn(
                        "{} is taken by another program, or not ours to have: end that program, or set {} to"
                                + " another port. Oriel tries again every 5 s.",
                        listen,
                        door == Door.INGRESS ? "oriel.ingress.listen" : "api.listen");
            }
            return false;
        }
        if (!keep(candidate)) {
            candidate.stop();
            return true;
        }
        if (door == Door.INGRESS) {
            LOG.info("ingress addr={}", listen.boundTo(candidate.getPort()));
        } else {
            LOG.info("listen addr={}", listen.boundTo(candidate.getPort()));
        }
        port.complete(candidate.getPort());
        return true;
    }

    private void keepTrying() {
        try {
            do {
                services.clock().sleep(BETWEEN_TRIES);
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
        configuration.setMaxHeaderSize(ApiServer.MAX_HEADER);
        configuration.setMaxRequestSize(ApiServer.MAX_BODY);
        configuration.setIdleTimeout(IDLE);
        return configuration;
    }
}
