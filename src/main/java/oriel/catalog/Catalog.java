package oriel.catalog;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import oriel.base.Failure;
import oriel.base.StreamName;
import oriel.config.LoadedConfig;
import oriel.config.Place;
import oriel.config.Redactions;
import oriel.config.SourceSecrets;
import oriel.config.StreamConfig;
import oriel.state.StateFullException;
import oriel.state.StateStore;
import oriel.state.StreamSwitch;
import oriel.stream.LiveStream;
import oriel.stream.StreamRegistry;

/**
 * All streams by name, in layers. The file's come first and keep their sources; what is added over the API is remembered
 * over a restart; then come the cameras that Home Assistant knows; a URL that somebody only wants to watch lives as long as
 * he does. Any thread.
 */
public final class Catalog {
    /** The stream that is there while there is no other. */
    public static final String DEMO = "demo";

    private static final Logger LOG = LoggerFactory.getLogger("streams");

    private final StreamRegistry streams;
    private final StateStore state;
    private final Redactions redactions;
    private Map<String, StreamConfig> file; // guarded by this, as are those below
    private Map<String, Place> places;
    private Optional<String> demoSource;
    private final Map<String, Integer> borrowed = new HashMap<>();
    private final Set<String> told = new HashSet<>();
    private final ImportLayer imports = new ImportLayer();
    private boolean demo;
    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();

    /** @param demoSource what the demo stream comes from; empty if its owner wants none */
    public Catalog(StreamRegistry streams, StateStore state, LoadedConfig loaded, Optional<String> demoSource) {
        this.streams = streams;
        this.state = state;
        this.file = loaded.config().streams();
        this.places = loaded.streamPlaces();
        this.demoSource = demoSource;
        this.redactions = loaded.redactions();
    }

    /** Brings in what the file defines and what was added before. */
    public synchronized void start() {
        file.forEach(this::put);
        state.streams().forEach((name, sources) -> {
            mask(sources);
            if (file.containsKey(name)) {
                tellOnce(name);
            } else {
                lay(name, sources);
            }
        });
        keepDemo();
    }

    /**
     * Takes other streams for those of the file. Those whose sources are as they were notice nothing; viewers of one that is
     * gone, or comes from elsewhere now, are told so. A name that the file gives up is again what was added under it.
     *
     * @param now by name
     * @param nowPlaces where each is defined
     * @param demo what the demo stream comes from; empty if its owner wants none
     * @return what differs
     */
    public synchronized FileStreams replaceFile(
            Map<String, StreamConfig> now, Map<String, Place> nowPlaces, Optional<String> demo) {
        Map<String, StreamConfig> before = file;
        file = now;
        places = nowPlaces;
        FileStreams changes = FileStreams.between(before, now);
        changes.removed().forEach(this::giveUp);
        Set<String> left = new LinkedHashSet<>();
        now.forEach((name, stream) -> {
            if (!stream.equals(before.get(name)) && !put(name, stream)) {
                left.add(name);
            }
        });
        layImports();
        keepDemo();
        if (!demo.equals(demoSource)) {
            endDemo();
            demoSource = demo;
            keepDemo();
        }
        tellListeners();
        return changes.without(left);
    }

    private boolean put(String name, StreamConfig stream) {
        try {
            if (stream.enabled()) {
                lay(name, stream.sources());
                stream.sources().forEach(source -> tellHopeless(name, source));
            } else {
                streams.putDisabled(name);
            }
            return true;
        } catch (IllegalStateException e) {
            LOG.warn("{}: does not fit: {}", name, e.getMessage());
            return false;
        }
    }

    // Everything that has a name comes in here, so that what is switched off stays off.
    private LiveStream lay(String name, List<String> sources) {
        Optional<LiveStream> known = streams.find(name);
        if (!state.isSet(switchedBy(name), StreamSwitch.OFF)) {
            return streams.put(name, sources);
        }
        return known.isPresent() && known.get().disabled() ? known.get() : streams.putDisabled(name);
    }

    // Names under which Home Assistant asks for its camera go with the camera.
    private String switchedBy(String name) {
        return isOwned(name) ? name : imports.aliasOf(name).orElse(name);
    }

