package oriel.catalog;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;
import oriel.base.Seams;
import oriel.config.ConfigException;
import oriel.config.ConfigLoader;
import oriel.config.LoadedConfig;
import oriel.state.StateStore;
import oriel.stream.LiveStream;
import oriel.stream.StreamRegistry;
import oriel.testing.ManualLoop;

/** A registry that nobody dials from, catalogs over it, and what is remembered in a folder. */
abstract class CatalogScene {
    @TempDir
    Path folder;

    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    final StreamRegistry streams = new StreamRegistry(Seams.system(), ManualLoop::new, threads);

    @AfterEach
    void end() {
        streams.close();
        threads.shutdownNow();
    }

    StateStore state() {
        return StateStore.open(folder, Seams.system());
    }

    Catalog catalog(String yaml, boolean demo) throws ConfigException {
        LoadedConfig loaded = new ConfigLoader(folder, Map.of()).load(List.of("{" + yaml + "}"));
        Catalog catalog = new Catalog(streams, state(), loaded, demo ? Optional.of("demo:") : Optional.empty());
        catalog.start();
        return catalog;
    }

    List<String> names() {
        return streams.all().stream().map(LiveStream::name).toList();
    }
}
