package oriel.output.still;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import oriel.base.Alarm;
import oriel.base.Bytes;
import oriel.base.Clock;
import oriel.base.Failure;
import oriel.base.MalformedException;
import oriel.bitstream.JpegHeader;
import oriel.media.AccessUnit;
import oriel.media.MediaKind;
import oriel.metrics.Drops;
import oriel.metrics.Limit;
import oriel.net.MediaLoop;
import oriel.rtp.RtpPacket;
import oriel.rtp.payload.Depacketizers;
import oriel.stream.Choice;
import oriel.stream.ConsumerStatus;
import oriel.stream.LiveStream;
import oriel.stream.SourceState;
import oriel.stream.StreamRegistry;
import oriel.stream.Subscription;
import oriel.stream.TrackFacts;
import oriel.stream.TrackWish;
import oriel.worker.MediaWorker;
import oriel.worker.StillRequest;
import oriel.worker.StillSize;

/**
 * Gives stills of streams. The picture is the last key frame while that is at most {@link #MAX_AGE} old, for it costs one
 * picture to decode and the same one serves all who ask until the next; in a longer group it is the newest picture, decoded
 * from the key frame on. Called on virtual threads, for it waits for cameras.
 */
public final class StillOutput implements AutoCloseable {
    /** How long a request waits in all: Home Assistant gives list, addition and still 10 s together. */
    public static final Duration PATIENCE = Duration.ofSeconds(8);

    /** How much of that the camera may take; the rest is for decoding. */
    static final Duration CAMERA_PATIENCE = Duration.ofSeconds(7);

    /** A picture older than this is not shown. */
    public static final Duration MAX_AGE = Duration.ofSeconds(10);

    /** Requests under way; a further one is refused. */
    static final int MAX_REQUESTS = 256;

    /** All pictures kept, what they are decoded from and their JPEGs. */
    static final long MAX_CACHE_BYTES = 32L << 20;

    private static final Duration NOW = Duration.ZERO;

    /** What can be decoded. */
    private static final List<TrackWish> PICTURE =
            List.of(new TrackWish(MediaKind.VIDEO, facts -> decodes(facts), true));

    private final StreamRegistry streams;
    private final Supplier<? extends MediaLoop> loops;
    private final Clock clock;
    private final Drops drops = new Drops();
    private final DecodeQueue queue;
    private final PictureCache cache = new PictureCache(MAX_CACHE_BYTES);
    private final WarmStreams warm;
    private final AtomicInteger requests = new AtomicInteger();
    private final AtomicLong lastId = new AtomicLong();

    /**
     * @param loops gives each request a loop to be fed on
     * @param threads for what may wait for the worker; virtual ones outside of tests
     */
    public StillOutput(
            StreamRegistry streams,
            MediaWorker worker,
            Supplier<? extends MediaLoop> loops,
            Clock clock,
            Executor threads) {
        this(streams, PictureLab.of(worker), loops, clock, threads);
    }

    StillOutput(
            StreamRegistry streams,
            PictureLab lab,
            Supplier<? extends MediaLoop> loops,
            Clock clock,
            Executor threads) {
        this.streams = streams;
        this.loops = loops;
        this.clock = clock;
        this.queue = new DecodeQueue(lab, threads, clock, drops);
        this.warm = new WarmStreams(loops, threads);
    }

    /** What was refused. */
    public Drops drops() {
        return drops;
    }

    /** The bounds of stills. */
    public List<Limit> limits() {
        return List.of(
                Limit.of("stills.requests", MAX_REQUESTS, "requests under way", "A further one is told to come again.")
                        .filledBy(requests::get)
                        .countedBy(drops, "stills-busy"),
                Limit.of(
                                "stills.queue",
                                DecodeQueue.MAX_WAITING,
                                "pictures waiting to be decoded, " + DecodeQueue.AT_ONCE + " at once",
                                "A further one is told to come again.")
                        .filledBy(queue::waiting)
                        .countedBy(drops, "stills-full"),
                Limit.of(
                                "stills.cache",
                                MAX_CACHE_BYTES,
                                "bytes of pictures that were asked for",
                                "Those that nobody asked for the longest go first.")
                        .filledBy(cache::bytes));
    }

