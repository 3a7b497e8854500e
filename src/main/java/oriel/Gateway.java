package oriel;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import oriel.base.Seams;
import oriel.catalog.Catalog;
import oriel.catalog.Preloads;
import oriel.catalog.Probes;
import oriel.config.Candidate;
import oriel.config.ConfigApplier;
import oriel.config.ConfigChange;
import oriel.config.GatewayConfig;
import oriel.config.IceServer;
import oriel.config.Listen;
import oriel.config.LoadedConfig;
import oriel.config.ReloadReport;
import oriel.config.WebrtcConfig;
import oriel.config.WebrtcFilters;
import oriel.homeassistant.camera.HassAddresses;
import oriel.homeassistant.camera.HassImport;
import oriel.homeassistant.camera.HassSourceFactory;
import oriel.homeassistant.supervisor.HomeAssistant;
import oriel.metrics.DropLog;
import oriel.metrics.Drops;
import oriel.metrics.Limit;
import oriel.net.CertificatePins;
import oriel.net.Dialer;
import oriel.net.LoopWatchdog;
import oriel.net.MediaLoops;
import oriel.net.TcpLimits;
import oriel.output.still.StillOutput;
import oriel.output.webrtc.WebRtcOutput;
import oriel.peer.AddressFilter;
import oriel.peer.CandidateGatherer;
import oriel.peer.NameLookup;
import oriel.peer.PeerHost;
import oriel.peer.PeerPort;
import oriel.peer.StaticCandidate;
import oriel.peer.StunServer;
import oriel.process.Children;
import oriel.source.demo.DemoSourceFactory;
import oriel.source.ffmpeg.FfmpegSourceFactory;
import oriel.source.rtsp.RtspReachability;
import oriel.source.rtsp.RtspSourceFactory;
import oriel.state.StateStore;
import oriel.stream.StreamRegistry;
import oriel.worker.MediaWorker;
import oriel.worker.WorkerSettings;

/**
 * All parts of one gateway, built by plain constructors, started in order and stopped in the opposite one. Has no HTTP:
 * {@code oriel.api} is put in front of it. Takes other configurations while it runs.
 */
public final class Gateway implements AutoCloseable, ConfigApplier {
    private static final Logger WEBRTC = LoggerFactory.getLogger("webrtc");
    private static final Logger STREAMS = LoggerFactory.getLogger("streams");
    private static final Duration PATIENCE_AT_END = Duration.ofSeconds(2);
    private static final Duration BETWEEN_TRIES = Duration.ofSeconds(5);

    private final Seams seams;
    private final GatewayConfig started;
    private volatile GatewayConfig current;
    private final MediaLoops loops;
    private final LoopWatchdog watchdog;
    private final ExecutorService threads;
    private final Children children;
    private final MediaWorker worker;
    private final StateStore state;
    private final StreamRegistry streams;
    private final RtspReachability reachability;
    private final Set<String> reachable;
    private final Catalog catalog;
    private final Preloads preloads;
    private final Optional<HassImport> hass;
    private final StillOutput stills;
    private final HomeAssistant home;
    private final DropLog dropLog;
    private final Drops webrtcDrops = new Drops();
    private final SecureRandom strong = new SecureRandom();
    private final CompletableFuture<Void> doorsOpen = new CompletableFuture<>();
    private volatile Optional<WebRtcLane> lane = Optional.empty();
    private volatile boolean webrtcTaken;
    private volatile boolean closed;

    /** The WebRTC port and what answers on it. */
    private record WebRtcLane(PeerHost host, WebRtcOutput output, CandidateGatherer gatherer) {}

