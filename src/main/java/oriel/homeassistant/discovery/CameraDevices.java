package oriel.homeassistant.discovery;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import oriel.base.Alarm;
import oriel.base.Bytes;
import oriel.base.Clock;
import oriel.base.Seams;
import oriel.metrics.Drops;
import oriel.metrics.Limit;
import oriel.mqtt.MqttLink;
import oriel.mqtt.MqttLink.Rank;
import oriel.mqtt.MqttListener;
import oriel.mqtt.MqttMessage;
import oriel.output.still.Still;

/**
 * Tells Home Assistant of every camera, and of Oriel itself, by one link to its broker: announces them, looks at them four
 * times a second and tells what differs, takes their stills, does what it is asked for, and takes away what is gone. The
 * looking and telling is one virtual thread's; messages come on the link's.
 */
public final class CameraDevices implements MqttListener, AutoCloseable {
    /** How often cameras are looked at. */
    static final Duration LOOK = Duration.ofMillis(250);

    /** All is told again this long after Home Assistant's birth at most, so that not all of its world talks at once. */
    static final Duration JITTER = Duration.ofSeconds(3);

    /** Announcements of ours found in the broker that are looked at; more come with the next connect. */
    static final int MAX_FOUND = 2048;

    private static final Logger LOG = LoggerFactory.getLogger("mqtt");
    private static final Pattern SLUG = Pattern.compile("[a-z0-9_]{1,80}");
    private static final Bytes ONLINE = utf8("online");
    private static final Bytes OFFLINE = utf8("offline");

    private final DeviceMessages messages;
    private final Topics topics;
    private final CameraDesk cameras;
    private final UnaryOperator<String> shown;
    private final Seams seams;
    private final Clock clock;
    private final Executor threads;
    private final Alarm alarm;
    private final Slugs slugs;
    private final AppWatch app;
    private final StillRound stills;
    private final CommandDesk commands;
    private final Drops drops;
    private final Set<String> found = ConcurrentHashMap.newKeySet(); // slugs that the broker has announcements of
    private final Map<String, Told> told = new LinkedHashMap<>(); // by slug; the looking thread's, as the next two
    private Optional<Optional<String>> announcedApp = Optional.empty();
    private Optional<Long> birthAt = Optional.empty();
    private volatile Map<String, String> names = Map.of(); // camera by slug
    private volatile boolean born;
    private volatile boolean closed;
    private volatile List<Thread> running = List.of();

    /** What Home Assistant knows of one camera. */
    private static final class Told {
        private final String name;
        private final CameraWatch watch;
        private Optional<Instant> taken = Optional.empty();
        private @Nullable CameraState state;
        private @Nullable Boolean enabled;

        Told(String name, CameraWatch watch) {
            this.name = name;
            this.watch = watch;
        }
    }

    /**
     * @param memory of slugs
     * @param shown takes secrets out of sentences
     * @param drops counts commands that are not done
     * @param threads virtual ones outside of tests
     */
    public CameraDevices(
            DeviceMessages messages,
            CameraDesk cameras,
            AppDesk app,
            SlugMemory memory,
            UnaryOperator<String> shown,
            Drops drops,
            Seams seams,
            Executor threads) {
        this.messages = messages;
        this.topics = messages.topics();
        this.cameras = cameras;
        this.shown = shown;
        this.drops = drops;
        this.seams = seams;
        this.clock = seams.clock();
        this.threads = threads;
        this.alarm = clock.newAlarm();
        this.slugs = new Slugs(memory);
        this.app = new AppWatch(app, messages.version(), clock);
        this.stills = new StillRound(cameras, threads, alarm::ring);
        this.commands = new CommandDesk(
                topics,
                cameras,
                app,
                slug -> Optional.ofNullable(names.get(slug)),
                slug -> Optional.ofNullable(names.get(slug)).ifPresent(stills::ask),
                alarm::ring,
                drops,
                clock);
    }

    /** Begins to tell {@code link}, which tells us; once. */
    public void start(MqttLink link) {
        threads.execute(() -> run(link));
        threads.execute(() -> begin(commands::run));
    }

    /** The bounds. */
    public List<Limit> limits() {
        return List.of(
                Limit.of("mqtt.commands", CommandDesk.MAX_WAITING, "commands that wait", "A further one is not done.")
                        .countedBy(drops, CommandDesk.FULL, CommandDesk.REFUSED, CommandDesk.RETAINED),
                Limit.of("mqtt.stills", StillRound.AT_ONCE, "stills under way", "The next one waits for its turn."),
                Limit.of("mqtt.still", StillRound.MAX_BYTES, "bytes of a still", "A larger one is not sent."));
    }

    @Override
    public void connected() {
        found.clear();
        alarm.ring();
    }

    @Override
    public void message(MqttMessage message) {
        String topic = message.topic();
        if (topic.equals(topics.birth())) {
            if (new String(message.payload().toArray(), StandardCharsets.UTF_8).equals("online")) {
                born = true;
                alarm.ring();
            }
        } else if (Command.isOne(topics, topic)) {
            commands.take(message);
        } else if (message.retained() && !message.payload().isEmpty() && found.size() < MAX_FOUND) {
            topics.announced(topic).ifPresent(slug -> {
                found.add(slug);
                alarm.ring();
            });
        }
    }

    /** Ends the telling; what was told stays. */
    @Override
    public void close() {
        closed = true;
        running.forEach(Thread::interrupt);
        alarm.ring();
    }