    /** The owner's cameras: those of the file and those of Home Assistant, in this order. */
    public synchronized List<CameraEntry> cameras() {
        List<CameraEntry> cameras = new ArrayList<>();
        file.forEach((name, stream) ->
                cameras.add(new CameraEntry(name, stream.sources(), CameraEntry.Origin.FILE, enabled(name))));
        imports.titles().forEach(name -> {
            if (!isOwned(name)) {
                List<String> sources = imports.streams().getOrDefault(name, List.of());
                cameras.add(new CameraEntry(name, sources, CameraEntry.Origin.IMPORTED, enabled(name)));
            }
        });
        return cameras;
    }

    /** Calls {@code listener} after each change of {@link #cameras()}, on the thread that caused it; it must answer at once. */
    public void onCameras(Runnable listener) {
        listeners.add(listener);
    }

    /** Whether the stream of this name is neither disabled by the file nor switched off. */
    public synchronized boolean enabled(String name) {
        StreamConfig stream = file.get(name);
        return (stream == null || stream.enabled()) && !state.isSet(switchedBy(name), StreamSwitch.OFF);
    }

    /**
     * Switches a stream of the file, of the API or of Home Assistant off, which ends its viewers and its connection, or on
     * again; remembered over a restart.
     *
     * @throws CatalogException if there is none, or the file itself disables it
     */
    public synchronized void enable(String name, boolean on) throws CatalogException {
        if (!isOwned(name) && !imports.streams().containsKey(name)) {
            throw new CatalogException(CatalogException.Reason.UNKNOWN, "stream not found");
        }
        StreamConfig inFile = file.get(name);
        if (inFile != null && !inFile.enabled()) {
            if (!on) {
                return;
            }
            throw new CatalogException(
                    CatalogException.Reason.IN_FILE,
                    "The stream " + name + " is false in " + place(name) + ". Write its address there.");
        }
        try {
            state.set(switchedBy(name), StreamSwitch.OFF, !on);
        } catch (StateFullException e) {
            throw new CatalogException(CatalogException.Reason.FULL, "The switch does not fit: " + e.getMessage());
        }
        LOG.info("{}: switched {}", name, on ? "on" : "off");
        try {
            if (inFile != null) {
                lay(name, inFile.sources());
            } else if (state.streams().containsKey(name)) {
                lay(name, state.streams().get(name));
            }
            layImports();
        } catch (IllegalStateException e) {
            throw new CatalogException(
                    CatalogException.Reason.FULL, "The stream " + name + " does not fit: " + e.getMessage() + ".");
        }
        tellListeners();
    }

    /**
     * Ends the connection of a stream and makes it anew if somebody wants it; viewers stay where the tracks do.
     *
     * @throws CatalogException if there is none
     */
    public void restart(String name) throws CatalogException {
        streams.restart(streams.find(name)
                .orElseThrow(() -> new CatalogException(CatalogException.Reason.UNKNOWN, "stream not found")));
        LOG.info("{}: connected anew, because its owner wants it so", name);
    }

    private void tellListeners() {
        listeners.forEach(Runnable::run);
    }

    // A slip of the pen in an address opens nothing, so that nothing would tell of it. Home Assistant's cameras come
    // and go
    // while we run; that sound is not converted is no fault of the owner's, for Home Assistant asks for it with each
    // camera.
    private void tellHopeless(String name, String source) {
        if (!source.startsWith("hass:")) {
            streams.whyNot(
                            source,
                            other -> file.containsKey(other)
                                    || streams.find(other).isPresent())
                    .filter(failure -> !(failure instanceof Failure.CodecMismatch))
                    .ifPresent(failure -> LOG.warn("{}: {}", name, failure.sentence()));
        }
    }

    // The file no longer has this name.
    private void giveUp(String name) {
        told.remove(name);
        List<String> now = state.streams().getOrDefault(name, imports.streams().get(name));
        if (now == null) {
            streams.remove(name);
        } else {
            lay(name, now);
        }
    }

