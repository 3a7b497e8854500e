package oriel.output.still;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import oriel.base.Alarm;
import oriel.base.Bytes;
import oriel.base.Clock;
import oriel.base.Failure;
import oriel.media.AccessUnit;
import oriel.media.Codec;
import oriel.metrics.Drops;
import oriel.worker.JobFailure;
import oriel.worker.JobListener;
import oriel.worker.StillRequest;
import oriel.worker.StillSize;
import oriel.worker.WorkerException;

/**
 * Has pictures decoded, a few at once, the others in the order they came. Who asks for a picture that is queued or under way
 * shares it: it is decoded once, and scaled once for each size. Any thread.
 */
final class DecodeQueue {
    /** Pictures decoded at once: more would take the processor from the media. */
    static final int AT_ONCE = 2;

    /** Pictures that wait for their turn; a further one is refused. */
    static final int MAX_WAITING = 32;

    /** The worker is given up on a picture after this. */
    static final Duration LONGEST = Duration.ofSeconds(10);

    /** A picture that the worker did not survive so often is not tried again. */
    static final int MAX_DEATHS = 2;

    private final PictureLab lab;
    private final Executor threads;
    private final Clock clock;
    private final Drops drops;
    private final ArrayDeque<Picture> waiting = new ArrayDeque<>(); // guarded by this
    private int running; // guarded by this

    /** @param threads virtual ones outside of tests */
    DecodeQueue(PictureLab lab, Executor threads, Clock clock, Drops drops) {
        this.lab = lab;
        this.threads = threads;
        this.clock = clock;
        this.drops = drops;
    }

    /**
     * The picture as a JPEG.
     *
     * @return completes with it, or with a {@link NoStillException}
     * @throws NoStillException if it cannot be decoded as is known already, or there is no room
     */
    synchronized CompletableFuture<Bytes> ask(Picture picture, StillSize size) throws NoStillException {
        CompletableFuture<Bytes> known = picture.jpegs.get(size);
        if (known != null) {
            return known;
        }
        if (picture.hopeless.isPresent()) {
            throw new NoStillException(picture.hopeless.get());
        }
        if (picture.jpegs.size() >= Picture.MAX_SIZES) {
            picture.forgetMade();
        }
        boolean begins = picture.session.isEmpty() && !picture.queued;
        boolean full = begins && running >= AT_ONCE && waiting.size() >= MAX_WAITING;
        if (full || picture.jpegs.size() >= Picture.MAX_SIZES) {
            drops.count("stills-full");
            throw NoStillException.busy("it has too many pictures to decode. Ask again in a second.");
        }
        CompletableFuture<Bytes> jpeg = new CompletableFuture<>();
        picture.jpegs.put(size, jpeg);
        if (picture.session.isPresent()) {
            picture.session.get().ask(size);
        } else {
            picture.unasked.add(size);
        }
        if (begins) {
            picture.queued = true;
            waiting.addLast(picture);
            startNext();
        }
        return jpeg;
    }

    /** Pictures that wait for their turn. */
    synchronized int waiting() {
        return waiting.size();
    }

    private synchronized void startNext() {
        while (running < AT_ONCE && !waiting.isEmpty()) {
            Picture next = waiting.removeFirst();
            running++;
            threads.execute(() -> decode(next));
        }
    }

    private void decode(Picture picture) {
        Decoding decoding = new Decoding(picture);
        StillRequest request = new StillRequest(picture.codec(), picture.units().size());
        try (PictureLab.Session session = lab.open(request, decoding)) {
            for (AccessUnit unit : picture.units()) {
                if (!session.send(unit)) {
                    decoding.fail(new Failure.Protocol("its picture is too large to be decoded."), true);
                }
            }
            decoding.opened(session);
            decoding.await();
        } catch (WorkerException e) {
            decoding.fail(new Failure.Server(e.sentence()), false);
        } catch (InterruptedException e) {
            decoding.fail(new Failure.Server("it is ending."), false);
            Thread.currentThread().interrupt();
        } finally {
            ended();
        }
    }

    private synchronized void ended() {
        running--;
        startNext();
    }

    /** One picture in the worker's hands, from its turn to its last JPEG or its failure. */
    private final class Decoding implements JobListener {
        private final Picture picture;
        private final Alarm ended = clock.newAlarm();
        private boolean over; // guarded by the queue

        Decoding(Picture picture) {
            this.picture = picture;
        }

        void opened(PictureLab.Session session) {
            synchronized (DecodeQueue.this) {
                if (!over) {
                    picture.queued = false;
                    picture.session = Optional.of(session);
                    picture.unasked.forEach(session::ask);
                    picture.unasked.clear();
                }
            }
        }

        void await() throws InterruptedException {
            if (!ended.awaitUntil(clock.nanoTime() + LONGEST.toNanos())) {
                fail(
                        new Failure.Server("the media worker gave no picture in " + LONGEST.toSeconds() + " s."),
                        diedAgain());
            }
        }

        // The last size that was wanted ends the job; who asks later begins another.
        @Override
        public void onStill(StillSize asked, Bytes jpeg) {
            CompletableFuture<Bytes> wanted;
            synchronized (DecodeQueue.this) {
                wanted = picture.jpegs.get(asked);
                if (over || wanted == null || wanted.isDone()) {
                    return;
                }
                over = picture.jpegs.entrySet().stream()
                        .allMatch(other ->
                                other.getKey().equals(asked) || other.getValue().isDone());
                if (over) {
                    picture.session = Optional.empty();
                    ended.ring();
                }
                picture.grow(jpeg.length());
                wanted.complete(jpeg);
            }
        }

        @Override
        public void onFailed(JobFailure failure) {
            switch (failure.kind()) {
                case MEDIA -> fail(new Failure.Protocol(failure.text() + "."), true);
                case GONE -> fail(new Failure.Server(failure.text() + "."), diedAgain());
                case REQUEST, NATIVE, INTERNAL -> fail(new Failure.Server(failure.text() + "."), false);
            }
        }

        @Override
        public void onReady(List<Codec> codecs) {}

        @Override
        public void onUnit(int track, AccessUnit unit) {}

        void fail(Failure failure, boolean forGood) {
            List<CompletableFuture<Bytes>> failed;
            synchronized (DecodeQueue.this) {
                if (over) {
                    return;
                }
                over = true;
                failed = picture.jpegs.values().stream()
                        .filter(jpeg -> !jpeg.isDone())
                        .toList();
                picture.jpegs.values().removeIf(jpeg -> !jpeg.isDone());
                picture.unasked.clear();
                picture.queued = false;
                picture.session = Optional.empty();
                picture.hopeless = forGood ? Optional.of(failure) : picture.hopeless;
            }
            ended.ring();
            failed.forEach(jpeg -> jpeg.completeExceptionally(new NoStillException(failure)));
        }

        private boolean diedAgain() {
            synchronized (DecodeQueue.this) {
                picture.deaths++;
                return picture.deaths >= MAX_DEATHS;
            }
        }
    }
}
