package oriel.homeassistant.camera;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import oriel.base.Alarm;
import oriel.base.Clock;
import oriel.base.MalformedException;
import oriel.base.Secret;
import oriel.catalog.Catalog;
import oriel.catalog.ImportedCamera;
import oriel.metrics.Limit;

/**
 * Brings Home Assistant's cameras in and follows what its owner changes there, within two seconds. Files that are away,
 * not whole or of a form to come change nothing. Only reads. Works on a virtual thread of its own; its answers come from
 * any thread at once.
 */
public final class HassImport implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger("hass");
    private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(1);
    private static final String NO_RENDERER =
            "Its address is a template, which only Home Assistant can fill in, and Oriel may not ask it to.";
    private static final String NOT_FILLED_YET =
            "Its address is a template, which Home Assistant has not filled in yet. Oriel asks it again and again.";

    private final WatchedFile entriesFile;
    private final WatchedFile registryFile;
    private final Catalog catalog;
    private final HassAddresses addresses;
    private final Set<String> spoken;
    private final Consumer<Collection<String>> secrets;
    private final Clock clock;
    private final Alarm alarm;
    private final Optional<FilledTemplates> templates;
    private Optional<List<ConfigEntry>> entries = Optional.empty(); // the import's thread, as those below
    private Map<String, List<CameraEntity>> entities = Map.of();
    private final Map<WatchedFile, String> problems = new HashMap<>();
    private volatile Optional<List<FoundCamera>> found = Optional.empty();
    private volatile boolean closed;

    /**
     * @param folder Home Assistant's configuration folder, which may come later
     * @param addresses told where the cameras are
     * @param spoken schemes of addresses that can be had
     * @param renderer fills in templates, if anybody may
     * @param secrets takes words that must not be seen
     */
    public HassImport(
            Path folder,
            Catalog catalog,
            HassAddresses addresses,
            Set<String> spoken,
            Optional<TemplateRenderer> renderer,
            Consumer<Collection<String>> secrets,
            Clock clock) {
        Path storage = folder.resolve(".storage");
        this.entriesFile = new WatchedFile(storage.resolve("core.config_entries"), ConfigEntry.MAX_BYTES);
        this.registryFile = new WatchedFile(storage.resolve("core.entity_registry"), CameraEntity.MAX_BYTES);
        this.catalog = catalog;
        this.addresses = addresses;
        this.spoken = Set.copyOf(spoken);
        this.secrets = secrets;
        this.clock = clock;
        this.alarm = clock.newAlarm();
        this.templates = renderer.map(r -> new FilledTemplates(r, clock, alarm::ring));
    }

    /** Brings in what is there now, and goes on watching on {@code threads}, which end it by interrupting. */
    public void start(Executor threads) {
        look(true);
        threads.execute(this::watch);
        templates.ifPresent(filled -> threads.execute(() -> fill(filled)));
    }

    /** The bounds of the import. */
    public List<Limit> limits() {
        return List.of(Limit.of(
                        "hass.cameras",
                        HassCameras.MAX,
                        "cameras of Home Assistant",
                        "Further ones are passed over, and the log says so.")
                .filledBy(() -> found.map(List::size).orElse(0)));
    }

    /** All cameras that Home Assistant knows, in its order; empty as long as its files have not been read. */
    public Optional<List<HassListing>> cameras() {
        return found.map(all -> all.stream()
                .map(camera -> new HassListing(
                        camera.camera().title(),
                        camera.camera().entityId(),
                        catalog.importedName(camera.camera().id()),
                        camera.url(),
                        camera.problem()))
                .toList());
    }

    /** Ends the watching; the streams stay. */
    @Override
    public void close() {
        closed = true;
        alarm.ring();
    }

    private void watch() {
        try {
            while (!closed) {
                boolean templatesSayMore = alarm.awaitUntil(clock.nanoTime() + BETWEEN_LOOKS.toNanos());
                tryLook(templatesSayMore);
            }
        } catch (InterruptedException e) {
            // Ended.
        }
    }

    // A fault of ours in what one file says must not end the watching: the next one may be without it.
    private void tryLook(boolean anyway) {
        try {
            look(anyway);
        } catch (RuntimeException e) {
            LOG.error("Home Assistant's cameras stay as they were, for Oriel has a fault", e);
        }
    }

    private static void fill(FilledTemplates filled) {
        try {
            filled.run();
        } catch (InterruptedException e) {
            // Ended.
        }
    }

    private void look(boolean anyway) {
        boolean news = read(entriesFile, bytes -> entries = Optional.of(ConfigEntry.readAll(bytes)));
        news |= read(registryFile, bytes -> entities = CameraEntity.readAll(bytes));
        if (news || anyway) {
            entries.ifPresent(this::apply);
        }
    }

    /** Reads one of the files. */
    private interface Reading {
        void take(byte[] content) throws MalformedException;
    }

    private boolean read(WatchedFile file, Reading reading) {
        try {
            Optional<byte[]> news = file.news();
            if (news.isPresent()) {
                reading.take(news.get());
                problems.remove(file);
            }
            return news.isPresent();
        } catch (MalformedException e) {
            file.refuse();
            tell(file, "makes no sense", e.reason());
        } catch (IOException e) {
            tell(file, "cannot be read", String.valueOf(e.getMessage()));
        }
        return false;
    }

    // A file on its way is read again a second later, so the same is said once.
    private void tell(WatchedFile file, String what, String why) {
        if (!why.equals(problems.put(file, why))) {
            LOG.warn("{} {} ({}): Home Assistant's cameras stay as they were", file.path(), what, why);
        }
    }

    private void apply(List<ConfigEntry> now) {
        List<HassCamera> cameras = HassCameras.of(now, entities);
        templates.ifPresent(filled -> filled.want(cameras.stream()
                .map(HassCamera::address)
                .filter(CameraAddress.Template.class::isInstance)
                .map(address -> ((CameraAddress.Template) address).text().reveal())
                .collect(Collectors.toSet())));
        List<FoundCamera> all = cameras.stream().map(this::find).toList();
        if (found.filter(all::equals).isPresent()) {
            return;
        }
        all.forEach(camera -> secrets.accept(camera.secrets()));
        addresses.replace(all);
        List<ImportedCamera> imported = all.stream()
                .flatMap(camera -> camera.playable().map(url -> imported(camera.camera(), url)).stream())
                .toList();
        catalog.imported(imported);
        found = Optional.of(all);
        if (cameras.size() == HassCameras.MAX) {
            LOG.warn("Home Assistant has {} cameras or more: further ones are passed over", HassCameras.MAX);
        }
        LOG.info("{} of {} cameras of Home Assistant can be had", imported.size(), all.size());
        all.stream().filter(camera -> camera.problem().isPresent()).forEach(camera -> LOG.debug("{}", camera));
    }

    private FoundCamera find(HassCamera camera) {
        return switch (camera.address()) {
            case CameraAddress.Fixed(Secret url) -> FoundCamera.at(camera, url.reveal(), spoken);
            case CameraAddress.None(String sentence) -> FoundCamera.without(camera, sentence);
            case CameraAddress.Template(Secret text, String user, Secret password) -> {
                if (templates.isEmpty()) {
                    yield FoundCamera.without(camera, NO_RENDERER);
                }
                yield templates
                        .get()
                        .text(text.reveal())
                        .map(filled -> filled(camera, filled, user, password))
                        .orElseGet(() -> FoundCamera.without(camera, NOT_FILLED_YET));
            }
        };
    }

    private FoundCamera filled(HassCamera camera, String text, String user, Secret password) {
        return switch (HassCameras.address(text, user, password.reveal())) {
            case CameraAddress.Fixed(Secret url) -> FoundCamera.at(camera, url.reveal(), spoken);
            case CameraAddress.None(String sentence) -> FoundCamera.without(camera, sentence);
            case CameraAddress.Template t ->
                throw new IllegalStateException("an address that was filled in is a template");
        };
    }

    private static ImportedCamera imported(HassCamera camera, String url) {
        return new ImportedCamera(camera.id(), camera.title(), List.of(url), camera.registrations(url));
    }
}