    /**
     * A picture of {@code stream}; connects its camera if need be, and keeps it connected a while for the next question.
     *
     * @param size the box it is to fit in
     * @param release called once, when the stream need not be kept any longer
     * @throws NoStillException why there is none, after {@link #PATIENCE} at the latest
     */
    public Still take(LiveStream stream, StillSize size, Runnable release)
            throws NoStillException, InterruptedException {
        boolean kept = false;
        try {
            if (requests.incrementAndGet() > MAX_REQUESTS) {
                drops.count("stills-busy");
                throw NoStillException.busy("too many ask for stills. Ask again in a second.");
            }
            if (stream.disabled()) {
                throw new NoStillException(
                        new Failure.Unsupported("The stream " + stream.name() + " is switched off."));
            }
            long deadline = clock.nanoTime() + PATIENCE.toNanos();
            Optional<Picture> recent = streams.state(stream) == SourceState.LIVE ? Optional.empty() : recent(stream);
            if (recent.isPresent()) {
                return still(recent.get(), size, deadline);
            }
            Choice choice = streams.choose(stream, PICTURE, CAMERA_PATIENCE);
            warm.keep(stream.name(), choice, release);
            kept = true;
            return newest(stream, choice, size, deadline);
        } finally {
            requests.decrementAndGet();
            if (!kept) {
                release.run();
            }
        }
    }

    /** Lets go of all streams. */
    @Override
    public void close() {
        warm.close();
    }

    // What cannot be had now was perhaps there a moment ago.
    private Still newest(LiveStream stream, Choice choice, StillSize size, long deadline)
            throws NoStillException, InterruptedException {
        try {
            refuseIfNone(stream, choice);
            Picture picture =
                    await(stream, deadline - PATIENCE.minus(CAMERA_PATIENCE).toNanos());
            Still still = still(picture, size, deadline);
            cache.shown(stream, picture);
            return still;
        } catch (NoStillException e) {
            Optional<Picture> before = e.busy() ? Optional.empty() : recent(stream);
            if (before.isEmpty()) {
                stream.note(e.failure().sentence());
                throw e;
            }
            return still(before.get(), size, deadline);
        }
    }

    private static void refuseIfNone(LiveStream stream, Choice choice) throws NoStillException {
        if (!choice.isEmpty()) {
            return;
        }
        if (!choice.failures().isEmpty()) {
            throw new NoStillException(choice.failures().getFirst());
        }
        Optional<TrackFacts> other = choice.seen().stream()
                .filter(facts -> facts.track().kind() == MediaKind.VIDEO)
                .findFirst();
        String why = stream.sourceTexts().isEmpty()
                ? "The stream " + stream.name() + " has no source."
                : other.map(facts -> "The camera sends " + facts.track().codec().name()
                                + ", of which this version of Oriel makes no stills.")
                        .orElse("The camera sends no picture.");
        throw new NoStillException(new Failure.CodecMismatch(why));
    }

    private Picture await(LiveStream stream, long deadline) throws NoStillException, InterruptedException {
        Optional<RtpPacket> passed = Optional.empty();
        while (true) {
            Group group = catchGroup(stream, passed, deadline);
            Optional<Picture> picture = pictureOf(group);
            if (picture.isPresent()) {
                return picture.get();
            }
            passed = Optional.of(group.first());
        }
    }

    private Optional<Picture> pictureOf(Group group) {
        Optional<Picture> known = cache.find(group.first()).filter(this::isFresh);
        if (known.isPresent()) {
            return known;
        }
        Duration age = group.span();
        List<AccessUnit> units;
        if (age.compareTo(MAX_AGE) <= 0) {
            units = group.keyFrame().stream().toList();
        } else {
            age = Duration.ZERO;
            units = group.complete() ? group.units(StillRequest.MAX_PICTURES + 1) : List.of();
        }
        if (units.isEmpty() || units.size() > StillRequest.MAX_PICTURES || size(units) > StillRequest.MAX_BYTES) {
            return Optional.empty();
        }
        long taken = clock.nanoTime() - age.toNanos();
        return Optional.of(cache.put(new Picture(group.first(), group.codec().name(), units, taken)));
    }

