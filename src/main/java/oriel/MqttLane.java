package oriel;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import oriel.base.Failure;
import oriel.base.Secret;
import oriel.catalog.ProbeResult;
import oriel.catalog.Probes;
import oriel.config.ConfigReload;
import oriel.config.LoadedConfig;
import oriel.config.MqttConfig;
import oriel.config.OrielConfig;
import oriel.homeassistant.discovery.CameraDevices;
import oriel.homeassistant.discovery.CatalogDesk;
import oriel.homeassistant.discovery.DeviceMessages;
import oriel.homeassistant.discovery.Probed;
import oriel.homeassistant.discovery.SlugMemory;
import oriel.homeassistant.discovery.Topics;
import oriel.homeassistant.supervisor.MqttService;
import oriel.metrics.Drops;
import oriel.metrics.Limit;
import oriel.mqtt.BrokerLink;
import oriel.mqtt.MqttSettings;
import oriel.mqtt.MqttStatus;

/**
 * The way to Home Assistant by MQTT: a link to the broker that the configuration names, else to the one that the Supervisor
 * offers, and the cameras' devices behind it. Nothing of it is there as long as there is no broker. Takes other brokers while
 * it runs; with other topics all behind it is built anew, once what stood under the old ones is taken back.
 */
final class MqttLane implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger("mqtt");
    private static final Duration PATIENCE_AT_END = Duration.ofSeconds(1);
    private static final Duration TEMPLATES = Duration.ofMinutes(2);

    private final Gateway gateway;
    private final String version;
    private final long startedNanos;
    private final Drops drops = new Drops();
    private volatile LoadedConfig loaded;
    private Optional<Behind> behind = Optional.empty(); // guarded by this, as all below
    private Optional<MqttService> offer = Optional.empty();
    private Optional<Parts> parts = Optional.empty();
    private boolean closed;

    /** What there is once there was a broker. */
    private record Parts(
            Topics topics, ExecutorService threads, BrokerLink link, CameraDevices devices, Probes probes) {}

    /** What is there a moment later than the lane: what reads the configuration, and what is wrong with the doors. */
    private record Behind(ConfigReload reload, Supplier<List<String>> doors) {}

    MqttLane(Gateway gateway, LoadedConfig loaded, String version) {
        this.gateway = gateway;
        this.version = version;
        this.loaded = loaded;
        this.startedNanos = gateway.seams().clock().nanoTime();
    }

    /**
     * Connects as soon as there is a broker.
     *
     * @param doors what is wrong with the doors, sentences; never waits
     */
    void start(ConfigReload reload, Supplier<List<String>> doors) {
        gateway.tell("mqtt", drops);
        synchronized (this) {
            behind = Optional.of(new Behind(reload, doors));
            follow();
        }
        // Not under our lock, for it takes its own, and calls us under that.
        gateway.home().mqtt().ifPresent(broker -> broker.onChange(this::offered));
    }

    /** Takes another configuration; returns what is other now. */
    synchronized List<String> apply(LoadedConfig now) {
        OrielConfig before = loaded.config().oriel();
        OrielConfig after = now.config().oriel();
        loaded = now;
        List<String> said = new ArrayList<>();
        if (!after.probe().equals(before.probe())) {
            parts.ifPresent(open -> open.probes().configure(after.probe()));
            said.add("Cameras that nobody watches are asked every "
                    + after.probe().interval().toSeconds() + " s whether they are there.");
        }
        if (!after.mqtt().equals(before.mqtt())) {
            follow();
            said.add(settings()
                    .map(broker -> "Home Assistant is told by the MQTT broker " + broker.broker() + ", under "
                            + after.mqtt().base() + ".")
                    .orElse("No MQTT broker is named: Home Assistant is told nothing."));
        }
        return said;
    }

    /** How the link is; empty while there is no broker. */
    synchronized Optional<MqttStatus> status() {
        return settings().isEmpty()
                ? Optional.empty()
                : parts.map(open -> open.link().status());
    }

    /** What was thrown away on the way to the broker and from it. */
    Drops drops() {
        return drops;
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
        endThreads(open);
    }

    // What is told under topics that are not ours any more would stay in the broker for ever.
    private static void withdraw(Parts open) {
        open.probes().close();
        open.devices().close();
        open.link().withdraw();
        endThreads(open);
    }

    private static void endThreads(Parts open) {
        open.threads().shutdownNow();
        try {
            if (!open.threads().awaitTermination(PATIENCE_AT_END.toMillis(), TimeUnit.MILLISECONDS)) {
                LOG.warn("not all of it ended in {} ms", PATIENCE_AT_END.toMillis());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized void offered(Optional<MqttService> now) {
        offer = now;
        follow();
    }

    private synchronized void follow() {
        if (closed || behind.isEmpty()) {
            return;
        }
        Optional<MqttSettings> broker = settings();
        if (broker.isEmpty()) {
            parts.ifPresent(open -> open.link().configure(broker));
            return;
        }
        if (parts.isPresent() && !parts.get().topics().equals(topics())) {
            withdraw(parts.get());
            parts = Optional.empty();
        }
        if (parts.isPresent()) {
            parts.get().link().configure(broker);
        } else {
            parts = Optional.of(open(broker.get(), behind.get()));
        }
    }

    private Parts open(MqttSettings broker, Behind by) {
        ExecutorService threads = Executors.newThreadPerTaskExecutor(
                Thread.ofVirtual().name("mqtt-", 0).factory());
        BrokerLink link = new BrokerLink(gateway.seams(), threads, drops);
        Probes probes = gateway.probes(threads);
        Topics topics = topics();
        CameraDevices devices = new CameraDevices(
                new DeviceMessages(topics, version),
                desk(probes),
                new OwnDesk(gateway, by.reload(), by.doors()),
                slugs(),
                by.reload()::redacted,
                drops,
                gateway.seams(),
                threads);
        link.configure(Optional.of(broker));
        link.start(devices);
        devices.start(link);
        probes.start();
        return new Parts(topics, threads, link, devices, probes);
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
                name -> loaded.config().oriel().probe().off().contains(name),
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
        MqttConfig config = loaded.config().oriel().mqtt();
        return new Topics(
                config.base(), config.discoveryPrefix(), gateway.state().installId());
    }

    /** The broker of the configuration, else the one that is offered. */
    private synchronized Optional<MqttSettings> settings() {
        MqttConfig config = loaded.config().oriel().mqtt();
        return config.named() ? Optional.of(named(config)) : offer.map(this::of);
    }

    private MqttSettings named(MqttConfig config) {
        return settings(
                config.host(),
                config.port(),
                config.username(),
                config.password(),
                config.tls(),
                config.ca().isEmpty()
                        ? Optional.empty()
                        : Optional.of(loaded.folder().resolve(config.ca())));
    }

    private MqttSettings of(MqttService offered) {
        return settings(
                offered.host(),
                offered.port(),
                offered.username().orElse(""),
                offered.password().orElse(Secret.of("")),
                offered.tls(),
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
}
