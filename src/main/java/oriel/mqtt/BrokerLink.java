package oriel.mqtt;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import oriel.base.Alarm;
import oriel.base.Bytes;
import oriel.base.Clock;
import oriel.base.Seams;
import oriel.metrics.Drops;
import oriel.metrics.Limit;
import oriel.net.Deadline;

/**
 * The link by the HiveMQ client. A script on a thread of its own connects, waits for the end, and tries again; {@link
 * Outbox} feeds the client no more than it can have under way. Whoever builds it starts and closes it.
 */
public final class BrokerLink implements MqttLink, AutoCloseable {
    /** Most topics whose last value is kept. */
    static final int MAX_TOPICS = 65_536;

    /** Most bytes of them. */
    static final long MAX_BYTES = 24L * 1024 * 1024;

    private static final int MAX_EVENTS = 256;
    private static final int MAX_RECEIVED_WAITING = 1024;
    private static final int MAX_ADDRESSES = 4;
    private static final Duration PATIENCE = Duration.ofSeconds(12);
    private static final Duration FAREWELL = Duration.ofSeconds(2);
    private static final Duration WITHDRAWAL = Duration.ofSeconds(2);
    private static final Duration LAST_WORD = Duration.ofMillis(1500);
    private static final Duration LONG = Duration.ofDays(1);
    private static final Logger LOG = LoggerFactory.getLogger("mqtt");

    private final Seams seams;
    private final Clock clock;
    private final Executor threads;
    private final Drops drops;
    private final LastValues values;
    private final AtomicLong received = new AtomicLong();
    private final Outbox outbox;
    private final BrokerWaits waits;
    private final Alarm alarm;
    private final CountDownLatch ended = new CountDownLatch(1);

    private volatile Optional<MqttSettings> wanted = Optional.empty();
    private volatile boolean closing;
    private volatile boolean withdrawn;
    private volatile boolean started;
    private volatile State state;
    private final AtomicLong connects = new AtomicLong();

    // Only the script:
    private boolean three;
    private String told = "";

    private record State(boolean connected, Instant since, String broker, Optional<String> failure) {}

    /**
     * @param threads gives the script and the listener a thread each, virtual outside of tests
     * @param drops counts what is thrown away
     */
    public BrokerLink(Seams seams, Executor threads, Drops drops) {
        this.seams = seams;
        this.drops = drops;
        this.values = new LastValues(MAX_TOPICS, MAX_BYTES, MAX_EVENTS, drops);
        this.clock = seams.clock();
        this.threads = threads;
        this.waits = new BrokerWaits(seams.random());
        this.outbox = new Outbox(values, drops, clock);
        this.alarm = clock.newAlarm();
        this.state = new State(false, clock.now(), "", Optional.empty());
    }

    /** Begins; without a broker until {@link #configure} has named one. To be called once. */
    public void start(MqttListener listener) {
        Inbox inbox = new Inbox(listener, MAX_RECEIVED_WAITING, drops);
        started = true;
        threads.execute(() -> script(inbox));
    }

    /**
     * From now on this broker, or none. The same settings as before change nothing; else the broker before hears that we are
     * gone, and the other one gets all last values.
     */
    public void configure(Optional<MqttSettings> settings) {
        wanted = settings;
        alarm.ring();
    }

    @Override
    public void retain(Rank rank, String topic, Bytes payload) {
        if (!values.retain(rank, topic, payload)) {
            LOG.debug("{}: no room for its value", topic);
        }
        outbox.pump();
    }

    @Override
    public void forget(String topic) {
        values.forget(topic);
        outbox.pump();
    }

    @Override
    public void event(String topic, Bytes payload) {
        values.event(topic, payload);
        outbox.pump();
    }

    @Override
    public void repeat() {
        values.repeat();
        outbox.pump();
    }

    @Override
    public MqttStatus status() {
        State now = state;
        return new MqttStatus(
                now.connected(),
                now.since(),
                now.broker(),
                now.failure().or(() -> now.connected() ? outbox.refusal() : Optional.empty()),
                new MqttStatus.Counters(
                        connects.get(),
                        outbox.published(),
                        received.get(),
                        values.topics(),
                        values.bytes(),
                        values.unsaid()));
    }

    /** What was thrown away. */
    public Drops drops() {
        return drops;
    }

