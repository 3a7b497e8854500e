package oriel.stream;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;
import oriel.base.MalformedException;
import oriel.media.AccessUnit;
import oriel.media.Codec;
import oriel.media.MediaKind;
import oriel.media.Track;
import oriel.metrics.Drops;
import oriel.rtp.RtpPacket;
import oriel.rtp.RtpView;
import oriel.rtp.payload.Normalizer;
import oriel.rtp.payload.Normalizers;
import oriel.rtp.payload.Packetizer;
import oriel.rtp.payload.Packetizers;

/**
 * One track of a source over all its connections: makes packets fit, keeps their time and the last group of pictures,
 * and collects what one read brings. Owned by the home loop; the counters may be read anywhere.
 */
final class SourceTrack {
    private static final int SEQUENCE_SPAN = 1 << 16;
    private static final long MAX_SKEW_NANOS = 2_000_000_000L;

    private final Drops drops;
    private final GopCache gop;
    private final TrackTimeline timeline;
    private final TrackClock clock;
    private final LongAdder packets = new LongAdder();
    private final LongAdder bytes = new LongAdder();
    private final LongAdder frames = new LongAdder();
    private final List<RtpPacket> pending = new ArrayList<>();

    private Track track;
    private Normalizer normalizer;
    private Optional<Packetizer> packetizer = Optional.empty();
    private int expectedSequence = -1;
    private long lastTimestamp = -1;
    private boolean awaitsKey;
    private boolean gapSeen;
    private Optional<Long> cameraEpochNanos = Optional.empty();
    private volatile TrackFacts facts;

    /** @param drops counts what is thrown away */
    SourceTrack(Track track, GopBudget budget, long epochNanos, long epochWallNanos, Drops drops) {
        this.track = track;
        this.drops = drops;
        this.gop = new GopCache(budget);
        this.timeline = new TrackTimeline(track.codec().clockRate(), epochNanos);
        this.clock = new TrackClock(track.codec().clockRate(), epochWallNanos);
        this.normalizer = Normalizers.of(track.codec());
        this.facts = new TrackFacts(track, false);
    }

    /** A new connection sends this track: its numbers have nothing to do with the last one's. */
    void restart(Track again) {
        track = again;
        normalizer = Normalizers.of(again.codec());
        packetizer = Optional.empty();
        expectedSequence = -1;
        cameraEpochNanos = Optional.empty();
        timeline.restart();
        gop.clear();
        pending.clear();
        awaitsKey = again.codec() instanceof Codec.H264 || again.codec() instanceof Codec.H265;
        facts = new TrackFacts(again, false);
    }

    Track track() {
        return track;
    }

    TrackFacts facts() {
        return facts;
    }

    TrackClock clock() {
        return clock;
    }

    TrackStatus status() {
        return new TrackStatus(facts, packets.sum(), bytes.sum(), frames.sum());
    }

    /** Packets that came so far. */
    long packets() {
        return packets.sum();
    }

    long bytes() {
        return bytes.sum();
    }

    long timeJumps() {
        return timeline.jumps();
    }

    LoopItem.Start start() {
        return new LoopItem.Start(new TrackFacts(track, facts.reordersPictures()), clock, gop.snapshot());
    }

    /** Takes a camera's packet; whether it was new and in order. */
    boolean packet(RtpView view, long now) throws MalformedException {
        if (!follow(view.sequence())) {
            return false;
        }
        count(view.payloadLength());
        if (view.timestamp() != lastTimestamp) { // Not the marker: some cameras set it on SPS and PPS.
            lastTimestamp = view.timestamp();
            frames.increment();
        }
        normalizer.accept(view, timeline.pts(view.timestamp(), now), this::emit);
        return true;
    }

