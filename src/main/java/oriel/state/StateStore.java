package oriel.state;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import oriel.base.AtomicFile;
import oriel.base.Json;
import oriel.base.JsonObject;
import oriel.base.MalformedException;
import oriel.base.Seams;
import oriel.base.StreamName;

/**
 * Remembers what came in at run time and must survive a restart, in {@code state.json} of the data folder. Every change
 * is on the disk when its method returns; changes that come at the same time share one write. If the disk refuses, the
 * change holds in memory, the log says so once, and the next change tries again. Safe on any thread.
 */
public final class StateStore {
    /** Most added streams. */
    public static final int MAX_STREAMS = 2000;

    /** Most sources of one stream. */
    public static final int MAX_SOURCES = 16;

    /** Most remembered certificates. */
    public static final int MAX_PINS = 4096;

    /** Most share links. */
    public static final int MAX_LINKS = 256;

    /** Most bytes of the file. */
    public static final int MAX_BYTES = 8 * 1024 * 1024;

    private static final Logger LOG = LoggerFactory.getLogger("state");
    private static final DateTimeFormatter STAMP =
            DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss", Locale.ROOT).withZone(ZoneOffset.UTC);

    private final AtomicFile file;
    private final Seams seams;
    private final ReentrantLock changing = new ReentrantLock();
    private final ReentrantLock writing = new ReentrantLock(); // never taken while changing is held
    private volatile Version current; // written under changing
    private long written; // guarded by writing: the number of the version on the disk
    private volatile Optional<String> failing = Optional.empty(); // why; written under writing
    private boolean broken; // guarded by writing: what lies there is not ours to overwrite

    private StateStore(Path folder, Seams seams, State state) {
        this.file = new AtomicFile(folder, "state.json");
        this.seams = seams;
        this.current = new Version(0, state);
    }

    /**
     * Reads the state in {@code folder}, which need not exist. A file that can't be read, wholly or in part, is put aside
     * under another name, and what could be read of it goes on.
     */
    public static StateStore open(Path folder, Seams seams) {
        String install = "%08x".formatted(seams.random().nextInt());
        StateStore store = new StateStore(folder.toAbsolutePath().normalize(), seams, State.fresh(install));
        store.load(install);
        return store;
    }

    /** Added streams, in the order in which they came, each with its sources. */
    public Map<String, List<String>> streams() {
        return current.state().streams();
    }

    /**
     * Adds a stream, or gives one that is there other sources and its old place.
     *
     * @param name without a {@link StreamName#problem}
     * @param sources at most {@value #MAX_SOURCES}
     * @throws StateFullException if there are too many, or the file would grow too large
     */
    public void putStream(String name, List<String> sources) throws StateFullException {
        List<String> copy = List.copyOf(sources);
        StreamName.problem(name).ifPresent(problem -> {
            throw new IllegalArgumentException(problem); // it would not come back from the file
        });
        if (copy.size() > MAX_SOURCES) {
            throw new StateFullException("A stream has at most " + MAX_SOURCES + " sources.");
        }
        change(state -> state.withStreams(streams -> streams.put(name, copy)));
    }

    /** Forgets an added stream; returns whether there was one. */
    public boolean removeStream(String name) {
        boolean known = streams().containsKey(name);
        shrink(state -> state.withStreams(streams -> streams.remove(name)));
        return known;
    }

    /** Streams that stay connected, each with the query that says which tracks. */
    public Map<String, String> preloads() {
        return current.state().preloads();
    }

    /** @throws StateFullException if there are too many, or the file would grow too large */
    public void putPreload(String stream, String query) throws StateFullException {
        change(state -> state.withPreloads(preloads -> preloads.put(stream, query)));
    }

    /** Forgets a preload; returns whether there was one. */
    public boolean removePreload(String stream) {
        boolean known = preloads().containsKey(stream);
        shrink(state -> state.withPreloads(preloads -> preloads.remove(stream)));
        return known;
    }

