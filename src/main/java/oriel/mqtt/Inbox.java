package oriel.mqtt;

import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import oriel.metrics.Drops;

/** Hands what comes from the broker to the listener, on a thread of its own, through a queue with a bound. */
final class Inbox {
    private static final Logger LOG = LoggerFactory.getLogger("mqtt");
    private static final Duration PATIENCE = Duration.ofSeconds(15);

    private final MqttListener listener;
    private final Drops drops;
    private final BlockingQueue<Item> queue;

    private sealed interface Item {
        /** A connection was made; what follows came over it. */
        record Connected(CompletableFuture<Boolean> subscribed, CompletableFuture<Boolean> told) implements Item {}

        /** A message came. */
        record Message(Wire.Incoming incoming) implements Item {}
    }

    /** @param max most messages that wait */
    Inbox(MqttListener listener, int max, Drops drops) {
        this.listener = listener;
        this.drops = drops;
        this.queue = new ArrayBlockingQueue<>(max);
    }

    /**
     * A connection is being made; waits for room. The listener is told when {@code subscribed} has ended with true, and
     * hears before that of no message.
     *
     * @return ends when the listener has been told, or with false if there was nothing to tell
     */
    CompletableFuture<Boolean> connected(CompletableFuture<Boolean> subscribed) throws InterruptedException {
        CompletableFuture<Boolean> told = new CompletableFuture<>();
        queue.put(new Item.Connected(subscribed, told));
        return told;
    }

    /** A message came. Any thread; never blocks. */
    void message(Wire.Incoming incoming) {
        boolean large = incoming.message().payload().length() > MqttSettings.MAX_RECEIVED;
        if (large || !queue.offer(new Item.Message(incoming))) {
            drops.count(large ? "received-large" : "received-full");
            incoming.acknowledge().run();
        }
    }

    /** How many wait. */
    int waiting() {
        return queue.size();
    }

    /** Tells the listener until the thread is interrupted. */
    void run() {
        try {
            while (true) {
                switch (queue.take()) {
                    case Item.Connected(var subscribed, var told) -> tellConnected(subscribed, told);
                    case Item.Message(Wire.Incoming incoming) -> {
                        guarded(() -> listener.message(incoming.message()));
                        guarded(incoming.acknowledge());
                    }
                }
            }
        } catch (InterruptedException e) {
            // The link is closing.
        }
    }

    private void tellConnected(CompletableFuture<Boolean> subscribed, CompletableFuture<Boolean> told)
            throws InterruptedException {
        boolean well = false;
        try {
            well = subscribed.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException e) {
            LOG.debug("the connection ended before all was subscribed", e);
        }
        if (well) {
            guarded(listener::connected);
        }
        told.complete(well);
    }

    // A mistake of the listener's must not make us deaf.
    private static void guarded(Runnable call) {
        try {
            call.run();
        } catch (RuntimeException e) {
            LOG.error("our own mistake, in what follows from a message", e);
        }
    }
}
