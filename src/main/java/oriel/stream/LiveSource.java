package oriel.stream;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import oriel.base.Alarm;
import oriel.base.Clock;
import oriel.base.Failure;
import oriel.base.FailureException;
import oriel.base.Redacted;
import oriel.media.StreamDescription;
import oriel.media.Track;
import oriel.metrics.Drops;
import oriel.net.MediaLoop;

/**
 * One camera connection, shared by all who want it: started by the first {@link Hold}, supervised, kept for a while after
 * the last. Its script runs on a virtual thread; its tracks live on the home loop; what it is asked from elsewhere waits
 * for neither. See {@link SourceScript} for its life.
 */
public final class LiveSource {
    private static final Duration RING_RETRY = Duration.ofMillis(20);
    private static final long KEY_REQUEST_NANOS = Duration.ofSeconds(1).toNanos();

    private final SourceKey key;
    private final MediaLoop home;
    private final Clock clock;
    private final GopBudget budget;
    private final long epochNanos;
    private final long epochWallNanos;
    private final SourceScript script;
    private final Drops drops;
    private final SequencedMap<MediaLoop, LoopFanout> fanouts = new LinkedHashMap<>(); // home loop, itself last
    private Optional<Long> lastKeyRequest = Optional.empty(); // home loop
    private volatile String label;
    private volatile List<SourceTrack> tracks = List.of(); // home loop writes

    LiveSource(SourceKey key, SourceSetting setting, Source source, MediaLoop home, Duration linger) {
        this.key = key;
        this.home = home;
        this.clock = setting.seams().clock();
        this.budget = setting.budget();
        this.epochNanos = home.nanoTime();
        Instant now = clock.now();
        this.epochWallNanos = Math.addExact(Math.multiplyExact(now.getEpochSecond(), 1_000_000_000L), now.getNano());
        this.label = toString();
        this.drops = new Drops(setting.drops(), () -> label);
        this.script = new SourceScript(this, source, home, setting, linger);
    }

    public SourceKey key() {
        return key;
    }

    /** What people call it in the log: the first stream that names it, or its address. */
    void name(String name) {
        label = name;
        script.name(name);
    }

    /**
     * Keeps it wanted for a viewer. Starts it if it rests, makes it try at once if it waits, unless its camera's account is
     * at risk. Any thread.
     */
    public Hold hold() {
        return script.hold();
    }

    /** Tries now what waits for its next try, because a person said so. */
    public void tryNow() {
        script.tryNow();
    }

    /** Ends the connection and, if somebody wants it, makes it anew; who watches stays. Any thread. */
    void restart() {
        script.restart();
    }

    /** What {@code outcome} comes to until {@code deadlineNanos}; see {@link Hold#awaitTracks}. */
    List<TrackFacts> awaitTracks(CompletableFuture<List<TrackFacts>> outcome, long deadlineNanos)
            throws FailureException, InterruptedException {
        long began = clock.nanoTime();
        Alarm alarm = clock.newAlarm();
        outcome.whenComplete((facts, failure) -> alarm.ring());
        alarm.awaitUntil(deadlineNanos);
        try {
            if (outcome.isDone()) {
                outcome.get();
                return facts();
            }
        } catch (ExecutionException e) {
            if (e.getCause() instanceof FailureException failure) {
                throw new FailureException(failure.failure(), failure);
            }
            throw new IllegalStateException(e.getCause());
        }
        Duration waited = Duration.ofNanos(clock.nanoTime() - began);
        throw new FailureException(new Failure.Timeout(SourceHost.of(key.url()), waited));
    }

    /** What it sends and takes, as far as known. Any thread. */
    public List<TrackFacts> facts() {
        return tracks.stream().map(SourceTrack::facts).toList();
    }

    /** How it is. Any thread. */
    public SourceStatus status() {
        List<SourceTrack> now = tracks;
        long bytes = now.stream().mapToLong(SourceTrack::bytes).sum();
        return script.status(now.stream().map(SourceTrack::status).toList(), bytes, drops.snapshot());
    }

    /** What had to be thrown away. */
    Drops drops() {
        return drops;
    }

    /** Feeds {@code leg} on {@code loop} from now on. Any thread. */
    void join(Leg leg, MediaLoop loop) {
        home.execute(() -> joinAtHome(leg, loop));
    }

    /** Stops feeding {@code leg}. Any thread. */
    void leave(Leg leg, MediaLoop loop) {
        leg.end();
        home.execute(() -> {
            LoopFanout fanout = fanouts.get(loop);
            if (fanout != null) {
                loop.execute(() -> fanout.remove(leg));
            }
        });
    }