    /**
     * Takes {@code cameras} for those that were imported before. Streams of cameras that are as they were notice nothing; a
     * name that the file or the API gave to another stream stays with that, and a title is then called {@code Title (2)}.
     */
    public synchronized void imported(List<ImportedCamera> cameras) {
        imports.replace(cameras);
        for (ImportedCamera camera : cameras) {
            // What Home Assistant once added by itself, and is the same, follows its camera from now on.
            camera.aliases().forEach((alias, sources) -> {
                if (sources.equals(state.streams().get(alias))) {
                    state.removeStream(alias);
                }
            });
        }
        layImports();
        streams.resolveAgain();
        keepDemo();
        tellListeners();
    }

    /** The name of the stream of the imported camera with this id. */
    public synchronized Optional<String> importedName(String id) {
        return imports.nameOf(id).filter(name -> streams.find(name).isPresent());
    }

    /** The stream of the imported camera that is asked for by {@code name} too. */
    public synchronized Optional<String> aliasOf(String name) {
        return imports.aliasOf(name).filter(title -> !file.containsKey(name) && !title.equals(name));
    }

    private void layImports() {
        Set<String> before = imports.streams().keySet();
        imports.name(name -> isOwned(name) || borrowed.containsKey(name));
        Map<String, List<String>> now = imports.streams();
        before.stream().filter(name -> !now.containsKey(name) && !isOwned(name)).forEach(streams::remove);
        int left = 0;
        for (var stream : now.entrySet()) {
            try {
                if (!isOwned(stream.getKey())) {
                    lay(stream.getKey(), stream.getValue());
                }
            } catch (IllegalStateException e) {
                left++;
            }
        }
        if (left > 0) {
            LOG.warn("{} streams of Home Assistant's cameras do not fit: there are too many streams", left);
        }
    }

    /** Whether the file or the API has a stream of this name. */
    private boolean isOwned(String name) {
        return file.containsKey(name) || state.streams().containsKey(name);
    }

    /** The stream of this name. */
    public Optional<LiveStream> find(String name) {
        return streams.find(name);
    }

    /**
     * Makes {@code name} a stream of {@code sources} and remembers it. A name that the file defines keeps the file's
     * sources: that is said in the log and is no error, for Home Assistant would show one as "Unknown error".
     *
     * @throws CatalogException if the name makes no sense or there is no room
     */
    public synchronized LiveStream add(String name, List<String> sources) throws CatalogException {
        String checked = checkedName(name);
        if (file.containsKey(checked)) {
            tellOnce(checked);
            return streams.find(checked)
                    .orElseThrow(() -> new CatalogException(
                            CatalogException.Reason.FULL, "The file's stream " + checked + " does not fit."));
        }
        if (sources.isEmpty()) {
            throw new CatalogException(
                    CatalogException.Reason.INVALID, "The stream " + checked + " has no source: name one by src=.");
        }
        endDemoFor(checked);
        mask(sources);
        try {
            if (sources.equals(imports.streams().get(checked))) {
                LiveStream stream = lay(checked, sources);
                state.removeStream(checked); // It is there without being added, and follows its camera.
                return stream;
            }
            LiveStream stream = keepAndLay(checked, sources);
            borrowed.remove(checked);
            layImports();
            return stream;
        } catch (IllegalStateException | IllegalArgumentException | StateFullException e) {
            keepDemo();
            throw new CatalogException(
                    CatalogException.Reason.FULL, "The stream " + checked + " does not fit: " + e.getMessage() + ".");
        }
    }

    // What cannot be kept is not begun, and what cannot begin is not kept.
    private LiveStream keepAndLay(String name, List<String> sources) throws StateFullException {
        Optional<List<String>> before = Optional.ofNullable(state.streams().get(name));
        state.putStream(name, sources);
        try {
            return lay(name, sources);
        } catch (IllegalStateException | IllegalArgumentException e) {
            if (before.isPresent()) {
                state.putStream(name, before.get());
            } else {
                state.removeStream(name);
            }
            throw e;
        }
    }