    private Gateway(LoadedConfig loaded, Seams seams, WorkerSettings workerSettings) {
        this.seams = seams;
        this.started = loaded.config();
        this.current = started;
        this.loops = MediaLoops.open();
        this.watchdog = LoopWatchdog.start(loops, seams.clock());
        this.dropLog = DropLog.start(seams.clock());
        this.threads = Executors.newThreadPerTaskExecutor(
                Thread.ofVirtual().name("script-", 0).factory());
        this.home = new HomeAssistant(loaded.supervisor(), seams, threads);
        this.children = new Children(seams.clock());
        this.worker = new MediaWorker(workerSettings, children, seams);
        this.state = StateStore.open(loaded.dataFolder(), seams);
        this.streams = new StreamRegistry(seams, loops::next, threads);
        Dialer dialer = new Dialer(loops, seams, new StatePins(state));
        RtspSourceFactory rtsp = new RtspSourceFactory(dialer, seams);
        this.reachability = new RtspReachability(dialer, loops::next, seams);
        this.reachable = rtsp.schemes();
        dropLog.watch("streams", streams.drops());
        dropLog.watch("webrtc", webrtcDrops);
        dropLog.watch("loop", loops.drops());
        streams.register(rtsp);
        streams.register(new FfmpegSourceFactory(rtsp.schemes()));
        streams.register(new DemoSourceFactory(worker));
        HassAddresses addresses = new HassAddresses();
        streams.register(new HassSourceFactory(addresses));
        streams.openBy(addresses::opened);
        this.catalog = new Catalog(streams, state, loaded, demo(loaded.config()));
        this.preloads = new Preloads(streams, state, loaded.config().preload(), seams, threads);
        this.hass = loaded.hassFolder()
                .map(folder -> new HassImport(
                        folder,
                        catalog,
                        addresses,
                        streams.schemes(),
                        home.supervised() ? Optional.of(home::render) : Optional.empty(),
                        loaded.redactions()::add,
                        seams.clock()));
        this.stills = new StillOutput(streams, worker, loops::next, seams.clock(), threads);
        dropLog.watch("stills", stills.drops());
    }

    /** Builds and starts all parts; cameras are connected when somebody wants them. */
    public static Gateway start(LoadedConfig loaded, Seams seams) {
        return start(loaded, seams, WorkerSettings.standard());
    }

    /** The same with another place for the media worker. */
    static Gateway start(LoadedConfig loaded, Seams seams, WorkerSettings workerSettings) {
        Gateway gateway = new Gateway(loaded, seams, workerSettings);
        gateway.catalog.start();
        gateway.hass.ifPresent(hass -> hass.start(gateway.threads));
        gateway.started.webrtc().listen().ifPresent(gateway::openWebRtc);
        gateway.preloads.start();
        gateway.home.start();
        return gateway;
    }

    private static Optional<String> demo(GatewayConfig config) {
        return config.oriel().demo() ? Optional.of(DemoSourceFactory.SOURCE) : Optional.empty();
    }

    @Override
    public synchronized ReloadReport apply(LoadedConfig loaded) {
        if (closed) {
            return ReloadReport.NOTHING;
        }
        GatewayConfig now = loaded.config();
        List<String> said = new ArrayList<>();
        List<ConfigChange> changes = ConfigChange.between(current, now);
        current = now;
        // Also when no stream differs: their lines may, and the demo's wish.
        said.addAll(catalog.replaceFile(now.streams(), loaded.streamPlaces(), demo(now))
                .sentences());
        for (ConfigChange change : changes) {
            apply(change).ifPresent(said::add);
        }
        List<String> waiting = ConfigChange.between(started, now).stream()
                .flatMap(change -> change.afterRestart().stream())
                .toList();
        return new ReloadReport(said, waiting);
    }

    // What takes effect now; what waits for a restart is found by comparing with the start.
    private Optional<String> apply(ConfigChange change) {
        return switch (change) {
            case ConfigChange.Api api -> Optional.empty();
            case ConfigChange.Webrtc webrtc -> tellViewers(webrtc);
            case ConfigChange.Log log -> setLevels(log);
            case ConfigChange.Env env -> Optional.empty();
            case ConfigChange.Streams known -> Optional.empty(); // The catalog was told.
            case ConfigChange.Preload preload -> {
                preloads.replaceFile(preload.after());
                yield Optional.of("Streams that stay connected: "
                        + (preloads.all().isEmpty() ? "none" : preloads.all().size()) + ".");
            }
            case ConfigChange.Hass folder -> Optional.empty();
            case ConfigChange.Oriel oriel ->
                oriel.before().demo() == oriel.after().demo()
                        ? Optional.empty()
                        : Optional.of(
                                oriel.after().demo()
                                        ? "The demo camera is there while there is no other."
                                        : "The demo camera is off.");
        };
    }