    private Group catchGroup(LiveStream stream, Optional<RtpPacket> passed, long deadline)
            throws NoStillException, InterruptedException {
        KeyFrameSink sink = new KeyFrameSink(passed);
        try (Subscription subscription = subscribe(stream, sink)) {
            if (passed.isPresent()) {
                subscription.requestKeyFrame(0);
            }
            return await(sink.caught(), deadline).orElseThrow(() -> new NoStillException(whyNone(stream, sink)));
        }
    }

    private Subscription subscribe(LiveStream stream, KeyFrameSink sink) throws NoStillException, InterruptedException {
        Choice fed = streams.choose(stream, PICTURE, NOW);
        if (fed.isEmpty()) {
            fed.close();
            refuseIfNone(stream, fed);
        }
        List<String> tracks = fed.tracks().stream()
                .flatMap(Optional::stream)
                .map(facts -> facts.track().toString())
                .toList();
        ConsumerStatus status = new ConsumerStatus(
                "still-" + lastId.incrementAndGet(),
                "still",
                "",
                clock.now(),
                tracks,
                0,
                OptionalDouble.empty(),
                OptionalDouble.empty(),
                0,
                false,
                Map.of(),
                "");
        try {
            return stream.subscribe(fed, loops.get(), sink, () -> status);
        } catch (IllegalStateException e) {
            throw NoStillException.busy(e.getMessage() + ".");
        }
    }

    private Failure whyNone(LiveStream stream, KeyFrameSink sink) {
        Optional<Failure> failure = stream.producers().stream()
                .flatMap(producer -> producer.source().stream())
                .flatMap(status -> status.failure().stream())
                .findFirst();
        return failure.orElseGet(() -> sink.mediaSeen()
                ? new Failure.CodecMismatch("The camera sent no whole key frame in " + CAMERA_PATIENCE.toSeconds()
                        + " s. Set its key frame interval (I-frame, GOP) to 4 s or less.")
                : new Failure.Silent(CAMERA_PATIENCE));
    }

    private Still still(Picture picture, StillSize size, long deadline) throws NoStillException, InterruptedException {
        Optional<Bytes> asItIs = asItIs(picture, size);
        Bytes jpeg = asItIs.isPresent()
                ? asItIs.get()
                : await(queue.ask(picture, size), deadline)
                        .orElseThrow(
                                () -> new NoStillException(new Failure.Server("its media worker gave no picture in "
                                        + PATIENCE.toSeconds() + " s. It may be starting, or have too much to do.")));
        return new Still(jpeg, Duration.ofNanos(Math.max(0, clock.nanoTime() - picture.takenNanos())));
    }

    // A JPEG that is small enough as the camera made it.
    private static Optional<Bytes> asItIs(Picture picture, StillSize size) throws NoStillException {
        if (!picture.codec().equals("JPEG")) {
            return Optional.empty();
        }
        Bytes jpeg = picture.units().getLast().parts().getFirst();
        try {
            JpegHeader header = JpegHeader.parse(jpeg);
            StillSize fitted = size.of(header.width(), header.height());
            boolean fits = fitted.width() == header.width() && fitted.height() == header.height();
            return fits ? Optional.of(jpeg) : Optional.empty();
        } catch (MalformedException e) {
            throw new NoStillException(new Failure.Protocol("its picture cannot be read: " + e.reason() + "."));
        }
    }

    private <T> Optional<T> await(CompletableFuture<T> future, long deadline)
            throws NoStillException, InterruptedException {
        Alarm alarm = clock.newAlarm();
        future.whenComplete((value, failure) -> alarm.ring());
        alarm.awaitUntil(deadline);
        try {
            return future.isDone() ? Optional.of(future.get()) : Optional.empty();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof NoStillException why) {
                throw new NoStillException(why.failure(), why.busy());
            }
            throw new IllegalStateException(e.getCause());
        }
    }

    private Optional<Picture> recent(LiveStream stream) {
        return cache.lastGood(stream).filter(this::isFresh);
    }

    private boolean isFresh(Picture picture) {
        return clock.nanoTime() - picture.takenNanos() <= MAX_AGE.toNanos();
    }

    private static boolean decodes(TrackFacts facts) {
        return Depacketizers.supports(facts.track().codec())
                && StillRequest.CODECS.contains(facts.track().codec().name());
    }

    private static long size(List<AccessUnit> units) {
        return units.stream().mapToLong(AccessUnit::size).sum();
    }
}
