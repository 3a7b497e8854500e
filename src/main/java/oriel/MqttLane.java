package oriel;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import oriel.base.Failure;
import oriel.base.Secret;
import oriel.catalog.ProbeResult;
import oriel.catalog.Probes;
import oriel.config.ConfigException;
import oriel.config.ConfigReload;
import oriel.config.LoadedConfig;
import oriel.config.MqttConfig;
import oriel.homeassistant.discovery.AppDesk;
import oriel.homeassistant.discovery.CameraDevices;
import oriel.homeassistant.discovery.CatalogDesk;
import oriel.homeassistant.discovery.DeviceMessages;
import oriel.homeassistant.discovery.Probed;
import oriel.homeassistant.discovery.SlugMemory;
import oriel.homeassistant.discovery.Topics;
import oriel.homeassistant.supervisor.Enquiry;
import oriel.homeassistant.supervisor.MqttService;
import oriel.metrics.Limit;
import oriel.mqtt.BrokerLink;
import oriel.mqtt.MqttSettings;

/**
 * The way to Home Assistant by MQTT: a link to the broker that the configuration names, else to the one that the Supervisor
 * offers, and the cameras' devices behind it. Nothing of it is there as long as there is no broker.
 */
final class MqttLane implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger("mqtt");
    private static final Duration PATIENCE_AT_END = Duration.ofSeconds(1);
    private static final Duration TEMPLATES = Duration.ofMinutes(2);

    private final Gateway gateway;
    private final ConfigReload reload;
    private final String version;
    private final MqttConfig config;
    private final Path folder;
    private final Set<String> spared;
    private final long startedNanos;
    private Optional<Parts> parts = Optional.empty(); // guarded by this, as the next
    private boolean closed;

    /** What there is once there was a broker. */
    private record Parts(ExecutorService threads, BrokerLink link, CameraDevices devices, Probes probes) {}

    private MqttLane(Gateway gateway, ConfigReload reload, LoadedConfig loaded, String version) {
        this.gateway = gateway;
        this.reload = reload;
        this.version = version;
        this.config = loaded.config().oriel().mqtt();
        this.folder = loaded.folder();
        this.spared = loaded.config().oriel().probe().off();
        this.startedNanos = gateway.seams().clock().nanoTime();
    }

    /** Connects as soon as there is a broker. */
    static MqttLane start(Gateway gateway, ConfigReload reload, LoadedConfig loaded, String version) {
        MqttLane lane = new MqttLane(gateway, reload, loaded, version);
        if (lane.config.named()) {
            lane.configure(Optional.of(lane.named()));
        } else {
            gateway.home().mqtt().ifPresent(offer -> offer.onChange(found -> lane.configure(found.map(lane::offered))));
        }
        return lane;
    }

    /** The bounds. */
    synchronized List<Limit> limits() {
        List<Limit> limits = new ArrayList<>();
        parts.ifPresent(open -> {
            limits.addAll(open.link().limits());
            limits.addAll(open.devices().limits());
        });
        return limits;
    }

    /** Says offline, and ends, within 4 s. */
    @Override
    public void close() {
        Optional<Parts> ending;
        synchronized (this) {
            closed = true;
            ending = parts;
        }
        ending.ifPresent(MqttLane::end);
    }

    private static void end(Parts open) {
        open.probes().close();
        open.devices().close();
        open.link().close();
        open.threads().shutdownNow();
        try {
            if (!open.threads().awaitTermination(PATIENCE_AT_END.toMillis(), TimeUnit.MILLISECONDS)) {
                LOG.warn("not all of it ended in {} ms", PATIENCE_AT_END.toMillis());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized void configure(Optional<MqttSettings> settings) {
        if (closed || (settings.isEmpty() && parts.isEmpty())) {
            return;
        }
        if (parts.isPresent()) {
            parts.get().link().configure(settings);
            return;
        }
        ExecutorService threads = Executors.newThreadPerTaskExecutor(
                Thread.ofVirtual().name("mqtt-", 0).factory());
        BrokerLink link = new BrokerLink(gateway.seams(), threads);
        Probes probes = gateway.probes(threads);
        CameraDevices devices = new CameraDevices(
                new DeviceMessages(topics(), version),
                desk(probes),
                new Desk(),
                slugs(),
                reload::redacted,
                gateway.seams(),
                threads);
        parts = Optional.of(new Parts(threads, link, devices, probes));
        gateway.tell("mqtt", link.drops());
        link.configure(settings);
        link.start(devices);
        devices.start(link);
        probes.start();
    }

    private SlugMemory slugs() {
        return new SlugMemory() {
            @Override
            public Map<String, String> slugs() {
                return gateway.state().slugs();
            }

            @Override
            public void remember(String name, String slug) {
                gateway.state().rememberSlug(name, slug);
            }
        };
    }

    private CatalogDesk desk(Probes probes) {
        return new CatalogDesk(
                gateway.catalog(),
                gateway.streams(),
                gateway.preloads(),
                gateway.stills(),
                name -> probes.probe(name).map(MqttLane::probed),
                spared::contains,
                this::settled);
    }

    private static Probed probed(ProbeResult result) {
        return new Probed(result.failure().map(Failure::sentence), result.since(), result.at(), result.nextTry());
    }

    // Cameras whose addresses Home Assistant fills in come a little later; one that it never fills in is gone.
    private boolean settled() {
        return gateway.hass().isEmpty()
                || gateway.hass()
                        .get()
                        .cameras()
                        .filter(all ->
                                all.stream().allMatch(camera -> camera.error().isEmpty())
                                        || gateway.seams().clock().nanoTime() - startedNanos > TEMPLATES.toNanos())
                        .isPresent();
    }

    private Topics topics() {
        return new Topics(
                config.base(), config.discoveryPrefix(), gateway.state().installId());
    }

    private MqttSettings named() {
        return settings(
                config.host(),
                config.port(),
                config.username(),
                config.password(),
                config.tls(),
                config.ca().isEmpty() ? Optional.empty() : Optional.of(folder.resolve(config.ca())));
    }

    private MqttSettings offered(MqttService offer) {
        return settings(
                offer.host(),
                offer.port(),
                offer.username().orElse(""),
                offer.password().orElse(Secret.of("")),
                offer.tls(),
                Optional.empty());
    }

    private MqttSettings settings(
            String host, int port, String user, Secret password, boolean tls, Optional<Path> authority) {
        Topics topics = topics();
        return new MqttSettings(
                host,
                port,
                user,
                password,
                tls,
                authority,
                "oriel_" + topics.install(),
                new MqttSettings.Will(topics.availability(), "offline"),
                topics.subscriptions());
    }

    /** Oriel, for its device. */
    private final class Desk implements AppDesk {
        @Override
        public List<String> problems() {
            List<String> problems = new ArrayList<>();
            gateway.webrtcListen()
                    .filter(listen -> gateway.webrtc().isEmpty())
                    .ifPresent(
                            listen -> problems.add(
                                    "The port for viewers, " + listen
                                            + ", is taken by another program. End that program, or set webrtc.listen to another port."));
            return problems;
        }

        @Override
        public Duration takeLoopDelay() {
            return gateway.takeLoopDelay();
        }

        @Override
        public Optional<AppDesk.App> app() {
            return gateway.home()
                    .self()
                    .flatMap(Enquiry::known)
                    .map(own -> new AppDesk.App(own.slug(), own.version(), own.latestVersion()));
        }

        @Override
        public void reload() throws ConfigException {
            reload.reload();
        }
    }
}