    private Optional<String> tellViewers(ConfigChange.Webrtc change) {
        WebrtcConfig now = change.after();
        boolean same = now.candidates().equals(change.before().candidates())
                && now.iceServers().equals(change.before().iceServers());
        if (same) {
            return Optional.empty();
        }
        lane.ifPresent(open -> open.gatherer().configure(candidates(now), servers(now)));
        return Optional.of("Viewers that come from now on are told the changed addresses and servers.");
    }

    private static Optional<String> setLevels(ConfigChange.Log change) {
        boolean same = change.after().level() == change.before().level()
                && change.after().modules().equals(change.before().modules());
        if (same) {
            return Optional.empty();
        }
        Logs.levels(change.after());
        return Optional.of("The levels of the log are others.");
    }

    /** The servers that viewers are told of now. */
    public List<IceServer> iceServers() {
        return current.webrtc().iceServers();
    }

    public Seams seams() {
        return seams;
    }

    public StreamRegistry streams() {
        return streams;
    }

    public Catalog catalog() {
        return catalog;
    }

    public Preloads preloads() {
        return preloads;
    }

    /** What is remembered in the data folder. */
    StateStore state() {
        return state;
    }

    /** Home Assistant's cameras, if there is a folder to look for them. */
    public Optional<HassImport> hass() {
        return hass;
    }

    /** Pictures of streams. */
    public StillOutput stills() {
        return stills;
    }

    /** Home Assistant around us. */
    public HomeAssistant home() {
        return home;
    }

    /** The WebRTC lane, while its port is open. */
    public Optional<WebRtcOutput> webrtc() {
        return lane.map(WebRtcLane::output);
    }

    /** The port that viewers reach us on, while it is open. */
    public Optional<Integer> webrtcPort() {
        return lane.map(open -> open.host().port());
    }

    /** What looks whether cameras that nobody watches are there; begins when it is started. */
    Probes probes(ExecutorService on) {
        return new Probes(
                catalog, streams, reachable, reachability::look, current.oriel().probe(), seams, on);
    }

    /** Where viewers are to be let in, while another program has that port; empty as soon as it is ours. */
    Optional<Listen> webrtcTaken() {
        return webrtcTaken ? started.webrtc().listen() : Optional.empty();
    }

    /** The longest that a media loop let a task wait since this was last asked; for one caller. */
    Duration takeLoopDelay() {
        return watchdog.takeSlowest();
    }

    /** What the WebRTC port and its viewers threw away. */
    public Drops webrtcDrops() {
        return webrtcDrops;
    }

    /** Tells in the log, in this module, what a door in front throws away. */
    void tell(String module, Drops drops) {
        dropLog.watch(module, drops);
    }

    /** The bounds of all parts. */
    public List<Limit> limits() {
        List<Limit> limits = new ArrayList<>(streams.limits());
        limits.addAll(loops.limits());
        limits.addAll(stills.limits());
        hass.ifPresent(known -> limits.addAll(known.limits()));
        lane.ifPresent(open -> {
            limits.addAll(open.host().limits());
            limits.addAll(open.output().limits());
        });
        return List.copyOf(limits);
    }

    /** Ends everything that was started, cameras and children too. */
    @Override
    public void close() {
        closed = true;
        hass.ifPresent(HassImport::close);
        home.close();
        preloads.close();
        stills.close();
        lane.ifPresent(open -> open.host().closePeers());
        streams.close();
        worker.close();
        children.close();
        threads.shutdownNow();
        awaitThreads();
        lane.ifPresent(open -> open.host().close());
        dropLog.close();
        watchdog.close();
        loops.close();
    }