    /** The bounds. */
    public List<Limit> limits() {
        return List.of(
                Limit.of("mqtt.topics", MAX_TOPICS, "topics", "A further one is not told to the broker.")
                        .filledBy(values::topics)
                        .countedBy(drops, "topics-full"),
                Limit.of("mqtt.values", MAX_BYTES, "bytes of last values", "A further one is not told to the broker.")
                        .filledBy(values::bytes),
                Limit.of("mqtt.events", MAX_EVENTS, "events on their way to the broker", "A further one is lost.")
                        .countedBy(drops, "mqtt-events-full", "event-away"),
                Limit.of(
                                "mqtt.received",
                                MAX_RECEIVED_WAITING,
                                "messages of the broker's that wait",
                                "A further one is lost.")
                        .countedBy(drops, "received-full", "received-large"));
    }

    /** Takes back all that was told, where the broker is there, within 2 s; then ends, and leaves nothing of us there. */
    public void withdraw() {
        withdrawn = true;
        CompletableFuture<?> emptied = values.withdraw();
        outbox.pump();
        try {
            await(emptied, Deadline.in(clock, WITHDRAWAL));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        close();
    }

    /** Tells the broker that we are gone, within 2 s, and ends. */
    @Override
    public void close() {
        closing = true;
        alarm.ring();
        try {
            if (started && !ended.await(FAREWELL.toMillis() + 1000, TimeUnit.MILLISECONDS)) {
                LOG.debug("the script did not end in time");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    // ---- the script's thread ----

    private void script(Inbox inbox) {
        CompletableFuture<Thread> reader = new CompletableFuture<>();
        threads.execute(() -> {
            reader.complete(Thread.currentThread());
            inbox.run();
        });
        try {
            while (!closing) {
                Optional<MqttSettings> now = wanted;
                if (now.isEmpty()) {
                    enter(false, "", Optional.empty());
                    alarm.awaitUntil(clock.nanoTime() + LONG.toNanos());
                } else {
                    serve(now.get(), inbox);
                }
            }
        } catch (InterruptedException e) {
            // All is ending, in a hurry: the broker says the will.
        } finally {
            reader.join().interrupt();
            enter(false, state.broker(), Optional.empty());
            ended.countDown();
        }
    }

    // One broker, until another one is wanted.
    private void serve(MqttSettings settings, Inbox inbox) throws InterruptedException {
        BrokerWords words = new BrokerWords(settings);
        waits.reset();
        three = false;
        told = "";
        enter(false, settings.broker(), Optional.empty());
        while (stays(settings)) {
            try {
                Wire wire = open(settings, words, inbox);
                use(wire, settings, words, inbox);
            } catch (BrokerException e) {
                boolean older = e.end().kind() == BrokerEnd.Kind.VERSION && !three;
                three = older;
                if (!older) {
                    rest(settings, e.end(), waits.afterTry(e.end()), e);
                }
            }
        }
    }

    private boolean stays(MqttSettings settings) {
        return !closing && wanted.filter(settings::equals).isPresent();
    }

    /** A connection that is signed in; each address of the broker is tried. */
    private Wire open(MqttSettings settings, BrokerWords words, Inbox inbox)
            throws BrokerException, InterruptedException {
        List<InetAddress> addresses = addresses(settings, words);
        for (int i = 0; ; i++) {
            try {
                return open(settings, addresses.get(i), words, inbox);
            } catch (BrokerException e) {
                if (e.end().kind() != BrokerEnd.Kind.AWAY || i + 1 == addresses.size() || !stays(settings)) {
                    throw e;
                }
            }
        }
    }

    private List<InetAddress> addresses(MqttSettings settings, BrokerWords words) throws BrokerException {
        try {
            List<InetAddress> addresses = seams.resolver().resolve(settings.host());
            return addresses.subList(0, Math.min(MAX_ADDRESSES, addresses.size()));
        } catch (UnknownHostException e) {
            throw new BrokerException(words.unknownHost(), e);
        }
    }

    private Wire open(MqttSettings settings, InetAddress address, BrokerWords words, Inbox inbox)
            throws BrokerException, InterruptedException {
        Wire wire;
        try {
            wire = Wires.of(settings, address, !three);
        } catch (IOException | GeneralSecurityException e) {
            throw new BrokerException(words.badAuthority(e), e);
        }
        try {
            Deadline.in(clock, PATIENCE).await(wire.connect(incoming -> {
                received.incrementAndGet();
                inbox.message(incoming);
            }));
            return wire;
        } catch (ExecutionException | TimeoutException e) {
            var _ = wire.disconnect(false);
            throw new BrokerException(words.ofTry(e), e);
        }
    }

    private void use(Wire wire, MqttSettings settings, BrokerWords words, Inbox inbox) throws InterruptedException {
        long began = clock.nanoTime();
        connects.incrementAndGet();
        LOG.info("connected to {} by {} as {}", settings.broker(), wire.version(), settings.clientId());
        wire.ended().whenComplete((error, none) -> alarm.ring());
        subscribe(wire, settings, words, inbox);
        if (!wire.ended().isDone() && stays(settings)) {
            enter(true, settings.broker(), Optional.empty());
            outbox.open(wire, words);
        }
        while (stays(settings) && !wire.ended().isDone()) {
            alarm.awaitUntil(clock.nanoTime() + LONG.toNanos());
        }
        outbox.close();
        if (wire.ended().isDone()) {
            BrokerEnd end = words.ofConnection(wire.ended().join());
            Duration lasted = Duration.ofNanos(clock.nanoTime() - began);
            Duration wait = waits.afterConnection(end, lasted);
            told = lasted.compareTo(BrokerWaits.PEACE) < 0 ? told : "";
            rest(
                    settings,
                    waits.fights() ? words.takenOver() : end,
                    wait,
                    wire.ended().join());
        } else {
            sayGoodbye(wire, settings);
        }
    }

    /** Returns when the listener has been told. */
    private void subscribe(Wire wire, MqttSettings settings, BrokerWords words, Inbox inbox)
            throws InterruptedException {
        CompletableFuture<Boolean> subscribed = new CompletableFuture<>();
        CompletableFuture<Boolean> listenerTold = inbox.connected(subscribed);
        try {
            if (!settings.subscriptions().isEmpty()) {
                Deadline.in(clock, PATIENCE).await(wire.subscribe(settings.subscriptions()));
            }
            subscribed.complete(true);
        } catch (ExecutionException | TimeoutException e) {
            if (!wire.ended().isDone()) {
                LOG.warn("{}", words.refusedSubscription(e));
            }
            subscribed.complete(!wire.ended().isDone());
        }
        try {
            Deadline.in(clock, PATIENCE).await(listenerTold);
        } catch (ExecutionException | TimeoutException e) {
            LOG.warn("what follows from a new connection takes longer than {} s", PATIENCE.toSeconds());
        }
    }

    private void sayGoodbye(Wire wire, MqttSettings settings) throws InterruptedException {
        MqttSettings.Will will = settings.will();
        Bytes payload = withdrawn ? Bytes.empty() : Bytes.of(will.payload().getBytes(StandardCharsets.UTF_8));
        boolean heard = await(
                wire.publish(new LastValues.Outgoing(will.topic(), payload, true, 0, 0)),
                Deadline.in(clock, LAST_WORD));
        await(wire.disconnect(!heard), Deadline.in(clock, FAREWELL.minus(LAST_WORD)));
        LOG.info("{}: signed off", settings.broker());
        enter(false, settings.broker(), Optional.empty());
    }

    private static boolean await(CompletableFuture<?> future, Deadline deadline) throws InterruptedException {
        try {
            deadline.await(future);
            return true;
        } catch (ExecutionException | TimeoutException e) {
            LOG.debug("the broker did not hear all of our goodbye", e);
            return false;
        }
    }

    /** Tells why once, and waits; not longer than these settings are wanted. */
    private void rest(MqttSettings settings, BrokerEnd end, Duration wait, @Nullable Throwable cause)
            throws InterruptedException {
        enter(false, settings.broker(), Optional.of(end.sentence()));
        if (!end.sentence().equals(told)) {
            told = end.sentence();
            LOG.warn("{} Oriel goes on trying.", end.sentence());
        }
        LOG.debug("next try in {} ms", wait.toMillis(), cause);
        long until = clock.nanoTime() + wait.toNanos();
        while (stays(settings) && clock.nanoTime() - until < 0) {
            alarm.awaitUntil(until);
        }
    }

    private void enter(boolean connected, String broker, Optional<String> failure) {
        State before = state;
        boolean same = before.connected() == connected && before.broker().equals(broker);
        state = new State(connected, same ? before.since() : clock.now(), broker, failure);
    }
}
