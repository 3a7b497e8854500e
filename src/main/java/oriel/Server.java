package oriel;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import oriel.access.Door;
import oriel.access.SourcePolicy;
import oriel.access.UserDirectory;
import oriel.api.About;
import oriel.api.ApiServer;
import oriel.api.ApiServices;
import oriel.api.HttpListener;
import oriel.api.LimitCounters;
import oriel.api.RouteTable;
import oriel.base.Failure;
import oriel.base.Seams;
import oriel.config.ConfigException;
import oriel.config.ConfigPlaces;
import oriel.config.ConfigReload;
import oriel.config.ConfigReviewer;
import oriel.config.GatewayConfig;
import oriel.config.Listen;
import oriel.config.LoadedConfig;
import oriel.config.MovingIn;
import oriel.config.ReloadReport;
import oriel.config.Transport;
import oriel.homeassistant.supervisor.HomeAssistant;
import oriel.homeassistant.supervisor.OwnInfo;
import oriel.metrics.Drops;

/** A gateway with its HTTP doors in front: all that one process of Oriel runs. */
public final class Server implements AutoCloseable {
    private final Gateway gateway;
    private final Doors access;
    private final ConfigReload reload;
    private final ConfigWatcher watcher;
    private final ApiServices services;
    private final Optional<HttpListener> apiListener;
    private final MqttLane mqtt;
    private final CompletableFuture<RouteTable> routes;
    private volatile Optional<HttpListener> ingressListener = Optional.empty(); // written under this
    // All below: guarded by this.
    private Optional<ApiServer> api = Optional.empty();
    private OptionalInt chosenIngress = OptionalInt.empty();
    private boolean closed;

    private Server(
            Gateway gateway,
            Doors doors,
            ConfigReload reload,
            ConfigPlaces places,
            ApiServices services,
            MqttLane mqtt,
            CompletableFuture<RouteTable> routes,
            GatewayConfig config) {
        this.mqtt = mqtt;
        this.routes = routes;
        this.gateway = gateway;
        this.access = doors;
        this.reload = reload;
        this.services = services;
        this.apiListener = config.api().listen().map(listen -> doors().open(Door.API, listen));
        config.oriel().ingress().listen().ifPresent(this::openIngress);
        this.watcher = ConfigWatcher.start(
                places::stamps, this::reload, gateway.seams().clock());
    }

    /** {@link #start(BuildInfo, ConfigPlaces, LoadedConfig, Seams, CompletableFuture, Drops)} where nothing is there yet. */
    public static Server start(BuildInfo build, ConfigPlaces places, LoadedConfig loaded, Seams seams) {
        return start(build, places, loaded, seams, RouteTable.begin(), new Drops());
    }

    /**
     * Starts everything; HTTP last, so that no port opens before what is behind it can answer.
     *
     * @param loaded what {@code places} gave; they are read again when it changes
     * @param routes nobody else's from now on, whatever comes of it
     * @param lostLines lines of the log that were lost, which are told
     * @throws RuntimeException if a route does not say what it asks for
     */
    public static Server start(
            BuildInfo build,
            ConfigPlaces places,
            LoadedConfig loaded,
            Seams seams,
            CompletableFuture<RouteTable> routes,
            Drops lostLines) {
        return start(build, places, loaded, seams, gateway -> gateway.home().users(), routes, lostLines);
    }

    /**
     * The same with other users than Home Assistant's.
     *
     * @param directory who comes in by ingress
     */
    public static Server start(
            BuildInfo build,
            ConfigPlaces places,
            LoadedConfig loaded,
            Seams seams,
            UserDirectory directory,
            Drops lostLines) {
        return start(build, places, loaded, seams, gateway -> directory, RouteTable.begin(), lostLines);
    }

    private static Server start(
            BuildInfo build,
            ConfigPlaces places,
            LoadedConfig loaded,
            Seams seams,
            Function<Gateway, UserDirectory> directory,
            CompletableFuture<RouteTable> routes,
            Drops lostLines) {
        Optional<Gateway> gateway = Optional.empty();
        boolean started = false;
        try {
            gateway = Optional.of(Gateway.start(loaded, seams));
            UserDirectory users = directory.apply(gateway.get());
            Server server = before(build, places, loaded, gateway.get(), users, routes, lostLines);
            started = true;
            return server;
        } finally {
            if (!started) {
                gateway.ifPresent(Gateway::close);
                routes.thenAccept(RouteTable::close);
            }
        }
    }