    /**
     * Takes a stream away and forgets it.
     *
     * @return whether there was one
     * @throws CatalogException if the file defines it, or it is a camera of Home Assistant
     */
    public synchronized boolean remove(String name) throws CatalogException {
        if (file.containsKey(name)) {
            throw new CatalogException(
                    CatalogException.Reason.IN_FILE,
                    "The stream " + name + " is defined in " + place(name) + ". Delete it there.");
        }
        if (demo && name.equals(DEMO)) {
            return false; // It goes by itself with the first stream that comes.
        }
        boolean known = state.removeStream(name);
        List<String> imported = imports.streams().get(name);
        if (imported != null && !known) {
            throw new CatalogException(
                    CatalogException.Reason.IMPORTED,
                    "The stream " + name
                            + " is a camera of Home Assistant. Delete it there, or set hass.config to off.");
        }
        boolean there = imported == null && streams.remove(name);
        if (imported != null) {
            lay(name, imported);
        }
        borrowed.remove(name);
        state.removePreload(name);
        keepDemo();
        return known || there;
    }

    /**
     * A stream for a URL that somebody wants to watch now: a known one that has this as its only source, or one of its own
     * that goes when the last lease is closed.
     */
    public synchronized Lease borrow(String source) throws CatalogException {
        for (LiveStream stream : streams.all()) {
            if (!borrowed.containsKey(stream.name()) && stream.sourceTexts().equals(List.of(source))) {
                return new Lease(stream, () -> {});
            }
        }
        mask(List.of(source));
        String name = freeName(StreamName.fromSource(source).orElse("address"), source);
        try {
            LiveStream stream = streams.put(name, List.of(source));
            borrowed.merge(name, 1, Integer::sum);
            return new Lease(stream, () -> giveBack(name));
        } catch (IllegalStateException e) {
            throw new CatalogException(CatalogException.Reason.FULL, "This does not fit: " + e.getMessage() + ".");
        }
    }

    // Before anything is dialled: from now on no log and no answer holds these words.
    private void mask(List<String> sources) {
        sources.forEach(source -> redactions.add(SourceSecrets.in(source)));
    }

    private synchronized void giveBack(String name) {
        Integer left = borrowed.computeIfPresent(name, (n, count) -> count > 1 ? count - 1 : null);
        if (left == null && !isOwned(name) && !imports.streams().containsKey(name)) {
            streams.remove(name);
        }
    }

    // Two addresses may look alike without their passwords.
    private String freeName(String wanted, String source) {
        String name = wanted;
        for (int i = 2; streams.find(name).isPresent(); i++) {
            boolean same = borrowed.containsKey(name)
                    && streams.find(name).get().sourceTexts().equals(List.of(source));
            if (same) {
                return name;
            }
            name = wanted + " (" + i + ")";
        }
        return name;
    }

    private static String checkedName(String name) throws CatalogException {
        Optional<String> wrong = StreamName.problem(name);
        if (wrong.isPresent()) {
            throw new CatalogException(CatalogException.Reason.INVALID, wrong.get());
        }
        return name;
    }

    private void tellOnce(String name) {
        if (told.add(name)) {
            LOG.warn(
                    "{}: the file's sources stay ({}); what was added over the API under this name has no effect",
                    name,
                    place(name));
        }
    }

    private String place(String name) {
        Place place = places.get(name);
        return place == null ? "the configuration" : place.toString();
    }

    private void keepDemo() {
        if (demoSource.isEmpty()) {
            return;
        }
        List<String> others = new ArrayList<>(file.keySet());
        others.addAll(state.streams().keySet());
        others.addAll(imports.streams().keySet());
        if (others.isEmpty() && !demo) {
            demo = true;
            streams.put(DEMO, List.of(demoSource.get()));
        } else if (!others.isEmpty() && demo) {
            demo = false;
            if (!others.contains(DEMO)) {
                streams.remove(DEMO);
            }
        }
    }

    private void endDemo() {
        if (demo) {
            demo = false;
            streams.remove(DEMO);
        }
    }

    private void endDemoFor(String name) {
        if (demo) {
            demo = false;
            if (!name.equals(DEMO)) {
                streams.remove(DEMO);
            }
        }
    }
}