    /** Takes a whole access unit whose time counts from the start of the connection. */
    void unit(AccessUnit unit, long now) {
        count(unit.size());
        frames.increment();
        Packetizer cutter = packetizer.orElseGet(() -> Packetizers.of(track.codec()));
        packetizer = Optional.of(cutter);
        long pts = timeline.unitPts(unit.ptsTicks(), now);
        cutter.packetize(new AccessUnit(pts, unit.wallClock(), unit.key(), unit.parts()), this::emit);
    }

    /** What is the time of day of {@code rtpTimestamp}, as nanoseconds of the camera's clock at this track's time 0. */
    Optional<Long> cameraEpochNanos(long rtpTimestamp, long cameraNanos) {
        if (!timeline.anchored()) {
            return Optional.empty();
        }
        long pts = timeline.ptsOf(rtpTimestamp);
        int rate = track.codec().clockRate();
        return Optional.of(cameraNanos - pts / rate * 1_000_000_000L - pts % rate * 1_000_000_000L / rate);
    }

    void cameraEpoch(long nanos) {
        cameraEpochNanos = Optional.of(nanos);
    }

    /** Shifts the clocks of the sound tracks to the first picture's, by what the camera's reports say of both. */
    static void alignSound(List<SourceTrack> tracks) {
        Optional<Long> picture = tracks.stream()
                .filter(t -> t.track.kind() == MediaKind.VIDEO)
                .findFirst()
                .flatMap(t -> t.cameraEpochNanos);
        if (picture.isEmpty()) {
            return;
        }
        for (SourceTrack track : tracks) {
            if (track.track.kind() == MediaKind.AUDIO && track.cameraEpochNanos.isPresent()) {
                long skew = track.cameraEpochNanos.get() - picture.get();
                // Some cameras' reports are absurd; sound that is seconds away from its picture is one of those.
                track.clock.skew(Math.abs(skew) <= MAX_SKEW_NANOS ? skew : 0);
            }
        }
    }

    /** Whether packets of a picture were missing since the last call. */
    boolean takeGap() {
        boolean seen = gapSeen && track.kind() == MediaKind.VIDEO;
        gapSeen = false;
        return seen;
    }

    /** What came since the last call, as one burst. */
    Optional<Burst> takeBurst() {
        if (pending.isEmpty()) {
            return Optional.empty();
        }
        Burst burst = new Burst(track.id(), pending);
        pending.clear();
        return Optional.of(burst);
    }

    /** What is now known of the track, if that has changed. */
    Optional<TrackFacts> takeNews() {
        Codec codec = packetizer.isPresent() ? track.codec() : normalizer.codec();
        boolean reorders = normalizer.reordersPictures();
        if (codec.equals(track.codec()) && reorders == facts.reordersPictures()) {
            return Optional.empty();
        }
        track = track.withCodec(codec);
        TrackFacts news = new TrackFacts(track, reorders);
        boolean changed = !news.equals(facts);
        facts = news;
        return changed ? Optional.of(news) : Optional.empty();
    }

    // True if the packet is the expected one or one ahead of it, for which a gap is told.
    private boolean follow(int sequence) {
        if (expectedSequence >= 0 && sequence != expectedSequence) {
            if ((short) (sequence - expectedSequence) < 0 && distance(sequence) < SEQUENCE_SPAN / 16) {
                return false; // Late or twice; a far step back is a camera that began anew.
            }
            normalizer.gap();
            gapSeen = true;
        }
        expectedSequence = sequence + 1 & 0xFFFF;
        return true;
    }

    private int distance(int sequence) {
        return expectedSequence - sequence & 0xFFFF;
    }

    private void count(int payloadBytes) {
        packets.increment();
        bytes.add(payloadBytes);
    }

    private void emit(RtpPacket packet) {
        if (awaitsKey && !packet.keyStart()) {
            // The rest of a group that began before the camera came back: viewers have another picture before their
            // eyes.
            drops.count("before-key-frame");
            return;
        }
        awaitsKey = false;
        if (track.kind() == MediaKind.VIDEO) {
            if (!gop.add(packet)) {
                drops.count("gop-full");
            }
        }
        pending.add(packet);
    }
}