    private static Server before(
            BuildInfo build,
            ConfigPlaces places,
            LoadedConfig loaded,
            Gateway gateway,
            UserDirectory directory,
            CompletableFuture<RouteTable> routes,
            Drops lostLines) {
        ConfigReviewer reviewer = new ConfigReviewer(
                (source, isStream) -> gateway.streams().whyNot(source, isStream).map(Failure::sentence),
                places::hasVariable);
        About about = new About(
                build.version(),
                build.revision(),
                loaded.file().map(Path::toString).orElse(""));
        Doors doors = Doors.open(loaded, gateway.state(), directory, gateway.seams());
        MqttLane mqtt = new MqttLane(gateway, loaded, build.version());
        ConfigReload reload = new ConfigReload(places, loaded, now -> apply(now, gateway, doors, mqtt));
        MovingIn moving = new MovingIn(reload, reviewer);
        ApiServices services = services(about, gateway, reload, moving, doors, mqtt, lostLines);
        Server server = new Server(gateway, doors, reload, places, services, mqtt, routes, loaded.config());
        server.followHome(loaded.config());
        mqtt.start(reload, server::doorTroubles);
        services.limits().limits(mqtt::limits);
        gateway.openedDoors();
        return server;
    }

    // Streams first: who may see one that is gone loses it by that.
    private static ReloadReport apply(LoadedConfig now, Gateway gateway, Doors doors, MqttLane mqtt) {
        ReloadReport report = gateway.apply(now);
        List<String> said = new ArrayList<>(report.changes());
        doors.apply(now).ifPresent(said::add);
        said.addAll(mqtt.apply(now));
        return new ReloadReport(said, report.afterRestart());
    }

    // Waits for no lock: whoever asks is waited for at the end.
    private List<String> doorTroubles() {
        List<String> troubles = new ArrayList<>();
        apiListener
                .flatMap(HttpListener::taken)
                .ifPresent(at -> troubles.add(OwnDesk.taken("The port of page and API", at, "api.listen")));
        ingressListener
                .flatMap(HttpListener::taken)
                .ifPresent(at -> troubles.add(
                        OwnDesk.taken("The port for Home Assistant's own page", at, "oriel.ingress.listen")));
        return troubles;
    }

    private void followHome(GatewayConfig config) {
        HomeAssistant home = gateway.home();
        apiListener.ifPresent(listener -> listener.port().thenAccept(home::listening));
        if (config.oriel().ingress().listen().isEmpty()) {
            home.self().ifPresent(self -> self.onChange(info -> info.ifPresent(this::followIngress)));
        }
    }

    // The Supervisor chooses the port, and tells it when it is asked.
    private synchronized void followIngress(OwnInfo info) {
        if (!closed && info.ingressPort().isPresent() && !info.ingressPort().equals(chosenIngress)) {
            chosenIngress = info.ingressPort();
            openIngress(new Listen("", chosenIngress.getAsInt(), Transport.TCP));
        }
    }

    /** Reads the configuration again; what comes of it stands in the log. */
    public void reload() {
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
        watcher.close();
        synchronized (this) {
            closed = true;
            api.ifPresentOrElse(ApiServer::close, () -> routes.thenAccept(RouteTable::close));
            mqtt.close();
        }
        access.close();
        gateway.close();
    }

    /** The HTTP doors; they are put before the gateway by this if none is open. */
    public synchronized ApiServer doors() {
        if (api.isEmpty()) {
            api = Optional.of(ApiServer.start(routes, services));
        }
        return api.get();
    }

    private static ApiServices services(
            About about,
            Gateway gateway,
            ConfigReload reload,
            MovingIn moving,
            Doors doors,
            MqttLane mqtt,
            Drops lostLines) {
        LoadedConfig loaded = reload.current();
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
        limits.drops("mqtt", mqtt.drops());
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
                doors.sessions(),
                doors::firstPassword,
                loaded.redactions(),
                new SourcePolicy(config.oriel().hosts()),
                config.api(),
                gateway::iceServers,
                reload,
                moving,
                loaded.folder(),
                limits,
                gateway.home(),
                mqtt::status,
                gateway.seams().clock());
    }
}
