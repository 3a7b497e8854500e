package oriel.mqtt;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import oriel.base.Clock;
import oriel.metrics.Drops;

/**
 * Feeds one connection what {@link LastValues} has to say, in its order, so much at a time that a broker that acknowledges
 * nothing costs no memory: the client's own queue knows no bound. Any thread.
 */
final class Outbox {
    /** Messages that the broker has not acknowledged. */
    static final int MAX_FLYING = 16;

    /** Bytes of them; a single one may have more. */
    static final long MAX_FLYING_BYTES = 1024 * 1024;

    private static final Logger LOG = LoggerFactory.getLogger("mqtt");
    private static final Duration SLOW = Duration.ofSeconds(30);

    private final LastValues values;
    private final Drops drops;
    private final Clock clock;
    private final AtomicInteger calls = new AtomicInteger();
    private final AtomicLong published = new AtomicLong();
    private volatile @Nullable Line line;

    /** The connection at the moment. */
    private static final class Line {
        final Wire wire;
        final BrokerWords words;
        final long number;
        final AtomicInteger flying = new AtomicInteger();
        final AtomicLong bytes = new AtomicLong();
        volatile Optional<String> refusal = Optional.empty();
        volatile long heardNanos;
        volatile boolean slow;

        Line(Wire wire, BrokerWords words, long number, long now) {
            this.wire = wire;
            this.words = words;
            this.number = number;
            this.heardNanos = now;
        }

        boolean full() {
            return flying.get() >= MAX_FLYING || bytes.get() >= MAX_FLYING_BYTES;
        }
    }

    Outbox(LastValues values, Drops drops, Clock clock) {
        this.values = values;
        this.drops = drops;
        this.clock = clock;
    }

    /** Says everything to {@code wire}, and from then on what changes. */
    void open(Wire wire, BrokerWords words) {
        line = new Line(wire, words, values.open(), clock.nanoTime());
        pump();
    }

    /** The connection is not to be used any more. */
    void close() {
        line = null;
        values.close();
    }

    /** Messages that brokers have acknowledged. */
    long published() {
        return published.get();
    }

    /** What the broker does not take at the moment, a sentence. */
    Optional<String> refusal() {
        Line now = line;
        return now == null ? Optional.empty() : now.refusal;
    }

    /** Publishes what there is room for. Whoever comes while another does it leaves it to that one, so that order is kept. */
    void pump() {
        if (calls.getAndIncrement() != 0) {
            return;
        }
        int seen = 1;
        do {
            Line now = line;
            if (now != null) {
                fill(now);
            }
            seen = calls.addAndGet(-seen);
        } while (seen != 0);
    }

    private void fill(Line now) {
        while (!now.full()) {
            Optional<LastValues.Outgoing> next = values.next(now.number);
            if (next.isEmpty()) {
                now.heardNanos = now.flying.get() == 0 ? clock.nanoTime() : now.heardNanos;
                return;
            }
            send(now, next.get());
        }
        boolean silent = clock.nanoTime() - now.heardNanos > SLOW.toNanos();
        if (silent && !now.slow) {
            now.slow = true;
            LOG.warn(
                    "the broker has acknowledged nothing for {} s; only the newest values wait for it",
                    SLOW.toSeconds());
        }
    }

    private void send(Line now, LastValues.Outgoing message) {
        int size = message.payload().length();
        now.flying.incrementAndGet();
        now.bytes.addAndGet(size);
        try {
            now.wire.publish(message).whenComplete((done, error) -> landed(now, message, error));
        } catch (IllegalArgumentException e) {
            landed(now, message, e); // A topic that MQTT does not know.
        }
    }

    private void landed(Line now, LastValues.Outgoing message, @Nullable Throwable error) {
        now.flying.decrementAndGet();
        now.bytes.addAndGet(-message.payload().length());
        now.heardNanos = clock.nanoTime();
        boolean lost = error != null && !BrokerWords.isRefusal(error);
        if (line != now || lost) {
            return; // All is said again on the next connection.
        }
        if (error == null) {
            published.incrementAndGet();
            now.slow = false;
        } else {
            drops.count("publish-refused");
            if (now.refusal.isEmpty()) {
                String sentence = now.words.refusedPublish(message.topic(), error);
                now.refusal = Optional.of(sentence);
                LOG.warn("{}", sentence);
            }
        }
        values.done(message);
        pump();
    }
}