    /** Whether this switch of the stream is set. */
    public boolean isSet(String stream, StreamSwitch which) {
        return current.state().switches().getOrDefault(stream, Set.of()).contains(which);
    }

    /**
     * Sets or clears a switch of a stream.
     *
     * @throws StateFullException if there are {@value #MAX_STREAMS} switched streams, or the file would grow too large
     */
    public void set(String stream, StreamSwitch which, boolean set) throws StateFullException {
        change(state -> state.withSwitch(stream, which, set));
    }

    /** Why nothing can be saved, in the system's words; empty while all is saved. */
    public Optional<String> failure() {
        return failing;
    }

    /** Where the state is kept. */
    public Path path() {
        return file.path();
    }

    /** Eight hexadecimal digits that stay the same as long as the data folder does. */
    public String installId() {
        String id = current.state().install();
        save(0); // nothing to write if a file is there: it has the id
        return id;
    }

    /** What cameras are called in ids, by their names, where these alone do not say it. */
    public Map<String, String> slugs() {
        return current.state().slugs();
    }

    /** Remembers what a camera is called in ids; beyond {@value #MAX_STREAMS} of them, only in the log. */
    public void rememberSlug(String name, String slug) {
        try {
            change(state -> state.withSlugs(slugs -> slugs.put(name, slug)));
        } catch (StateFullException e) {
            LOG.warn("{}: its id is not remembered: {}", name, e.getMessage());
        }
    }

    /** The SHA-256 of the certificate that {@code host} was first seen with, in hexadecimal digits. */
    public Optional<String> pin(String host, int port) {
        return Optional.ofNullable(current.state().pins().get(pinKey(host, port)));
    }

    /** Remembers a certificate; beyond {@value #MAX_PINS} of them, only in the log. */
    public void remember(String host, int port, String sha256) {
        try {
            change(state -> state.withPins(pins -> pins.put(pinKey(host, port), sha256)));
        } catch (StateFullException e) {
            LOG.warn("{}: certificate not remembered: {}", host, e.getMessage());
        }
    }

    /** Share links by their id, those that have ended among them. */
    public Map<String, StoredLink> links() {
        return current.state().links();
    }

    /** The share link of this id, though it may have ended. */
    public Optional<StoredLink> link(String id) {
        return Optional.ofNullable(current.state().links().get(id));
    }

    /**
     * Remembers a share link, and forgets those that have ended.
     *
     * @throws StateFullException if there are {@value #MAX_LINKS}, or the file would grow too large
     */
    public void putLink(String id, StoredLink link) throws StateFullException {
        Instant now = seams.clock().now();
        change(state -> state.withLinks(links -> {
            links.values().removeIf(known -> !known.expires().isAfter(now));
            links.put(id, link);
        }));
    }

    /** Forgets a share link; returns whether there was one. */
    public boolean removeLink(String id) {
        boolean known = links().containsKey(id);
        shrink(state -> state.withLinks(links -> links.remove(id)));
        return known;
    }

    private static String pinKey(String host, int port) {
        return host.toLowerCase(Locale.ROOT) + ":" + port;
    }

    private void shrink(UnaryOperator<State> change) {
        try {
            change(change);
        } catch (StateFullException e) {
            throw new IllegalStateException("less is too much", e);
        }
    }

    private void change(UnaryOperator<State> change) throws StateFullException {
        long number;
        changing.lock();
        try {
            State before = current.state();
            State after = change.apply(before);
            if (!after.equals(before)) {
                checkBounds(after, before);
                current = new Version(current.number() + 1, after);
            }
            number = current.number();
        } finally {
            changing.unlock();
        }
        save(number);
    }