    // What ends on these threads still leaves word for the loops: cameras hear TEARDOWN, viewers a goodbye.
    private void awaitThreads() {
        try {
            if (!threads.awaitTermination(PATIENCE_AT_END.toMillis(), TimeUnit.MILLISECONDS)) {
                STREAMS.warn("some connections did not end in {} ms", PATIENCE_AT_END.toMillis());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void openWebRtc(Listen listen) {
        if (started.webrtc().filters().udpPorts().isPresent()) {
            WEBRTC.info("webrtc.filters.udp_ports has no effect: all viewers share the port of webrtc.listen");
        }
        if (!tryWebRtc(listen, true)) {
            threads.execute(() -> keepTrying(listen));
        }
    }

    private boolean tryWebRtc(Listen listen, boolean first) {
        try {
            PeerPort port = new PeerPort(
                    address(listen),
                    listen.udp(),
                    listen.tcp(),
                    filter(started.webrtc().filters()),
                    TcpLimits.STANDARD);
            if (!port.udp() && !port.tcp()) {
                WEBRTC.warn("webrtc.filters.networks leaves nothing of webrtc.listen: WebRTC is off");
                return true;
            }
            PeerHost host = PeerHost.open(loops, port, strong, seams.clock(), threads, webrtcDrops);
            CandidateGatherer gatherer = new CandidateGatherer(
                    host, new NameLookup(seams, threads), candidates(current.webrtc()), servers(current.webrtc()));
            lane = Optional.of(new WebRtcLane(host, new WebRtcOutput(streams, host, gatherer, seams), gatherer));
            // A reload may have come between the two.
            gatherer.configure(candidates(current.webrtc()), servers(current.webrtc()));
            webrtcTaken = false;
            WEBRTC.info("listen addr={}", listen.boundTo(host.port()).withTransport());
            doorsOpen.thenRun(() -> threads.execute(() -> warmUp(host)));
            return true;
        } catch (IOException e) {
            webrtcTaken = true;
            if (first) {
                WEBRTC.warn(
                        "{} is taken by another program, or not ours to have: end that program, or set webrtc.listen to"
                                + " another port. Oriel tries again every 5 s.",
                        listen);
            }
            return false;
        }
    }

    /** Says that the doors are open: what the first viewer will be glad of may have the processor now. */
    void openedDoors() {
        doorsOpen.complete(null);
    }

    private void warmUp(PeerHost host) {
        try {
            host.warmUp(strong, threads);
        } catch (InterruptedException e) {
            // Closing.
        } catch (IllegalStateException | RejectedExecutionException e) {
            if (!closed) { // What it runs on ends with us.
                WEBRTC.error(
                        "the self-test of WebRTC's encryption failed, so no viewer will connect: {}", e.getMessage());
            }
        }
    }

    private void keepTrying(Listen listen) {
        try {
            do {
                seams.clock().sleep(BETWEEN_TRIES);
            } while (!closed && !tryWebRtc(listen, false));
        } catch (InterruptedException e) {
            // Closing.
        }
    }

    private static InetSocketAddress address(Listen listen) throws UnknownHostException {
        return listen.host().isEmpty()
                ? new InetSocketAddress(listen.port())
                : new InetSocketAddress(InetAddress.getByName(listen.host()), listen.port());
    }

    private static AddressFilter filter(WebrtcFilters filters) {
        Set<AddressFilter.Way> ways = filters.networks().isEmpty()
                ? AddressFilter.OPEN.ways()
                : filters.networks().get().stream().map(Gateway::way).collect(Collectors.toSet());
        return new AddressFilter(
                filters.candidates().map(Set::copyOf),
                filters.loopback(),
                filters.interfaces().map(Set::copyOf),
                filters.ips().map(Set::copyOf),
                ways);
    }

    private static AddressFilter.Way way(WebrtcFilters.Network network) {
        return switch (network) {
            case UDP4 -> AddressFilter.Way.UDP4;
            case UDP6 -> AddressFilter.Way.UDP6;
            case TCP4 -> AddressFilter.Way.TCP4;
            case TCP6 -> AddressFilter.Way.TCP6;
        };
    }

    private static List<StaticCandidate> candidates(WebrtcConfig config) {
        return config.candidates().stream()
                .map(candidate -> switch (candidate) {
                    case Candidate.Fixed fixed -> new StaticCandidate(fixed.host(), fixed.port());
                    case Candidate.Stun stun -> new StaticCandidate(StaticCandidate.STUN, stun.port());
                })
                .toList();
    }

    private static List<StunServer> servers(WebrtcConfig config) {
        List<StunServer> servers = new ArrayList<>();
        for (IceServer server : config.iceServers()) {
            server.urls().forEach(url -> StunServer.parse(url).ifPresent(servers::add));
        }
        return servers;
    }

    /** Certificate pins live in the state file. */
    private record StatePins(StateStore state) implements CertificatePins {
        @Override
        public Optional<String> pin(String host, int port) {
            return state.pin(host, port);
        }

        @Override
        public void remember(String host, int port, String sha256) {
            state.remember(host, port, sha256);
        }
    }
}