    /** Asks the camera for a key frame where it can be asked, and begins {@code track} of {@code leg} anew. */
    void requestKeyFrame(Leg leg, MediaLoop loop, int track) {
        home.execute(() -> {
            askCamera();
            LoopFanout fanout = fanouts.get(loop);
            if (fanout == null || track >= tracks.size() || !script.isLive()) {
                return;
            }
            SourceTrack wanted = tracks.get(track);
            if (leg.replays(track, wanted.packets())) {
                sendSurely(fanout, new LoopItem.Replay(leg, wanted.start()));
            }
        });
    }

    /** Ends all legs and the connection, for good. Any thread. */
    void shut(EndReason reason) {
        script.shut();
        home.execute(() -> endLegs(-1, reason));
    }

    /** Ends all legs; the connection goes on for those who hold it. */
    void endAll(EndReason reason) {
        home.execute(() -> endLegs(-1, reason));
    }

    // ---- the home loop ----

    SourceTrack trackAt(int track) {
        return tracks.get(track);
    }

    void opened(SourceConnection connection, StreamDescription description) {
        List<SourceTrack> old = tracks;
        List<SourceTrack> now = new ArrayList<>();
        for (Track track : description.tracks()) {
            SourceTrack known = track.id() < old.size() ? old.get(track.id()) : null;
            if (known != null && known.track().codec().sameCoding(track.codec())) {
                known.restart(track);
                now.add(known);
            } else {
                if (known != null) {
                    endLegs(track.id(), EndReason.OTHER_TRACKS);
                }
                now.add(new SourceTrack(track, budget, epochNanos, epochWallNanos, drops));
            }
        }
        for (int gone = now.size(); gone < old.size(); gone++) {
            endLegs(gone, EndReason.OTHER_TRACKS);
        }
        tracks = List.copyOf(now);
        script.opened(connection, facts());
    }

    void flush() {
        for (SourceTrack track : tracks) {
            Optional<Burst> burst = track.takeBurst();
            if (burst.isPresent()) {
                for (LoopFanout fanout : fanouts.values()) {
                    fanout.burst(burst.get());
                }
            }
            if (track.takeGap()) {
                askCamera(); // Viewers' decoders would do so too, but some wait for seconds first.
            }
            Optional<TrackFacts> news = track.takeNews();
            if (news.isPresent()) {
                fanouts.values().forEach(fanout -> sendSurely(fanout, new LoopItem.Facts(news.get())));
            }
        }
    }

    // The camera's own clock says how far apart sound and picture really are; both must have said it.
    void cameraClock(SourceTrack track, long rtpTimestamp, Instant cameraTime) {
        long nanos =
                Math.addExact(Math.multiplyExact(cameraTime.getEpochSecond(), 1_000_000_000L), cameraTime.getNano());
        track.cameraEpochNanos(rtpTimestamp, nanos).ifPresent(epoch -> {
            track.cameraEpoch(epoch);
            SourceTrack.alignSound(tracks);
        });
    }

    void interruptScript(SourceConnection connection) {
        script.interrupt(connection);
    }

    private void joinAtHome(Leg leg, MediaLoop loop) {
        if (leg.ended()) {
            return;
        }
        LoopFanout fanout = fanout(loop);
        List<LoopItem.Start> starts = new ArrayList<>();
        for (int track : leg.tracks()) {
            if (track < tracks.size()) {
                starts.add(tracks.get(track).start());
            }
        }
        if (!fanout.send(new LoopItem.Join(leg, starts))) {
            home.schedule(RING_RETRY, () -> joinAtHome(leg, loop));
        }
    }

    private LoopFanout fanout(MediaLoop loop) {
        LoopFanout known = fanouts.get(loop);
        if (known != null) {
            return known;
        }
        LoopFanout made = new LoopFanout(home, loop, drops);
        if (loop.equals(home)) {
            fanouts.putLast(loop, made);
        } else {
            // The other loops wake up while this one feeds its own viewers.
            fanouts.putFirst(loop, made);
        }
        return made;
    }

    private void endLegs(int track, EndReason reason) {
        fanouts.values().forEach(fanout -> sendSurely(fanout, new LoopItem.End(track, reason)));
    }

    // These few must arrive; a full ring drains within milliseconds, or its loop is lost anyway.
    private void sendSurely(LoopFanout fanout, LoopItem item) {
        if (!fanout.send(item)) {
            home.schedule(RING_RETRY, () -> sendSurely(fanout, item));
        }
    }

    private void askCamera() {
        long now = home.nanoTime();
        boolean soon = lastKeyRequest.isPresent() && now - lastKeyRequest.get() < KEY_REQUEST_NANOS;
        if (!soon) {
            script.keyFrameRequest().ifPresent(request -> {
                lastKeyRequest = Optional.of(now);
                request.run();
            });
        }
    }

    @Override
    public String toString() {
        return Redacted.url(key.url());
    }
}
