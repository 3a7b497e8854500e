package oriel;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import oriel.access.Door;
import oriel.access.SourcePolicy;
import oriel.access.UserDirectory;
import oriel.api.About;
import oriel.api.ApiServer;
import oriel.api.ApiServices;
import oriel.api.HttpListener;
import oriel.api.LimitCounters;
import oriel.base.Seams;
import oriel.config.GatewayConfig;
import oriel.config.Listen;
import oriel.config.LoadedConfig;
import oriel.metrics.Drops;

/** A gateway with its HTTP doors in front: all that one process of Oriel runs. */
public final class Server implements AutoCloseable {
    private final Gateway gateway;
    private final ApiServices services;
    private final Optional<HttpListener> apiListener;
    private Optional<HttpListener> ingressListener = Optional.empty(); // guarded by this, as is the one below
    private Optional<ApiServer> api = Optional.empty();

    private Server(Gateway gateway, ApiServices services, GatewayConfig config) {
        this.gateway = gateway;
        this.services = services;
        this.apiListener = config.api().listen().map(listen -> doors().open(Door.API, listen));
        config.oriel().ingress().listen().ifPresent(this::openIngress);
    }

    /** Starts everything, without a Home Assistant that tells of its users. */
    public static Server start(BuildInfo build, LoadedConfig loaded, Seams seams) {
        return start(build, loaded, seams, UserDirectory.none(), new Drops());
    }

    /**
     * Starts everything; HTTP last, so that no port opens before what is behind it can answer.
     *
     * @param directory who comes in by ingress
     * @param lostLines lines of the log that were lost, which are told
     * @throws IllegalStateException if a route does not say what it asks for
     */
    public static Server start(
            BuildInfo build, LoadedConfig loaded, Seams seams, UserDirectory directory, Drops lostLines) {
        Gateway gateway = Gateway.start(loaded, seams);
        About about = new About(
                build.version(),
                build.revision(),
                loaded.file().map(Path::toString).orElse(""));
        boolean started = false;
        try {
            Doors doors = Doors.open(loaded, gateway.state(), directory, seams);
            Server server = new Server(gateway, services(about, loaded, gateway, doors, lostLines), loaded.config());
            started = true;
            return server;
        } finally {
            if (!started) {
                gateway.close();
            }
        }
    }

    public Gateway gateway() {
        return gateway;
    }

    /** The port of page and API once it is open; empty if {@code api.listen} asks for none. */
    public Optional<CompletableFuture<Integer>> apiPort() {
        return apiListener.map(HttpListener::port);
    }

    /** The port for Home Assistant's front end once it is open; empty as long as nobody asked for one. */
    public synchronized Optional<CompletableFuture<Integer>> ingressPort() {
        return ingressListener.map(HttpListener::port);
    }

    /** Opens the door to Home Assistant's front end at this address, in place of the one that was open. Any time. */
    public synchronized void openIngress(Listen listen) {
        ingressListener.ifPresent(HttpListener::close);
        ingressListener = Optional.of(doors().open(Door.INGRESS, listen));
    }

    /** Ends everything in the opposite order. */
    @Override
    public void close() {
        synchronized (this) {
            api.ifPresent(ApiServer::close);
        }
        gateway.close();
    }

    /** The HTTP doors; they are built by this if none is open. */
    public synchronized ApiServer doors() {
        if (api.isEmpty()) {
            api = Optional.of(ApiServer.start(services));
        }
        return api.get();
    }

    private static ApiServices services(
            About about, LoadedConfig loaded, Gateway gateway, Doors doors, Drops lostLines) {
        GatewayConfig config = loaded.config();
        LimitCounters limits = new LimitCounters();
        gateway.tell("api", limits.http());
        gateway.tell("oriel", lostLines);
        limits.limits(gateway::limits);
        limits.limits(() -> List.of(Logs.limit(lostLines)));
        limits.drops("log", lostLines);
        limits.drops("streams", gateway.streams().drops());
        limits.drops("webrtc", gateway.webrtcDrops());
        limits.drops("stills", gateway.stills().drops());
        return new ApiServices(
                about,
                gateway.catalog(),
                gateway.preloads(),
                gateway.streams(),
                gateway.hass(),
                gateway::webrtc,
                gateway.stills(),
                doors.guard(),
                doors.links(),
                doors.firstPassword(),
                loaded.redactions(),
                new SourcePolicy(config.oriel().hosts()),
                config.api(),
                config.webrtc().iceServers(),
                loaded.folder(),
                limits,
                gateway.seams().clock());
    }
}
