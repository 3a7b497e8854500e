package oriel.homeassistant.discovery;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import oriel.homeassistant.discovery.CameraState.Figures;
import oriel.media.PictureSize;
import oriel.stream.SourceState;

/**
 * Makes of one camera's readings what is told of it: numbers every 10 s, everything else as it is, and events where two
 * readings differ. For one thread.
 */
final class CameraWatch {
    /** How often numbers change at most. */
    static final Duration NUMBERS = Duration.ofSeconds(10);

    /** Events of one look; a crowd that comes at once is told by its number anyway. */
    static final int MAX_EVENTS = 16;

    private final UnaryOperator<String> shown;
    private Optional<CameraReading> before = Optional.empty();
    private CameraReading counted = NOTHING;
    private long countedNanos;
    private Figures figures = Figures.NONE;
    private Optional<Boolean> connected = Optional.empty();
    private Optional<String> lastError = Optional.empty();
    private boolean lost;

    private static final CameraReading NOTHING = new CameraReading(
            SourceState.IDLE,
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            "",
            Map.of(),
            0,
            0,
            Optional.empty(),
            "",
            0);

    /** @param shown takes secrets out of sentences */
    CameraWatch(UnaryOperator<String> shown) {
        this.shown = shown;
    }

    /**
     * What its owner and others know of it besides the hub.
     *
     * @param enabled whether its owner has it on
     * @param keepAlive whether it stays connected
     * @param probed what a look at it said while it rested
     * @param taken when its last still was taken
     */
    record Around(boolean enabled, boolean keepAlive, Optional<Probed> probed, Optional<Instant> taken) {}

    /**
     * Takes another reading.
     *
     * @param events takes what happened since the last one
     */
    CameraState look(CameraReading now, Around around, long nanos, List<CameraEvent> events) {
        count(now, nanos);
        Verdict verdict = Verdict.of(now, around.probed(), connected);
        connected = verdict.connected().isPresent() ? verdict.connected() : connected;
        Optional<String> reason = verdict.reason().map(shown);
        // Of a camera that rests, is looked at, and does not answer, the looks tell more than that it rests.
        Optional<Probed> missed = around.probed()
                .filter(probe -> now.state() == SourceState.IDLE
                        && !probe.reachable()
                        && probe.reason().equals(verdict.reason()));
        lastError = reason.isPresent() ? reason : lastError;
        before.ifPresent(last -> happened(last, now, reason, events));
        before = Optional.of(now);
        return new CameraState(
                around.enabled() ? verdict.connected() : Optional.empty(),
                reason.isPresent() && around.enabled(),
                reason,
                missed.map(Probed::since).or(now::since),
                missed.map(Probed::nextTry).or(now::nextTry),
                now.kind(),
                figures,
                now.size().map(PictureSize::toString),
                Optional.of(now.codecs()).filter(codecs -> !codecs.isEmpty()),
                lastError,
                now.since().filter(since -> now.state() == SourceState.LIVE),
                around.enabled(),
                around.keepAlive(),
                around.taken());
    }

    private void count(CameraReading now, long nanos) {
        long passed = nanos - countedNanos;
        if (before.isEmpty()) {
            figures = new Figures(now.viewers().size(), 0, 0, now.restarts());
        } else if (passed >= NUMBERS.toNanos()) {
            double seconds = passed / 1e9;
            // A source that was replaced counts from 0 again.
            long bytes = Math.max(0, now.bytes() - counted.bytes());
            long frames = Math.max(0, now.frames() - counted.frames());
            figures = new Figures(
                    now.viewers().size(), Math.round(bytes * 8 / 1000.0 / seconds), frames / seconds, now.restarts());
        } else {
            boolean turned = (figures.viewers() == 0) != now.viewers().isEmpty();
            figures = turned ? figures.withViewers(now.viewers().size()) : figures;
            return;
        }
        counted = now;
        countedNanos = nanos;
    }

    private void happened(CameraReading last, CameraReading now, Optional<String> reason, List<CameraEvent> events) {
        List<CameraEvent> found = new ArrayList<>();
        now.viewers().forEach((id, kind) -> {
            if (!last.viewers().containsKey(id)) {
                found.add(CameraEvent.viewer("joined", kind, now.viewers().size()));
            }
        });
        last.viewers().forEach((id, kind) -> {
            if (!now.viewers().containsKey(id)) {
                found.add(CameraEvent.viewer("left", kind, now.viewers().size()));
            }
        });
        boolean fails = now.state() == SourceState.RETRYING || now.state() == SourceState.CONNECTING;
        if (last.state() == SourceState.LIVE && fails && !lost) {
            lost = true;
            found.add(CameraEvent.lost(reason.orElse("")));
        } else if (now.state() == SourceState.LIVE && lost) {
            lost = false;
            found.add(CameraEvent.restored());
        } else if (now.state() == SourceState.IDLE || now.state() == SourceState.OFF) {
            lost = false;
        }
        events.addAll(found.subList(0, Math.min(MAX_EVENTS, found.size())));
    }
}
