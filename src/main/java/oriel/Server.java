package oriel;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import oriel.access.HostCheck;
import oriel.access.LoopbackDoor;
import oriel.access.OriginCheck;
import oriel.access.SourcePolicy;
import oriel.api.About;
import oriel.api.ApiServer;
import oriel.api.ApiServices;
import oriel.api.DoorGuard;
import oriel.api.LimitCounters;
import oriel.base.Failure;
import oriel.base.Seams;
import oriel.config.ConfigException;
import oriel.config.ConfigPlaces;
import oriel.config.ConfigReload;
import oriel.config.ConfigReviewer;
import oriel.config.GatewayConfig;
import oriel.config.LoadedConfig;
import oriel.config.MovingIn;
import oriel.metrics.Drops;

/** A gateway with its HTTP doors in front: all that one process of Oriel runs. */
public final class Server implements AutoCloseable {
    private final Gateway gateway;
    private final Optional<ApiServer> api;
    private final ConfigReload reload;
    private final ConfigWatcher watcher;

    private Server(Gateway gateway, Optional<ApiServer> api, ConfigReload reload, ConfigWatcher watcher) {
        this.gateway = gateway;
        this.api = api;
        this.reload = reload;
        this.watcher = watcher;
    }

    /**
     * Starts everything; HTTP last, so that no port opens before what is behind it can answer.
     *
     * @param loaded what {@code places} gave; they are read again when it changes
     */
    public static Server start(BuildInfo build, ConfigPlaces places, LoadedConfig loaded, Seams seams) {
        return start(build, places, loaded, seams, new Drops());
    }

    /** The same, where {@code lostLines} of the log are told. */
    static Server start(BuildInfo build, ConfigPlaces places, LoadedConfig loaded, Seams seams, Drops lostLines) {
        Gateway gateway = Gateway.start(loaded, seams);
        ConfigReload reload = new ConfigReload(places, loaded, gateway);
        ConfigReviewer reviewer = new ConfigReviewer(
                (source, isStream) -> gateway.streams().whyNot(source, isStream).map(Failure::sentence),
                places::hasVariable);
        MovingIn moving = new MovingIn(reload, reviewer);
        About about = new About(
                build.version(),
                build.revision(),
                loaded.file().map(Path::toString).orElse(""));
        Optional<ApiServer> api = loaded.config()
                .api()
                .listen()
                .map(listen -> ApiServer.start(services(about, gateway, reload, moving, lostLines), listen));
        api.ifPresent(doors -> doors.port().thenAccept(gateway.home()::listening));
        ConfigWatcher watcher = ConfigWatcher.start(places::stamps, () -> reload(reload), seams.clock());
        return new Server(gateway, api, reload, watcher);
    }

    /** Reads the configuration again; what comes of it stands in the log. */
    public void reload() {
        reload(reload);
    }

    private static void reload(ConfigReload reload) {
        try {
            reload.reload();
        } catch (ConfigException e) {
            // Told in the log; the configuration before goes on.
        }
    }

    public Gateway gateway() {
        return gateway;
    }

    /** The port of page and API once it is open; empty if {@code api.listen} asks for none. */
    public Optional<CompletableFuture<Integer>> apiPort() {
        return api.map(ApiServer::port);
    }

    /** Ends everything in the opposite order. */
    @Override
    public void close() {
        watcher.close();
        api.ifPresent(ApiServer::close);
        gateway.close();
    }

    private static ApiServices services(
            About about, Gateway gateway, ConfigReload reload, MovingIn moving, Drops lostLines) {
        LoadedConfig loaded = reload.current();
        GatewayConfig config = loaded.config();
        DoorGuard guard = new DoorGuard(
                new LoopbackDoor(config.oriel().loopback()),
                new HostCheck(config.oriel().hosts()),
                new OriginCheck(config.api().origins()));
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
                guard,
                new SourcePolicy(config.oriel().hosts()),
                config.api(),
                gateway::iceServers,
                reload,
                moving,
                loaded.folder(),
                limits,
                gateway.home(),
                gateway.seams().clock());
    }
}
