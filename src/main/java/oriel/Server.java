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
import oriel.base.Seams;
import oriel.config.GatewayConfig;
import oriel.config.LoadedConfig;
import oriel.metrics.Drops;

/** A gateway with its HTTP doors in front: all that one process of Oriel runs. */
public final class Server implements AutoCloseable {
    private final Gateway gateway;
    private final Optional<ApiServer> api;

    private Server(Gateway gateway, Optional<ApiServer> api) {
        this.gateway = gateway;
        this.api = api;
    }

    /** Starts everything; HTTP last, so that no port opens before what is behind it can answer. */
    public static Server start(BuildInfo build, LoadedConfig loaded, Seams seams) {
        return start(build, loaded, seams, new Drops());
    }

    /** The same, where {@code lostLines} of the log are told. */
    static Server start(BuildInfo build, LoadedConfig loaded, Seams seams, Drops lostLines) {
        Gateway gateway = Gateway.start(loaded, seams);
        About about = new About(
                build.version(),
                build.revision(),
                loaded.file().map(Path::toString).orElse(""));
        Optional<ApiServer> api = loaded.config()
                .api()
                .listen()
                .map(listen -> ApiServer.start(services(about, loaded, gateway, lostLines), listen));
        return new Server(gateway, api);
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
        api.ifPresent(ApiServer::close);
        gateway.close();
    }

    private static ApiServices services(About about, LoadedConfig loaded, Gateway gateway, Drops lostLines) {
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
        return new ApiServices(
                about,
                gateway.catalog(),
                gateway.preloads(),
                gateway.streams(),
                gateway.hass(),
                gateway::webrtc,
                guard,
                new SourcePolicy(config.oriel().hosts()),
                config.api(),
                config.webrtc().iceServers(),
                loaded.folder(),
                limits,
                gateway.seams().clock());
    }
}
