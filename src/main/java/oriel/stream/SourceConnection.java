package oriel.stream;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import oriel.base.Failure;
import oriel.base.MalformedException;
import oriel.media.AccessUnit;
import oriel.media.MediaKind;
import oriel.media.StreamDescription;
import oriel.net.MediaLoop;
import oriel.rtp.RtpView;

/**
 * One try of a source: what its script gets as {@link SourceSession} and writes to. Watches that packets keep coming.
 * Its state belongs to the home loop, except for what the script's thread asks at the end.
 */
final class SourceConnection implements SourceSession, StreamWriter {
    private static final Duration LOOK = Duration.ofMillis(500);

    private final LiveSource source;
    private final MediaLoop home;
    private volatile @Nullable Failure aborted; // home loop writes, the script reads
    private volatile long openedNanos; // home loop writes, the script reads
    private volatile long lastPacketNanos; // home loop writes, the script reads
    private volatile Optional<SourceInfo> info = Optional.empty();
    private volatile Optional<Runnable> keyFrameRequest = Optional.empty();
    private @Nullable Liveness liveness;
    private MediaLoop.@Nullable Timer look;
    private boolean closed;

    SourceConnection(LiveSource source, MediaLoop home) {
        this.source = source;
        this.home = home;
    }

    @Override
    public MediaLoop home() {
        return home;
    }

    @Override
    public StreamWriter writer() {
        return this;
    }

    @Override
    public void info(SourceInfo told) {
        info = Optional.of(told);
    }

    @Override
    public void onKeyFrameRequest(Runnable request) {
        keyFrameRequest = Optional.of(request);
    }

    Optional<SourceInfo> info() {
        return info;
    }

    Optional<Runnable> keyFrameRequest() {
        return keyFrameRequest;
    }

    /** Why the home loop gave the connection up, if it did. */
    Optional<Failure> aborted() {
        return Optional.ofNullable(aborted);
    }

    /** How long frames came. */
    Duration framesFor() {
        long opened = openedNanos;
        return opened == 0 ? Duration.ZERO : Duration.ofNanos(lastPacketNanos - opened);
    }

    @Override
    public void open(StreamDescription description) {
        if (closed || liveness != null) {
            return;
        }
        long now = home.nanoTime();
        openedNanos = now;
        lastPacketNanos = now;
        liveness = new Liveness(description.hasPicture(), now);
        look = home.schedule(LOOK, this::look);
        source.opened(this, description);
    }

    @Override
    public void packet(int track, RtpView packet) {
        if (closed || liveness == null) {
            return;
        }
        SourceTrack target = source.trackAt(track);
        long now = seen(target);
        try {
            if (!target.packet(packet, now)) {
                source.drops().count("late-packet");
            }
        } catch (MalformedException e) {
            source.drops().count(e.reason());
        }
    }

    @Override
    public void unit(int track, AccessUnit unit) {
        if (closed || liveness == null) {
            return;
        }
        SourceTrack target = source.trackAt(track);
        target.unit(unit, seen(target));
    }

    @Override
    public void clock(int track, long rtpTimestamp, Instant cameraTime) {
        if (!closed && liveness != null) {
            source.cameraClock(source.trackAt(track), rtpTimestamp, cameraTime);
        }
    }

    @Override
    public void dropped(String reason) {
        source.drops().count(reason);
    }

    @Override
    public void flush() {
        if (!closed && liveness != null) {
            source.flush();
        }
    }

    /** Nothing of this connection counts any more; on the home loop. */
    void close() {
        closed = true;
        if (look != null) {
            look.cancel();
        }
    }

    private long seen(SourceTrack track) {
        long now = home.nanoTime();
        lastPacketNanos = now;
        if (liveness != null) {
            liveness.packet(track.track().kind() == MediaKind.VIDEO, now);
        }
        return now;
    }

    private void look() {
        if (closed || liveness == null) {
            return;
        }
        Optional<Failure> dead = liveness.check(home.nanoTime());
        if (dead.isPresent()) {
            aborted = dead.get();
            source.interruptScript(this);
        } else {
            look = home.schedule(LOOK, this::look);
        }
    }
}
