package oriel.homeassistant.discovery;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.Predicate;
import oriel.catalog.CameraEntry;
import oriel.catalog.Catalog;
import oriel.catalog.CatalogException;
import oriel.catalog.Preloads;
import oriel.output.still.NoStillException;
import oriel.output.still.Still;
import oriel.output.still.StillOutput;
import oriel.stream.LiveStream;
import oriel.stream.StreamRegistry;
import oriel.worker.StillSize;

/** The cameras of the catalog: those of the file and those of Home Assistant. */
public final class CatalogDesk implements CameraDesk {
    private static final StillSize SIZE = new StillSize(1280, 0);

    private final Catalog catalog;
    private final StreamRegistry streams;
    private final Preloads preloads;
    private final StillOutput stills;
    private final Function<String, Optional<Probed>> probe;
    private final Predicate<String> spared;
    private final BooleanSupplier settled;

    /**
     * @param probe what is known of a camera while it rests, by its name
     * @param spared whether a camera, by its name, runs on a battery
     * @param settled whether all cameras are there that were there at the end
     */
    public CatalogDesk(
            Catalog catalog,
            StreamRegistry streams,
            Preloads preloads,
            StillOutput stills,
            Function<String, Optional<Probed>> probe,
            Predicate<String> spared,
            BooleanSupplier settled) {
        this.catalog = catalog;
        this.streams = streams;
        this.preloads = preloads;
        this.stills = stills;
        this.probe = probe;
        this.spared = spared;
        this.settled = settled;
    }

    @Override
    public List<Camera> cameras() {
        Map<String, List<LiveStream>> aliases = new HashMap<>();
        for (LiveStream stream : streams.all()) {
            catalog.aliasOf(stream.name())
                    .ifPresent(name -> aliases.computeIfAbsent(name, n -> new ArrayList<>())
                            .add(stream));
        }
        List<Camera> cameras = new ArrayList<>();
        for (CameraEntry entry : catalog.cameras()) {
            String name = entry.name();
            streams.find(name).ifPresent(stream -> {
                List<LiveStream> all = new ArrayList<>(List.of(stream));
                all.addAll(aliases.getOrDefault(name, List.of()));
                cameras.add(new Camera(
                        name,
                        CameraReading.of(streams.state(stream), all, entry.sources()),
                        entry.enabled(),
                        preloads.keeps(name),
                        probe.apply(name),
                        spared.test(name)));
            });
        }
        return cameras;
    }

    @Override
    public boolean settled() {
        return settled.getAsBoolean();
    }

    @Override
    public void enable(String name, boolean on) throws CatalogException {
        catalog.enable(name, on);
    }

    @Override
    public void keepAlive(String name, boolean on) throws CatalogException {
        preloads.keep(name, on);
    }

    @Override
    public void restart(String name) throws CatalogException {
        catalog.restart(name);
    }

    @Override
    public Optional<Still> still(String name) throws NoStillException, InterruptedException {
        Optional<LiveStream> stream = streams.find(name);
        return stream.isEmpty() ? Optional.empty() : Optional.of(stills.take(stream.get(), SIZE, () -> {}));
    }
}