    private static void checkBounds(State after, State before) throws StateFullException {
        if (after.streams().size() > Math.max(MAX_STREAMS, before.streams().size())) {
            throw new StateFullException("There are " + MAX_STREAMS + " added streams already, and no room for more.");
        }
        if (after.preloads().size() > Math.max(MAX_STREAMS, before.preloads().size())) {
            throw new StateFullException("There are " + MAX_STREAMS + " preloads already, and no room for more.");
        }
        if (after.switches().size() > Math.max(MAX_STREAMS, before.switches().size())) {
            throw new StateFullException(MAX_STREAMS + " streams are switched already, and there is no room for more.");
        }
        if (after.slugs().size() > Math.max(MAX_STREAMS, before.slugs().size())) {
            throw new StateFullException("There are " + MAX_STREAMS + " ids already, and no room for more.");
        }
        if (after.pins().size() > Math.max(MAX_PINS, before.pins().size())) {
            throw new StateFullException("There are " + MAX_PINS + " certificates already, and no room for more.");
        }
        if (after.links().size() > Math.max(MAX_LINKS, before.links().size())) {
            throw new StateFullException("There are " + MAX_LINKS + " share links already: revoke one first.");
        }
        int bytes = after.toBytes().length;
        if (bytes > MAX_BYTES && bytes > before.toBytes().length) {
            throw new StateFullException("state.json would grow beyond " + MAX_BYTES + " bytes.");
        }
    }

    /** Waits until version {@code number}, or a later one that has it too, was written or refused. */
    private void save(long number) {
        writing.lock();
        try {
            if (written >= number && written >= 0) {
                return;
            }
            Version version = current;
            if (broken && Files.exists(file.path())) {
                putAside();
            }
            broken = false;
            file.write(version.state().toBytes());
            written = version.number();
            if (failing.isPresent()) {
                LOG.info("{} is saved again", file.path());
            }
            failing = Optional.empty();
        } catch (IOException e) {
            if (failing.isEmpty()) {
                LOG.warn(
                        "{} can't be saved ({}): changes hold until Oriel ends, and the next one tries again",
                        file.path(),
                        reason(e));
            }
            failing = Optional.of(reason(e));
        } finally {
            writing.unlock();
        }
    }

    private void load(String newInstall) {
        writing.lock();
        try (InputStream in = Files.newInputStream(file.path())) {
            byte[] bytes = in.readNBytes(MAX_BYTES + 1);
            if (!(Json.parse(bytes, MAX_BYTES) instanceof JsonObject json)) {
                throw new MalformedException("it holds no JSON object");
            }
            State.Reading reading = State.read(json, newInstall);
            current = new Version(0, reading.state());
            if (!reading.whole()) {
                rescue("some of it is not as Oriel writes it", reading.state());
            }
        } catch (NoSuchFileException e) {
            written = -1; // the first who needs the installation's id writes it
        } catch (MalformedException e) {
            rescue(e.reason(), current.state());
        } catch (IOException e) {
            rescue(reason(e), current.state());
        } finally {
            writing.unlock();
        }
    }

    /** Puts the file aside, which nobody may overwrite, and writes what could be read of it. */
    private void rescue(String why, State state) {
        LOG.warn("{} is broken: {}", file.path(), why);
        broken = true;
        written = -1;
        current = new Version(0, state);
        save(0);
    }

    /** Java gives some of these no words, only the file's name. */
    private static String reason(IOException e) {
        String told = e instanceof FileSystemException f ? f.getReason() : e.getMessage();
        return Objects.requireNonNullElse(told, e.getClass().getSimpleName().replace("Exception", ""));
    }

    private void putAside() throws IOException {
        String name = file.path().getFileName() + ".broken-"
                + STAMP.format(seams.clock().now());
        Path aside = file.path().resolveSibling(name);
        for (int i = 2; Files.exists(aside); i++) {
            aside = file.path().resolveSibling(name + "-" + i);
        }
        Files.move(file.path(), aside);
        LOG.warn("{} is kept as {}", file.path(), aside.getFileName());
    }

    /** A state and its number, which rises with each change. */
    private record Version(long number, State state) {}
}