    // Threads that come from others are interrupted one by one.
    private void begin(Runnable work) {
        synchronized (this) {
            List<Thread> more = new ArrayList<>(running);
            more.add(Thread.currentThread());
            running = List.copyOf(more);
        }
        if (!closed) {
            work.run();
        }
    }

    private void run(MqttLink link) {
        try {
            while (!closed) {
                long nanos = clock.nanoTime();
                try {
                    look(link, nanos);
                } catch (RuntimeException e) {
                    LOG.error("Home Assistant is not told what is new, for Oriel has a fault", e);
                }
                alarm.awaitUntil(nanos + LOOK.toNanos());
            }
        } catch (InterruptedException e) {
            // Closing.
        }
    }

    private void look(MqttLink link, long nanos) {
        List<Camera> all = cameras.cameras();
        Map<String, String> slugOf = slugs.of(all.stream().map(Camera::name).toList());
        announceApp(link);
        link.retain(Rank.AVAILABILITY, topics.availability(), ONLINE);
        Map<String, Still> taken = stills.take();
        int viewers = 0;
        Map<String, String> now = new LinkedHashMap<>();
        for (Camera camera : all) {
            String slug = slugOf.getOrDefault(camera.name(), "");
            now.put(slug, camera.name());
            Told known = announce(link, slug, camera.name());
            picture(link, slug, known, Optional.ofNullable(taken.get(camera.name())));
            tell(link, slug, known, camera, nanos);
            viewers += camera.reading().viewers().size();
        }
        names = now;
        app.look(all.size(), viewers, nanos)
                .ifPresent(state -> link.retain(
                        Rank.STATE, topics.state(), Bytes.of(state.toJson().toBytes())));
        takeAway(link);
        repeat(link, nanos);
        if (link.status().connected()) {
            stills.look(all, nanos);
        }
    }

    private void announceApp(MqttLink link) {
        Optional<String> slug = app.slug();
        if (announcedApp.isEmpty() || !announcedApp.get().equals(slug)) {
            announcedApp = Optional.of(slug);
            link.retain(
                    Rank.DISCOVERY,
                    topics.appConfig(),
                    Bytes.of(messages.app(slug).toBytes()));
        }
    }

    // A slug that another camera has now is announced anew, under the other name.
    private Told announce(MqttLink link, String slug, String name) {
        Told known = told.get(slug);
        if (known != null && known.name.equals(name)) {
            return known;
        }
        Told fresh = new Told(name, new CameraWatch(shown));
        told.put(slug, fresh);
        link.retain(
                Rank.DISCOVERY,
                topics.config(topics.device(slug)),
                Bytes.of(messages.camera(slug, CameraName.shown(name)).toBytes()));
        return fresh;
    }

    private void picture(MqttLink link, String slug, Told known, Optional<Still> still) {
        still.ifPresent(picture -> {
            known.taken = Optional.of(clock.now().minus(picture.age()));
            link.retain(Rank.PICTURE, topics.still(slug), picture.jpeg());
        });
    }

    private void tell(MqttLink link, String slug, Told known, Camera camera, long nanos) {
        if (known.enabled == null || known.enabled != camera.enabled()) {
            known.enabled = camera.enabled();
            link.retain(Rank.AVAILABILITY, topics.availability(slug), camera.enabled() ? ONLINE : OFFLINE);
        }
        List<CameraEvent> events = new ArrayList<>();
        CameraWatch.Around around =
                new CameraWatch.Around(camera.enabled(), camera.keepAlive(), camera.probed(), known.taken);
        CameraState state = known.watch.look(camera.reading(), around, nanos, events);
        if (!state.equals(known.state)) {
            known.state = state;
            link.retain(Rank.STATE, topics.state(slug), Bytes.of(state.toJson().toBytes()));
        }
        for (CameraEvent event : events) {
            String topic = event.ofStream() ? topics.streamEvent(slug) : topics.viewerEvent(slug);
            link.event(topic, Bytes.of(event.json().toBytes()));
        }
    }

    // Cameras that are no more, and those of an earlier run that the broker still has.
    private void takeAway(MqttLink link) {
        Map<String, String> now = names;
        List<String> gone =
                told.keySet().stream().filter(slug -> !now.containsKey(slug)).toList();
        gone.forEach(slug -> {
            told.remove(slug);
            topics.retained(slug).forEach(link::forget);
        });
        if (found.isEmpty() || !cameras.settled()) {
            return;
        }
        for (String slug : List.copyOf(found)) {
            found.remove(slug);
            if (now.containsKey(slug)) {
                continue;
            }
            LOG.info("what the broker still had of a camera that is no more is taken away: {}", CameraName.shown(slug));
            if (SLUG.matcher(slug).matches()) {
                topics.retained(slug).forEach(link::forget);
            } else {
                link.forget(topics.config(topics.device(slug)));
            }
        }
    }

    private void repeat(MqttLink link, long nanos) {
        if (born) {
            born = false;
            birthAt = Optional.of(nanos + seams.random().nextLong(JITTER.toNanos()));
        }
        if (birthAt.isPresent() && nanos - birthAt.get() >= 0) {
            birthAt = Optional.empty();
            link.repeat();
        }
    }

    private static Bytes utf8(String text) {
        return Bytes.of(text.getBytes(StandardCharsets.UTF_8));
    }
}
