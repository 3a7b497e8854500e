package oriel.homeassistant.discovery;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import oriel.base.Clock;
import oriel.homeassistant.discovery.AppDesk.App;
import oriel.homeassistant.discovery.AppState.Figures;

/** Makes of looks at Oriel what is told of it: numbers every 10 s, everything else as it is. For one thread. */
final class AppWatch {
    private static final Duration NUMBERS = CameraWatch.NUMBERS;
    private static final long STALL_MILLIS = 1000;

    private final AppDesk app;
    private final String version;
    private final ProcessFigures process;
    private Figures figures = new Figures(0, 0, OptionalDouble.empty(), OptionalLong.empty(), 0);
    private Optional<Long> countedNanos = Optional.empty();
    private Optional<AppState> told = Optional.empty();

    AppWatch(AppDesk app, String version, Clock clock) {
        this.app = app;
        this.version = version;
        this.process = new ProcessFigures(clock);
    }

    /** Of our app under the Supervisor; empty stand-alone. */
    Optional<String> slug() {
        return app.app().map(App::slug);
    }

    private List<String> problems() {
        List<String> problems = new ArrayList<>(app.problems());
        if (figures.loopDelayMillis() >= STALL_MILLIS) {
            problems.add("Pictures had to wait " + figures.loopDelayMillis()
                    + " ms for their turn: this machine has too much to do.");
        }
        return problems;
    }

    /** What is to be told, if it differs from the last. */
    Optional<AppState> look(int streams, int viewers, long nanos) {
        if (countedNanos.isEmpty() || nanos - countedNanos.get() >= NUMBERS.toNanos()) {
            countedNanos = Optional.of(nanos);
            figures = new Figures(
                    streams,
                    viewers,
                    process.cpu(),
                    process.memory(),
                    app.takeLoopDelay().toMillis());
        } else if ((figures.viewers() == 0) != (viewers == 0)) {
            figures = figures.withViewers(viewers);
        }
        figures = figures.withStreams(streams);
        AppState now = new AppState(
                problems(),
                figures,
                version,
                app.app().map(known -> new AppState.Update(known.installed(), known.latest())));
        if (told.filter(now::equals).isPresent()) {
            return Optional.empty();
        }
        told = Optional.of(now);
        return told;
    }
}
